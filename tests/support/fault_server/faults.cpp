#include "tests/support/fault_server/faults.h"

#include <cstdlib>
#include <functional>
#include <map>

#include "tests/support/fault_server/model_answers.h"

namespace plumbline::tests {

namespace {

using Fault = std::function<void(Connection&, const FaultContext&)>;

constexpr std::string_view kEventStream = "text/event-stream";
constexpr std::size_t kHuge = 200U << 20U;

nlohmann::json jsonOf(const FaultContext& context)
{
    auto json = nlohmann::json::parse(context.request.body, nullptr, false);
    return json.is_discarded() ? nlohmann::json::object() : json;
}

std::string streamOf(const FaultContext& context)
{
    std::string all;
    for (const std::string& event : chatEvents(jsonOf(context), ""))
        all += event;
    return all;
}

// Sends the stream up to a byte and hangs up, without the end that chunks have.
void cutAt(Connection& connection, const std::string& stream, std::size_t end)
{
    connection.beginChunks(kEventStream);
    connection.chunk(std::string_view(stream).substr(0, end));
    connection.close();
}

void cutInCharacter(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    std::size_t at = 0;
    while (at < stream.size() && static_cast<unsigned char>(stream[at]) < 0xC0)
        ++at;
    cutAt(connection, stream, at + 1);
}

void cutInEvent(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    cutAt(connection, stream, stream.find("Echo") + 2);
}

void cutBeforeDone(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    cutAt(connection, stream, stream.find("data: [DONE]"));
}

void endBeforeDone(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    connection.beginChunks(kEventStream);
    connection.chunk(std::string_view(stream).substr(0, stream.find("data: [DONE]")));
    connection.endChunks();
}

void closeAfterToken(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    cutAt(connection, stream, stream.find("\n\n", stream.find("Echo")) + 2);
}

void silenceAfterToken(Connection& connection, const FaultContext& context)
{
    const std::string stream = streamOf(context);
    connection.beginChunks(kEventStream);
    connection.chunk(std::string_view(stream).substr(0, stream.find("\n\n", stream.find("Echo")) + 2));
    connection.waitForPeer();
}

void byteASecond(Connection& connection, const FaultContext& context)
{
    connection.beginChunks(kEventStream);
    for (const char byte : streamOf(context)) {
        if (!connection.chunk({&byte, 1}) || !connection.pause(std::chrono::seconds(1)))
            return;
    }
}

void huge(Connection& connection, bool chunked)
{
    const std::string megabyte(1U << 20U, 'a');
    if (chunked)
        connection.beginChunks("application/json");
    else
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                        std::to_string(kHuge) + "\r\n\r\n");
    for (std::size_t sent = 0; sent < kHuge; sent += megabyte.size()) {
        if (!(chunked ? connection.chunk(megabyte) : connection.send(megabyte)))
            return;
    }
    connection.close();
}

// The proper answer with a wrong word about its length.
void wrongLength(Connection& connection, const FaultContext& context, int difference)
{
    const std::string body = wholeChat(jsonOf(context), "").dump();
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(static_cast<int>(body.size()) + difference) + "\r\n\r\n" + body);
    connection.close();
}

void truncatedJson(Connection& connection, const FaultContext& context)
{
    const std::string body = wholeChat(jsonOf(context), "").dump();
    connection.reply(200, "application/json", std::string_view(body).substr(0, body.size() / 2));
}

void longHead(Connection& connection)
{
    connection.send("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 200 && connection.send(line); ++i) {
    }
    connection.send("Content-Length: 0\r\n\r\n");
}

void redirect(Connection& connection, const std::string& location)
{
    connection.reply(307, "text/plain", "", "Location: " + location + "\r\n");
}

void errorInStream(Connection& connection, const FaultContext&)
{
    connection.beginChunks(kEventStream);
    connection.chunk("data: {\"error\":{\"message\":\"the worker died\",\"type\":\"server_error\"}}\n\n");
    connection.endChunks();
}

const std::map<std::string, Fault>& faults()
{
    static const std::map<std::string, Fault> kFaults = {
        {"html",
         [](Connection& c, const FaultContext&) {
             c.reply(200, "text/html", "<!doctype html><title>Sign in</title><p>Please sign in.");
         }},
        {"truncated-json", truncatedJson},
        {"cut-in-character", cutInCharacter},
        {"cut-in-event", cutInEvent},
        {"cut-before-done", cutBeforeDone},
        {"ends-before-done", endBeforeDone},
        {"byte-a-second", byteASecond},
        {"silence", [](Connection& c, const FaultContext&) { c.waitForPeer(); }},
        {"silence-after-token", silenceAfterToken},
        {"huge", [](Connection& c, const FaultContext&) { huge(c, false); }},
        {"huge-chunked", [](Connection& c, const FaultContext&) { huge(c, true); }},
        {"long-head", [](Connection& c, const FaultContext&) { longHead(c); }},
        {"redirect-other", [](Connection& c, const FaultContext& x) { redirect(c, x.redirectTo + x.path); }},
        {"redirect-same", [](Connection& c, const FaultContext& x) { redirect(c, x.path); }},
        {"redirect-circle", [](Connection& c, const FaultContext& x) { redirect(c, x.request.path); }},
        {"redirect-as-get",
         [](Connection& c, const FaultContext& x) {
             c.reply(302, "text/plain", "", "Location: " + x.path + "\r\n");
         }},
        {"length-too-long", [](Connection& c, const FaultContext& x) { wrongLength(c, x, 100); }},
        {"length-too-short", [](Connection& c, const FaultContext& x) { wrongLength(c, x, -30); }},
        {"close", [](Connection& c, const FaultContext&) { c.close(); }},
        {"close-after-token", closeAfterToken},
        {"not-http",
         [](Connection& c, const FaultContext&) {
             c.send("220 mail.example ESMTP\r\n");
             c.close();
         }},
        {"error-in-stream", errorInStream},
        {"echo-key",
         [](Connection& c, const FaultContext& x) {
             answerError(c, 400, "cannot serve " + x.authorization + " today");
         }},
        {"429-retry-after",
         [](Connection& c, const FaultContext&) {
             answerError(c, 429, "Rate limit reached", "Retry-After: 7\r\n");
         }},
    };
    return kFaults;
}

} // namespace

bool answerWrongly(Connection& connection, const std::string& name, const FaultContext& context)
{
    if (const auto found = faults().find(name); found != faults().end()) {
        found->second(connection, context);
        return true;
    }
    const int status = std::atoi(name.c_str());
    if (status < 400 || status > 599)
        return false;
    answerError(connection, status, "fault " + name + " was asked for");
    return true;
}

} // namespace plumbline::tests
