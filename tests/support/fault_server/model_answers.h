// The proper answers of the fault server, and those whose content alone is odd.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/fault_server/connection.h"

namespace plumbline::tests {

struct AnswerStyle {
    std::chrono::milliseconds delay{0}; // before the answer
    std::chrono::milliseconds pace{0};  // between the events of a stream
    // "unknown-fields", "null-content", "tool-calls", "refusal", "two-choices", "usage-missing",
    // "usage-twice", "no-stream", "split-character", "keeps-open", "no-schema", "no-stream-options",
    // "wrong-dimension", "odd-scores", "small-batches"; empty = none
    std::string variant;
};

// `path` is what follows the prefixes: "/v1/…". 404 for what is not known.
void answerProperly(Connection& connection, const ReceivedRequest& request, const std::string& path,
                    const AnswerStyle& style);

void answerError(Connection& connection, int status, const std::string& message,
                 std::string_view moreHeaders = {});

// What the model "says": "Echo: " and the last message; where a JSON Schema is asked for, an instance of it.
std::string saidTo(const nlohmann::json& request);

// The events of a streamed answer, each "data: …" with its blank line; the last is [DONE].
std::vector<std::string> chatEvents(const nlohmann::json& request, const std::string& variant);
nlohmann::json wholeChat(const nlohmann::json& request, const std::string& variant);

} // namespace plumbline::tests
