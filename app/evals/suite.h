// A suite: the cases that an assistant is measured on, as a file under suites/ states them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/evals/assertion.h"

namespace plumbline::evals {

// What a right answer stands on.
struct Expectation {
    std::optional<bool> refuses;        // true: the right answer is a refusal
    std::vector<std::string> documents; // ids; any of them is right
    std::string version;                // of the first document; empty = whichever is in force
    std::size_t start = 0;              // the span in that document, code points; 0, 0 = not stated
    std::size_t end = 0;
    std::vector<std::string> facts; // texts that the answer must hold, compared folded
};

struct Case {
    std::string id;
    std::string question;                                 // what the assistant is asked
    std::map<std::string, std::string, std::less<>> vars; // of a plain prompt; "question" among them
    std::optional<Date> asOf;
    Expectation expected;
    std::vector<Assertion> assertions;
    std::optional<double> threshold; // over the weighted mean of the assertions' scores (promptfoo's)
    std::vector<std::string> tags;   // "near_miss", "half:tune"
    std::string cluster;  // what it comes from, usually a document; cases of one are not independent
    std::string riskTier; // empty = the suite's
    std::string where;    // "suites/golden.jsonl:12"
};

// A prompt of an imported suite: text or chat messages with {{vars}}, sent as they are, without retrieval.
struct PlainPrompt {
    std::string label;
    std::string text; // as written; a JSON list of messages, or one user message
    std::string where;
};

struct Suite {
    std::string name; // the file's stem, or its `name`
    std::string description;
    std::string digest; // SHA-256, hex, over what decides a result: cases, assertions, prompts
    std::string path;   // relative to the workspace
    std::string riskTier;
    std::vector<PlainPrompt> prompts; // empty: the workspace's assistant is measured
    std::vector<std::string> models;  // model names that the file asks for; "echo" gives the prompt back
    std::vector<Case> cases;          // assertions of the suite's defaults merged in
};

} // namespace plumbline::evals
