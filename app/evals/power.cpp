#include "app/evals/power.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/evals/distributions.h"
#include "app/evals/statistics.h"

namespace plumbline::evals {

namespace {

constexpr double kMostExactPairs = 2000;

// The most pairs on the rarer side that still make McNemar's exact test significant; -1: none would.
std::int64_t criticalCount(std::int64_t discordant)
{
    std::int64_t low = -1;
    std::int64_t high = discordant / 2;
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (2 * binomialCdf(middle, discordant, .5) <= kAlpha) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

double exactPower(std::int64_t pairs, double discordance, double difference)
{
    const double share = std::max(discordance, difference);
    if (share <= 0) {
        return 0;
    }
    const double oneWay = (share - difference) / (2 * share);
    const double centre = static_cast<double>(pairs) * share;
    const double reach = 6 * std::sqrt(centre) + 10;
    const auto first = std::max<std::int64_t>(0, std::llround(centre - reach));
    const auto last = std::min<std::int64_t>(pairs, std::llround(centre + reach));
    double power = 0;
    double below = binomialCdf(first - 1, pairs, share);
    for (std::int64_t discordant = first; discordant <= last; ++discordant) {
        const double upTo = binomialCdf(discordant, pairs, share);
        const std::int64_t critical = criticalCount(discordant);
        if (critical >= 0) {
            power += (upTo - below) * binomialCdf(critical, discordant, oneWay);
        }
        below = upTo;
    }
    return power;
}

double connorPower(double pairs, double discordance, double difference)
{
    const double share = std::max(discordance, difference);
    const double spread = std::sqrt(std::max(1e-12, share - difference * difference));
    const double reached =
        (difference * std::sqrt(pairs) - normalQuantile(1 - kAlpha / 2) * std::sqrt(share));
    return normalCdf(reached / spread);
}

} // namespace

double smallestVisibleRate(double discordance, double pairs)
{
    const auto power = [&](double difference) {
        return pairs <= kMostExactPairs
                   ? exactPower(static_cast<std::int64_t>(std::floor(pairs)), discordance, difference)
                   : connorPower(pairs, discordance, difference);
    };
    if (pairs < 1 || power(1) < kPower) {
        return 1;
    }
    double low = 0;
    double high = 1;
    for (int step = 0; step < 14; ++step) {
        const double middle = (low + high) / 2;
        (power(middle) < kPower ? low : high) = middle;
    }
    return high;
}

double smallestVisibleMean(double standardError, double clusters)
{
    const double freedom = std::max(1.0, clusters - 1);
    return (studentQuantile(1 - kAlpha / 2, freedom) + studentQuantile(kPower, freedom)) * standardError;
}

double expectedDesignEffect(double size, double icc)
{
    return 1 + (std::max(1.0, size) - 1) * std::clamp(icc, 0.0, 1.0);
}

} // namespace plumbline::evals
