// Suites and results drawn by hand, for tests of what is made from them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/evals/measurements.h"

namespace plumbline::evals {

// `count` cases "c0", "c1", …; `perDocument` of them to a cluster.
inline Suite suiteOf(int count, int perDocument = 1, const std::string& tier = {})
{
    Suite suite;
    suite.name = "made";
    suite.path = "suites/made.yaml";
    for (int index = 0; index < count; ++index) {
        Case one;
        one.id = "c" + std::to_string(index);
        one.question = "Question " + std::to_string(index);
        one.riskTier = tier;
        one.where = "suites/made.yaml:" + std::to_string(index + 2);
        if (perDocument > 1) {
            one.cluster = "d" + std::to_string(index / perDocument);
        }
        suite.cases.push_back(std::move(one));
    }
    return suite;
}

inline CaseResult resultOf(int index, bool passed, int variant = 0, int repeat = 0)
{
    CaseResult result;
    result.caseId = "c" + std::to_string(index);
    result.variant = variant;
    result.repeat = repeat;
    result.passed = passed;
    result.score = passed ? 1 : 0;
    result.output = passed ? "Right." : "Wrong.";
    result.latency.total = 100 + index;
    return result;
}

} // namespace plumbline::evals
