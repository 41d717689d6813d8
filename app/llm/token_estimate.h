// How many tokens a text has, where nobody who knows has counted.
#pragma once

#include <string_view>

#include "app/base/units.h"
#include "app/llm/chat_model.h"

namespace plumbline::llm {

// One token per 4 code points, rounded up; the rule of thumb for English text and the common byte-pair
// vocabularies. For a budget and a marked estimate, not for an invoice.
Tokens estimatedTokens(std::string_view text);

// Of all messages, with 4 more each for role and frame, and of the answer with its tool calls.
Usage estimatedUsage(const ChatRequest& request, const ChatReply& reply);

} // namespace plumbline::llm
