// What a suite will be able to show, before it is run.
#pragma once

#include <cstdint>

#include "app/evals/suite.h"

namespace plumbline::evals {

// What has to be assumed as long as nothing was run.
struct PowerAssumptions {
    double discordance = .10; // share of cases that come out otherwise on the two sides
    double icc = .20;         // how alike cases of one cluster are
};

struct PlannedPower {
    std::int64_t cases = 0;
    std::int64_t clusters = 0;
    double designEffect = 1;
    double smallestVisible = 1; // of a pass rate, as a share; smallestVisibleRate()
};
PlannedPower plannedPower(const Suite& suite, const PowerAssumptions& assumptions = {});

} // namespace plumbline::evals
