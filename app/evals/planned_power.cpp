#include "app/evals/planned_power.h"

#include <map>

#include "app/evals/power.h"

namespace plumbline::evals {

PlannedPower plannedPower(const Suite& suite, const PowerAssumptions& assumptions)
{
    PlannedPower planned;
    planned.cases = std::ssize(suite.cases);
    std::map<std::string, double> sizes;
    double squares = 0;
    for (const Case& one : suite.cases) {
        if (one.cluster.empty()) {
            ++planned.clusters;
            squares += 1;
        } else {
            sizes[one.cluster] += 1;
        }
    }
    for (const auto& [cluster, size] : sizes) {
        squares += size * size;
    }
    planned.clusters += std::ssize(sizes);
    if (planned.cases == 0) {
        return planned;
    }
    // Large clusters count by their size: most cases stand in them.
    const auto cases = static_cast<double>(planned.cases);
    planned.designEffect = expectedDesignEffect(squares / cases, assumptions.icc);
    planned.smallestVisible = smallestVisibleRate(assumptions.discordance, cases / planned.designEffect);
    return planned;
}

} // namespace plumbline::evals
