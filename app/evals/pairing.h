// The cases that both sides of a comparison have a value of, and what one metric makes of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/evals/comparison.h"
#include "app/evals/metric_definition.h"

namespace plumbline::evals {

struct Pairs {
    std::vector<std::string> ids;
    std::vector<Observation> before; // clusters are those of the side after
    std::vector<Observation> after;

    std::vector<Observation> differences() const;
};

Pairs pairsOf(const ComparedSide& before, const ComparedSide& after, std::string_view column,
              std::string_view riskTier, const std::set<std::string, std::less<>>& leftOut);

// All but pAdjusted and judgement, which need the other metrics.
MetricComparison compareMetric(const MetricDefinition& definition, const Pairs& pairs, std::uint64_t seed);

} // namespace plumbline::evals
