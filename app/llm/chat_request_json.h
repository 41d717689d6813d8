// A ChatRequest as the body of POST /chat/completions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/chat_model.h"

namespace plumbline::llm {

// Which of the newer fields a server takes. Servers differ; what one refuses by name is asked for otherwise.
struct ChatDialect {
    bool stream = false;
    bool usageInStream = true;     // stream_options.include_usage
    bool responseFormat = true;    // response_format json_schema
    bool logprobs = true;          // where the request wants them
    bool completionTokens = false; // max_completion_tokens in place of max_tokens
};

// BadInput: the response schema is not JSON. Fields that the request does not set are not sent.
Result<std::string> chatRequestBody(const std::string& model, const ChatRequest& request,
                                    const ChatDialect& dialect);

// The server answered 400 or 422 with this message: gives up the field that it names. False when it names
// none that could be given up. What was given up is added to `notes`.
bool giveUpRefusedField(std::string_view message, const ChatRequest& request, ChatDialect& dialect,
                        std::vector<std::string>& notes);

} // namespace plumbline::llm
