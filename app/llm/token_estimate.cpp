#include "app/llm/token_estimate.h"

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

constexpr std::size_t kCodePointsPerToken = 4;
constexpr std::int64_t kTokensPerMessage = 4;

} // namespace

Tokens estimatedTokens(std::string_view text)
{
    const std::size_t tokens = (codePointCount(text) + kCodePointsPerToken - 1) / kCodePointsPerToken;
    return {static_cast<std::int64_t>(tokens)};
}

Usage estimatedUsage(const ChatRequest& request, const ChatReply& reply)
{
    Usage usage;
    usage.estimated = true;
    for (const Message& message : request.messages)
        usage.input += estimatedTokens(message.content) + Tokens{kTokensPerMessage};
    usage.input += estimatedTokens(request.responseSchema);
    usage.output = estimatedTokens(reply.text) + estimatedTokens(reply.refusal);
    for (const ToolCall& call : reply.toolCalls)
        usage.output += estimatedTokens(call.name) + estimatedTokens(call.arguments);
    return usage;
}

} // namespace plumbline::llm
