#include "app/llm/chat_answer.h"

#include <algorithm>
#include <utility>

#include "app/llm/json_fields.h"
#include "app/llm/server_error.h"

namespace plumbline::llm {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostToolCalls = 128;
constexpr std::string_view kDone = "[DONE]";

// The place of a streamed call among the calls; servers that send no index send whole calls in order.
std::size_t indexOf(const Json& call, std::size_t otherwise)
{
    const auto index = countOf(call, "index");
    return index ? static_cast<std::size_t>(*index) : otherwise;
}

} // namespace

Result<void> ChatAnswer::takeWhole(std::string_view json, const DeltaFn& onText)
{
    auto parsed = parseServerJson(json);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (auto failed = takeFailure(parsed->value); !failed)
        return failed;
    m_hasHalves = parsed->hasHalves;
    const bool found = takeChoices(fieldOf(parsed->value, "choices"), "message", onText);
    if (!found)
        return failure(ErrorCode::Network,
                       "answers with JSON that is no chat completion (it has no choices); is the url right?");
    m_reply.model = wholeText(parsed->value, "model");
    takeUsage(fieldOf(parsed->value, "usage"));
    end(onText);
    return {};
}

Result<void> ChatAnswer::takeEvent(std::string_view data, const DeltaFn& onText)
{
    if (data == kDone) {
        end(onText);
        return {};
    }
    if (m_done)
        return {};
    auto parsed = parseServerJson(data);
    if (!parsed)
        return failure(ErrorCode::Network, "streams an event that is not whole JSON; see the server's log");
    if (auto failed = takeFailure(parsed->value); !failed)
        return failed;
    m_hasHalves = parsed->hasHalves;
    if (const std::string model = wholeText(parsed->value, "model"); !model.empty())
        m_reply.model = model;
    takeChoices(fieldOf(parsed->value, "choices"), "delta", onText);
    takeUsage(fieldOf(parsed->value, "usage"));
    return {};
}

Result<void> ChatAnswer::takeFailure(const Json& value)
{
    if (fieldOf(value, "error").is_null())
        return {};
    const std::string said = withoutHalves(serverMessage(value));
    return failure(ErrorCode::Network, "broke off with an error" + (said.empty() ? "" : ": " + said));
}

bool ChatAnswer::takeChoices(const Json& choices, std::string_view part, const DeltaFn& onText)
{
    if (!choices.is_array())
        return false;
    bool found = false;
    for (const Json& choice : choices) {
        if (found || indexOf(choice, 0) != 0) {
            note("the server sent more than one choice; the first is used");
            continue;
        }
        found = true;
        takeMessage(fieldOf(choice, part), onText);
        takeLogprobs(fieldOf(choice, "logprobs"));
        if (const std::string reason = wholeText(choice, "finish_reason"); !reason.empty())
            m_reply.finishReason = reason;
    }
    return found;
}

void ChatAnswer::takeMessage(const Json& message, const DeltaFn& onText)
{
    takeContent(fieldOf(message, "content"), onText);
    m_reply.refusal += wholeText(message, "refusal");
    takeToolCalls(fieldOf(message, "tool_calls"));
}

void ChatAnswer::takeContent(const Json& content, const DeltaFn& onText)
{
    std::string text;
    if (content.is_string()) {
        text = content.get<std::string>();
    } else if (content.is_array()) { // parts, as some servers send them
        for (const Json& part : content)
            text += textOf(part, "text");
    }
    if (text.empty())
        return;
    show(m_hasHalves ? m_halves.joined(text) : m_halves.rest() + text, onText);
}

void ChatAnswer::show(const std::string& text, const DeltaFn& onText)
{
    if (text.empty())
        return;
    m_reply.text += text;
    if (onText) {
        m_begun = true;
        onText(text);
    }
}

void ChatAnswer::end(const DeltaFn& onText)
{
    if (std::exchange(m_done, true))
        return;
    show(m_halves.rest(), onText);
    if (m_halves.lostOne())
        note("the server sent half a character; it reads as U+FFFD");
}

std::string ChatAnswer::wholeText(const Json& object, std::string_view key) const
{
    const std::string text = textOf(object, key);
    return m_hasHalves ? withoutHalves(text) : text;
}

void ChatAnswer::takeToolCalls(const Json& calls)
{
    if (!calls.is_array())
        return;
    std::size_t next = 0;
    for (const Json& call : calls) {
        const std::size_t index = indexOf(call, next++);
        if (index >= kMostToolCalls) {
            note("the server sent more than " + std::to_string(kMostToolCalls) + " tool calls");
            continue;
        }
        if (m_reply.toolCalls.size() <= index)
            m_reply.toolCalls.resize(index + 1);
        ToolCall& gathered = m_reply.toolCalls[index];
        const Json& function = fieldOf(call, "function");
        gathered.id += wholeText(call, "id");
        gathered.name += wholeText(function, "name");
        gathered.arguments += wholeText(function, "arguments");
    }
}

void ChatAnswer::takeLogprobs(const Json& logprobs)
{
    const Json& content = fieldOf(logprobs, "content");
    if (!content.is_array())
        return;
    for (const Json& each : content) {
        if (const auto logprob = numberOf(each, "logprob"))
            m_reply.logprobs.push_back({wholeText(each, "token"), std::min(*logprob, 0.0)});
    }
}

void ChatAnswer::takeUsage(const Json& usage)
{
    if (!usage.is_object())
        return;
    if (++m_usageBlocks > 1)
        note("the server sent its usage more than once; the last counts");
    Usage counted;
    counted.input = {countOf(usage, "prompt_tokens").value_or(0)};
    counted.output = {countOf(usage, "completion_tokens").value_or(0)};
    const std::int64_t cached = countOf(fieldOf(usage, "prompt_tokens_details"), "cached_tokens").value_or(0);
    const std::int64_t reasoning =
        countOf(fieldOf(usage, "completion_tokens_details"), "reasoning_tokens").value_or(0);
    counted.cached = {std::min(cached, counted.input.count)};
    counted.reasoning = {std::min(reasoning, counted.output.count)};
    if (counted.cached.count < cached || counted.reasoning.count < reasoning)
        note("the server's usage does not add up: more cached or reasoning tokens than tokens");
    m_reply.usage = counted;
}

void ChatAnswer::note(std::string text)
{
    if (std::ranges::find(m_reply.notes, text) == m_reply.notes.end())
        m_reply.notes.push_back(std::move(text));
}

ChatReply ChatAnswer::take()
{
    return std::move(m_reply);
}

} // namespace plumbline::llm
