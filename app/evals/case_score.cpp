#include <algorithm>

#include "app/evals/check.h"

namespace plumbline::evals {

CaseScore scoreOf(const std::vector<AssertionResult>& results, std::optional<double> threshold)
{
    CaseScore sum;
    if (results.empty())
        return sum;
    double weights = 0;
    double scores = 0;
    bool executed = true;
    for (const AssertionResult& result : results) {
        weights += result.weight;
        scores += result.score * result.weight;
        executed = executed && result.outcome != Outcome::NotExecutable;
        sum.passed = sum.passed && (result.outcome == Outcome::Passed || result.weight == 0);
        if (!result.metric.empty())
            sum.named[result.metric] += result.score;
    }
    sum.score = weights > 0 ? scores / weights : 0;
    if (threshold)
        sum.passed = sum.score >= *threshold;
    sum.passed = sum.passed && executed;
    return sum;
}

} // namespace plumbline::evals
