#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "app/evals/cluster_statistics.h"
#include "app/evals/random_draws.h"

namespace plumbline::evals {

namespace {

constexpr int kFlips = 9999;
constexpr int kFinestFraction = 60;
constexpr std::int64_t kMostExactSteps = 50'000'000;

std::vector<double> differingSums(const std::vector<Observation>& differences)
{
    std::map<std::size_t, double> byCluster;
    for (const Observation& difference : differences) {
        byCluster[difference.cluster] += difference.value;
    }
    std::vector<double> sums;
    for (const auto& [cluster, sum] : byCluster) {
        if (std::abs(sum) > 1e-12) {
            sums.push_back(sum);
        }
    }
    return sums;
}

// The sums as whole multiples of 1/k, for the smallest k that fits all.
std::optional<std::vector<std::int64_t>> wholeMultiples(const std::vector<double>& sums)
{
    for (int k = 1; k <= kFinestFraction; ++k) {
        std::vector<std::int64_t> whole;
        for (const double sum : sums) {
            const double scaled = sum * k;
            if (std::abs(scaled - std::round(scaled)) > 1e-7 || std::abs(scaled) > 1e7) {
                break;
            }
            whole.push_back(std::llround(std::abs(scaled)));
        }
        if (whole.size() == sums.size()) {
            return whole;
        }
    }
    return std::nullopt;
}

// The whole distribution of the sum under all flips, cluster by cluster.
double exactP(const std::vector<std::int64_t>& sizes, std::int64_t observed, std::int64_t total)
{
    std::vector<double> chance(static_cast<std::size_t>(2 * total + 1), 0);
    std::vector<double> next(chance.size(), 0);
    chance[static_cast<std::size_t>(total)] = 1;
    std::int64_t reach = 0;
    for (const std::int64_t size : sizes) {
        std::fill(next.begin(), next.end(), 0);
        for (std::int64_t at = total - reach; at <= total + reach; ++at) {
            const double half = chance[static_cast<std::size_t>(at)] / 2;
            next[static_cast<std::size_t>(at - size)] += half;
            next[static_cast<std::size_t>(at + size)] += half;
        }
        chance.swap(next);
        reach += size;
    }
    double p = 0;
    for (std::int64_t at = 0; at <= 2 * total; ++at) {
        if (std::abs(at - total) >= observed) {
            p += chance[static_cast<std::size_t>(at)];
        }
    }
    return std::min(1.0, p);
}

double drawnP(const std::vector<double>& sums, std::uint64_t seed)
{
    double observed = 0;
    for (const double sum : sums) {
        observed += sum;
    }
    const double least = std::abs(observed) * (1 - 1e-12);
    RandomDraws draws(seed);
    int asFar = 0;
    for (int flip = 0; flip < kFlips; ++flip) {
        double total = 0;
        for (const double sum : sums) {
            total += draws.coin() ? sum : -sum;
        }
        asFar += std::abs(total) >= least ? 1 : 0;
    }
    return static_cast<double>(asFar + 1) / (kFlips + 1);
}

} // namespace

double signFlipTest(const std::vector<Observation>& differences, std::uint64_t seed)
{
    const std::vector<double> sums = differingSums(differences);
    if (sums.empty()) {
        return 1;
    }
    if (const auto whole = wholeMultiples(sums)) {
        std::int64_t total = 0;
        std::int64_t observed = 0;
        for (std::size_t index = 0; index < sums.size(); ++index) {
            total += (*whole)[index];
            observed += sums[index] > 0 ? (*whole)[index] : -(*whole)[index];
        }
        if (total * std::ssize(sums) <= kMostExactSteps) {
            return exactP(*whole, std::abs(observed), total);
        }
    }
    return drawnP(sums, seed);
}

} // namespace plumbline::evals
