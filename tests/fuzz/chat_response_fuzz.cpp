// Whatever a server answers to a chat request: a reply or an error in one line, and the key in neither.
#include <cstdint>
#include <cstdlib>

#include "app/base/text.h"
#include "app/llm/chat_answer.h"
#include "app/llm/server_error.h"
#include "app/llm/sse_parser.h"

using namespace plumbline;

namespace {

const std::string kKey = "sk-fuzz-0123456789";

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkWords(const std::string& text)
{
    require(isValidUtf8(text) && text.find('\n') == std::string::npos);
}

void checkReply(llm::ChatAnswer& answer, const std::string& shown)
{
    const llm::ChatReply reply = answer.take();
    require(isValidUtf8(reply.text) && reply.text == shown);
    require(reply.usage.cached.count >= 0 && reply.usage.cached <= reply.usage.input);
    require(reply.usage.reasoning.count >= 0 && reply.usage.reasoning <= reply.usage.output);
    for (const llm::TokenLogprob& each : reply.logprobs)
        require(each.logprob <= 0);
    for (const std::string& note : reply.notes)
        checkWords(note);
}

void asWhole(std::string_view body)
{
    std::string shown;
    llm::ChatAnswer answer;
    const auto taken = answer.takeWhole(body, [&](std::string_view text) { shown += text; });
    if (!taken)
        checkWords(taken.error().message);
    checkReply(answer, shown);
}

void asStream(std::string_view body)
{
    std::string shown;
    llm::ChatAnswer answer;
    llm::SseParser parser;
    const auto fed = parser.feed(body, [&](const llm::SseEvent& event) {
        const auto taken = answer.takeEvent(event.data, [&](std::string_view text) {
            require(isValidUtf8(text));
            shown += text;
        });
        if (!taken)
            checkWords(taken.error().message);
    });
    require(fed || fed.error().code == ErrorCode::TooLarge);
    checkReply(answer, shown);
}

void asRefusal(int status, std::string_view body)
{
    llm::Endpoint endpoint;
    endpoint.name = "local";
    endpoint.secret = "NAME";
    net::HttpReply reply;
    reply.head.status = status;
    reply.body = body;
    const Error error = llm::serverError(endpoint, reply, Secret(kKey));
    checkWords(error.message);
    require(error.message.find(kKey) == std::string::npos);
    require(codePointCount(error.message) < 700);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    asWhole(body);
    asStream(body);
    asRefusal(400 + data[0], body);
    return 0;
}
