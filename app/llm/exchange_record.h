// A request and its reply as a line of JSON: what a replay answers from.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "app/base/result.h"
#include "app/llm/chat_model.h"

namespace plumbline::llm {

// {"messages": [{role, content}…], "parameters": {…}, "schema": "…"}; what is not set is left out.
nlohmann::ordered_json requestJson(const ChatRequest& request);

// SHA-256, hex, over the model's name and requestJson(): what the answer depends on.
std::string requestDigest(std::string_view model, const ChatRequest& request);

// {"digest", "model", "request", "reply"} on one line. Costs, attempts and times are kept, keys never come
// near.
std::string exchangeLine(std::string_view model, const ChatRequest& request, const ChatReply& reply);

struct Exchange {
    std::string digest;
    std::string model;
    std::string request; // requestJson() as text
    ChatReply reply;
};

// BadInput: not such a line, or the digest is not that of the request.
Result<Exchange> parseExchange(std::string_view line);

} // namespace plumbline::llm
