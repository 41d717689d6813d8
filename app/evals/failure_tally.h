// What failed most over several runs: cases, and prompt versions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/base/date.h"
#include "app/evals/run.h"

namespace plumbline::evals {

// Results counted, each repeat for itself; a case that could not be asked (Broken) is a failure too.
struct FailingCase {
    std::string suite;
    std::string caseId;
    std::int64_t failed = 0;
    std::int64_t broken = 0; // of the failed
    std::int64_t asked = 0;
    std::vector<std::string> variants; // Variant::id() of those that failed it, in order
    std::string lastRun;               // the newest run in which it failed
    Timestamp lastAt{};
    int lastVariant = 0; // of the failure there
    int lastRepeat = 0;
    std::string reason; // of it; empty when the result was added without its assertions
};

struct FailingPrompt {
    std::string prompt; // "policy-answer@v3"
    std::string model;
    std::int64_t failed = 0;
    std::int64_t broken = 0; // of the failed
    std::int64_t asked = 0;
    std::int64_t cases = 0; // different cases that failed
    std::string lastRun;
    Timestamp lastAt{};
};

struct Failures {
    std::vector<FailingCase> cases;
    std::vector<FailingPrompt> prompts;
    std::int64_t results = 0; // looked at
};

// Why a result did not pass, in one line: the error, or the first assertion that failed with its reason.
// Empty without assertions.
std::string failureReason(const CaseResult& result);

// Counts results as they are read, so that no run needs to be held whole.
class FailureTally {
public:
    // `result` is of `run`; one whose variant the run does not have is left out.
    void add(const Run& run, const CaseResult& result);

    // Those that failed at least once, most failures first, then the greater share, then by name; `limit` of
    // each at most.
    Failures top(std::size_t limit) const;

private:
    struct CaseCount {
        FailingCase sum;
        std::set<std::string> variants;
    };
    struct PromptCount {
        FailingPrompt sum;
        std::set<std::string> cases;
    };

    std::map<std::pair<std::string, std::string>, CaseCount> m_cases;     // suite, case
    std::map<std::pair<std::string, std::string>, PromptCount> m_prompts; // prompt, model
    std::int64_t m_results = 0;
};

} // namespace plumbline::evals
