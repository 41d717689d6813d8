#include "app/llm/replay_chat_model.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

using nlohmann::ordered_json;

std::string messageDifference(const ordered_json& asked, const ordered_json& recorded)
{
    if (asked.size() != recorded.size()) {
        return "it has " + std::to_string(recorded.size()) + " messages, this one " +
               std::to_string(asked.size());
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i] == recorded[i]) {
            continue;
        }
        const auto mine = asked[i].value("content", std::string());
        const auto theirs = recorded[i].value("content", std::string());
        const auto at = std::ranges::mismatch(mine, theirs).in1 - mine.begin();
        const std::size_t place =
            codePointCount(std::string_view(mine).substr(0, static_cast<std::size_t>(at)));
        return "message " + std::to_string(i + 1) + " (" + asked[i].value("role", std::string()) +
               ") differs from character " + std::to_string(place) + " on";
    }
    return {};
}

std::string difference(const ordered_json& asked, const ordered_json& recorded)
{
    std::string text =
        messageDifference(asked.at("messages"), recorded.value("messages", ordered_json::array()));
    const auto also = [&](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    const ordered_json parameters = recorded.value("parameters", ordered_json::object());
    if (asked.at("parameters") != parameters) {
        also("the parameters are " + parameters.dump() + ", here " + asked.at("parameters").dump());
    }
    if (asked.value("schema", std::string()) != recorded.value("schema", std::string())) {
        also("the response schema differs");
    }
    return text;
}

Result<void> append(const std::filesystem::path& file, const std::string& line)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return tl::unexpected(fileError(errno, "open", file.string()));
    }
    std::size_t done = 0;
    int failed = 0;
    while (done < line.size() && failed == 0) {
        const ssize_t wrote = ::write(descriptor, line.data() + done, line.size() - done);
        if (wrote >= 0) {
            done += static_cast<std::size_t>(wrote);
        } else if (errno != EINTR) {
            failed = errno;
        }
    }
    ::close(descriptor);
    if (failed != 0) {
        return tl::unexpected(fileError(failed, "write", file.string()));
    }
    return {};
}

} // namespace

Result<ReplayChatModel> ReplayChatModel::parse(std::string name, std::string_view lines,
                                               std::string_view fileName)
{
    ReplayChatModel model;
    model.m_name = std::move(name);
    std::size_t number = 0;
    for (const std::string_view line : splitLines(lines)) {
        ++number;
        if (trimmed(line).empty()) {
            continue;
        }
        auto exchange = parseExchange(line);
        if (!exchange) {
            return failure(exchange.error().code, exchange.error().message,
                           std::string(fileName) + ":" + std::to_string(number));
        }
        if (exchange->model != model.m_name) {
            continue;
        }
        Recorded& recorded = model.m_recorded[exchange->digest];
        recorded.request = std::move(exchange->request);
        recorded.replies.push_back(std::move(exchange->reply));
    }
    return model;
}

std::string ReplayChatModel::whatDiffers(const ChatRequest& request) const
{
    if (m_recorded.empty()) {
        return "there is no recorded exchange of '" + m_name + "' at all";
    }
    const ordered_json asked = requestJson(request);
    std::string nearest;
    for (const auto& [digest, recorded] : m_recorded) {
        const auto one = ordered_json::parse(recorded.request, nullptr, false);
        std::string text = one.is_object() ? difference(asked, one) : std::string();
        if (nearest.empty() || (!text.empty() && text.size() < nearest.size())) {
            nearest = std::move(text);
        }
    }
    return "of the nearest of " + std::to_string(m_recorded.size()) + " recorded: " + nearest;
}

Result<ChatReply> ReplayChatModel::chat(const ChatRequest& request, std::stop_token stop,
                                        const DeltaFn& onText) const
{
    if (stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, "cancelled");
    }
    const std::string digest = requestDigest(m_name, request);
    const auto found = m_recorded.find(digest);
    if (found == m_recorded.end()) {
        return failure(ErrorCode::NotFound, "this request was not recorded; " + whatDiffers(request),
                       "replay of " + m_name);
    }
    std::size_t turn = 0;
    {
        const std::lock_guard lock(m_turns->mutex);
        turn = m_turns->next[digest]++;
    }
    const auto& replies = found->second.replies;
    ChatReply reply = replies[std::min(turn, replies.size() - 1)];
    reply.replayed = true;
    reply.cost = Money{};
    if (onText && !reply.text.empty()) {
        onText(reply.text);
    }
    return reply;
}

Result<ChatReply> RecordingChatModel::chat(const ChatRequest& request, std::stop_token stop,
                                           const DeltaFn& onText) const
{
    auto reply = m_model->chat(request, std::move(stop), onText);
    if (!reply) {
        return reply;
    }
    const std::string line = exchangeLine(m_model->name(), request, *reply) + "\n";
    const std::lock_guard lock(m_mutex);
    if (auto written = append(m_file, line); !written) {
        reply->notes.push_back("the exchange could not be recorded: " + written.error().describe());
    }
    return reply;
}

} // namespace plumbline::llm
