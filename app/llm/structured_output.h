// Answers that must fit a JSON Schema: checked, and asked for once more when they do not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "app/base/result.h"
#include "app/llm/chat_model.h"

namespace plumbline::llm {

struct StructuredReply {
    ChatReply reply;                         // the last one; usage, attempts and times are the sum of both
    nlohmann::ordered_json value;            // the JSON of reply.text; null when it is none
    std::vector<SchemaViolation> violations; // empty = it fits
    bool repaired = false;                   // a second answer was asked for; stands in reply.notes too
    std::string firstText;                   // the first answer, when there was a second

    bool valid() const { return violations.empty(); }
};

// The JSON in an answer: all of it, or what one Markdown code fence holds. BadInput: none, or broken;
// TooLarge: nested deeper than 256.
Result<nlohmann::ordered_json> jsonOfAnswer(std::string_view text);

// Asks, checks the answer against request.responseSchema, and asks once more with the violations when it does
// not fit: they go in as data, after the model's first answer. What still does not fit comes back with its
// violations; the caller decides. Only the first answer is streamed. When the second cannot be had, the first
// comes back with its violations and a note. Errors: the model's at the first call, Cancelled; BadInput: no
// schema, or a broken one.
Result<StructuredReply> chatStructured(const ChatModel& model, const ChatRequest& request,
                                       std::stop_token stop, const DeltaFn& onText = {});

} // namespace plumbline::llm
