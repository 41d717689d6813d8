#include "app/llm/token_bound.h"

namespace plumbline::llm {

namespace {

constexpr std::int64_t kLargestFrame = 16;

} // namespace

Tokens mostInputTokens(const ChatRequest& request)
{
    auto most = static_cast<std::int64_t>(request.responseSchema.size()) + kLargestFrame;
    for (const Message& message : request.messages) {
        most += static_cast<std::int64_t>(message.content.size()) + kLargestFrame;
    }
    return {most};
}

} // namespace plumbline::llm
