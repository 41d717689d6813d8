// What is wrong with a suite before, and after, it was run.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

enum class LintRule {
    Duplicate,     // asks what another case asks, in the same or nearly the same words
    Contradiction, // asks what another case asks and expects something else
    Leak,          // the right answer is given away: by the question, or by length or position alone
    NeverRight,    // no version answered it right in any stored run
    Empty          // nothing to ask, or nothing to hold the answer against
};

// "duplicate", "contradiction", "leak", "never_right", "empty".
std::string_view toString(LintRule rule);

struct LintFinding {
    LintRule rule = LintRule::Duplicate;
    std::string caseId; // empty: of the suite as a whole
    std::string other;  // the case it was held against; empty = none
    std::string detail; // for a person, one line
    std::string where;
};

// How often a case was answered, and answered right, over all stored runs.
struct CaseRecord {
    int results = 0;
    int passed = 0;
};
using CaseRecords = std::map<std::string, CaseRecord, std::less<>>;

// In the order of the cases, the suite's own findings last. Two questions are the same when their words are;
// nearly the same when at least nine tenths of the words of both are shared (Jaccard) and no number differs.
std::vector<LintFinding> lint(const Suite& suite, const CaseRecords& records = {});

} // namespace plumbline::evals
