// Holds one output against one assertion, and sums a case's assertions up as promptfoo does.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/assistant/answer.h"
#include "app/base/result.h"
#include "app/evals/assertion.h"
#include "app/evals/suite.h"
#include "app/grounding/grounding.h"
#include "app/llm/chat_model.h"

namespace plumbline::evals {

// Judges an answer by its sources: grounding::ground, or what a test puts in its place.
using GroundFn = std::function<Result<grounding::Verdict>(std::string_view answer,
                                                          const std::vector<std::string>& sources)>;

// What came of one case. Views and pointers must outlive the call of check().
struct CheckInput {
    std::string_view output; // the answer as shown
    const Case& testCase;
    const assistant::Answer* answer = nullptr; // null: of a plain prompt
    const llm::ChatReply* reply = nullptr;     // null: no model was asked
    std::optional<double> latencyMs = {};      // unset: not measured, or from a cache
    std::optional<Money> cost = {};            // unset: not known
    std::string_view prompt = {};              // as it was sent
    // A structured output (a list of tool calls, an object); null: `output` is text. Where it is null and
    // `reply` has tool calls and no text, they stand for it in the form of the OpenAI API.
    const nlohmann::ordered_json* structured = nullptr;
    // promptfoo's trace: {"traceId", "spans": [{"spanId", "name", "startTime", "endTime", "statusCode",
    // "attributes"}]}; null: none.
    const nlohmann::ordered_json* trace = nullptr;
    // promptfoo's provider response beside the output: "metadata", "guardrails"; null: none.
    const nlohmann::ordered_json* response = nullptr;
    std::filesystem::path folder = {}; // file:// values are read below it; empty: they are not executable
    bool javascript = false;           // `javascript` assertions run; else they are not executable
    GroundFn ground = {};              // for "grounded" and the citations; empty: they are not executable
};

// Never throws, never waits on a network. What cannot be decided here (a judge, a program in Python, a value
// that the input lacks) is NotExecutable with the reason. Any thread.
AssertionResult check(const Assertion& assertion, const CheckInput& input);

struct CaseScore {
    bool passed = true;
    double score = 1; // 0..1, or beyond where a script gives such a score
    std::map<std::string, double, std::less<>> named;
};

// promptfoo's sum: the mean of the scores by weight. With a threshold the score alone decides; without one
// every assertion must pass (check() lets those of weight 0 pass). Where we part from promptfoo: what was not
// executed never passes, with or without a threshold, whatever its weight; and a failure without a reason
// fails. No assertion at all: passed, 1. resources/docs/evals-promptfoo.md has the oddities.
CaseScore scoreOf(const std::vector<AssertionResult>& results, std::optional<double> threshold);

// One entry of promptfoo's `assert`. BadInput: no object, no type or an unknown one, a number that is none.
Result<Assertion> parseAssertion(const nlohmann::ordered_json& value, std::string where);

} // namespace plumbline::evals
