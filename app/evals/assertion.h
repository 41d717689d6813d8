// One check of an output, as a suite states it, and what came of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

// Of promptfoo's kinds by promptfoo's names ("contains", "is-json", "rouge-n", "assert-set"), or one of our
// own ("grounded", "answers-fact", "cites-approved-only").
struct Assertion {
    std::string type;             // without "not-"
    bool negated = false;         // written "not-TYPE"
    nlohmann::ordered_json value; // null: none
    std::optional<double> threshold;
    double weight = 1;
    std::string metric;              // named metric that its score counts for; empty = none
    std::vector<Assertion> children; // of an assert-set
    nlohmann::ordered_json config;   // whatever else was written beside it; null: nothing
    std::string where;               // "suites/golden.yaml:12"
};

// NotExecutable is neither: it never passes, and blocks a gate unless the gate says otherwise.
enum class Outcome { Passed, Failed, NotExecutable };

// "passed", "failed", "not_executable".
std::string_view toString(Outcome outcome);

// A place that a check speaks of: in the answer (document empty) or in a document's stored text.
struct EvidencePlace {
    std::string document;
    std::string version;
    std::size_t start = 0; // code points, end exclusive
    std::size_t end = 0;
    std::string text;
};

struct AssertionResult {
    std::string name; // "not-contains", "grounded"
    Outcome outcome = Outcome::Failed;
    double score = 0; // 0..1, higher is better
    double weight = 1;
    std::string metric;
    std::string reason;                // for a person, one line
    std::vector<EvidencePlace> places; // the failing sentence first, then the source it was held against
    std::vector<AssertionResult> parts;
    std::string where; // the assertion's own place in the suite
};

} // namespace plumbline::evals
