#include <algorithm>

#include "app/evals/check.h"

namespace plumbline::evals {

namespace {

struct Weighed {
    double score = 0;
    double weight = 0;

    void add(double value, double by)
    {
        score += value * by;
        weight += by;
    }
    double mean() const { return weight > 0 ? score / weight : 0; }
};

using Metrics = std::map<std::string, Weighed, std::less<>>;

// The metrics of the parts of a set count by the set's weight as well.
void addMetrics(const AssertionResult& result, Metrics& metrics)
{
    if (!result.metric.empty())
        metrics[result.metric].add(result.score, result.weight);
    for (const AssertionResult& part : result.parts)
        if (!part.metric.empty() && part.metric != result.metric)
            metrics[part.metric].add(part.score, part.weight * result.weight);
}

} // namespace

CaseScore scoreOf(const std::vector<AssertionResult>& results, std::optional<double> threshold)
{
    CaseScore sum;
    if (results.empty())
        return sum;
    Weighed all;
    Metrics metrics;
    for (const AssertionResult& result : results) {
        all.add(result.score, result.weight);
        addMetrics(result, metrics);
        sum.passed = sum.passed && result.outcome == Outcome::Passed;
    }
    sum.score = all.mean();
    const bool executed = std::ranges::none_of(
        results, [](Outcome outcome) { return outcome == Outcome::NotExecutable; },
        &AssertionResult::outcome);
    if (threshold)
        sum.passed = executed && sum.score >= *threshold;
    for (const auto& [name, metric] : metrics)
        sum.named[name] = metric.mean();
    return sum;
}

} // namespace plumbline::evals
