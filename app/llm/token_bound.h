// The most that a request can be, before anybody has counted it.
#pragma once

#include "app/base/units.h"
#include "app/llm/chat_model.h"

namespace plumbline::llm {

// More input tokens than any byte-level tokenizer makes of the request: one a byte, and 16 for each frame.
Tokens mostInputTokens(const ChatRequest& request);

} // namespace plumbline::llm
