#include "app/evals/cluster_statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "app/evals/distributions.h"
#include "app/evals/random_draws.h"

namespace plumbline::evals {

namespace {

constexpr int kResamples = 1999;
constexpr std::size_t kManyClusters = 2000;
constexpr int kFewestVaryingClusters = 8;

struct ClusterSum {
    double sum = 0;
    double count = 0;
};

std::vector<ClusterSum> sumsOf(const std::vector<Observation>& observations)
{
    std::map<std::size_t, ClusterSum> byCluster;
    for (const Observation& observation : observations) {
        ClusterSum& cluster = byCluster[observation.cluster];
        cluster.sum += observation.value;
        cluster.count += 1;
    }
    std::vector<ClusterSum> sums;
    sums.reserve(byCluster.size());
    for (const auto& [name, cluster] : byCluster) {
        sums.push_back(cluster);
    }
    return sums;
}

// What mean and linearised variance are made from; adding a cluster costs the same whatever its size.
struct Moments {
    double clusters = 0;
    double sum = 0;
    double count = 0;
    double sumSquared = 0;
    double sumTimesCount = 0;
    double countSquared = 0;

    void add(const ClusterSum& cluster)
    {
        clusters += 1;
        sum += cluster.sum;
        count += cluster.count;
        sumSquared += cluster.sum * cluster.sum;
        sumTimesCount += cluster.sum * cluster.count;
        countSquared += cluster.count * cluster.count;
    }
    double mean() const { return count > 0 ? sum / count : 0; }
    double standardError() const
    {
        if (clusters < 2) {
            return 0;
        }
        const double m = mean();
        const double residual = sumSquared - 2 * m * sumTimesCount + m * m * countSquared;
        // What is left of equal values after subtraction is rounding, not variance.
        const double noise = 1e-12 * (sumSquared + m * m * countSquared);
        return residual <= noise ? 0 : std::sqrt(clusters / (clusters - 1) * residual) / count;
    }
};

Moments momentsOf(const std::vector<ClusterSum>& clusters)
{
    Moments moments;
    for (const ClusterSum& cluster : clusters) {
        moments.add(cluster);
    }
    return moments;
}

double studentT(std::size_t clusters)
{
    return studentQuantile((1 + kLevel) / 2, static_cast<double>(std::max<std::size_t>(clusters, 2) - 1));
}

double twoSidedP(double statistic, std::size_t clusters)
{
    const auto freedom = static_cast<double>(std::max<std::size_t>(clusters, 2) - 1);
    return 2 * studentCdf(-std::abs(statistic), freedom);
}

int varyingClusters(const std::vector<ClusterSum>& clusters, double mean)
{
    return static_cast<int>(std::ranges::count_if(clusters, [&](const ClusterSum& cluster) {
        return std::abs(cluster.sum - mean * cluster.count) > 1e-12 * (std::abs(cluster.sum) + cluster.count);
    }));
}

// |t| of every resample, in order. One that drew equal clusters only has no variance: its t is 0 where the
// mean is right, else without bound.
std::vector<double> resampledStatistics(const std::vector<ClusterSum>& clusters, double mean,
                                        std::uint64_t seed)
{
    RandomDraws draws(seed);
    std::vector<double> statistics;
    statistics.reserve(kResamples);
    for (int resample = 0; resample < kResamples; ++resample) {
        Moments moments;
        for (std::size_t draw = 0; draw < clusters.size(); ++draw) {
            moments.add(clusters[draws.below(clusters.size())]);
        }
        const double error = moments.standardError();
        const double distance = std::abs(moments.mean() - mean);
        if (error > 0) {
            statistics.push_back(distance / error);
        } else {
            statistics.push_back(distance > 1e-12 * (1 + std::abs(mean)) ? HUGE_VAL : 0);
        }
    }
    std::ranges::sort(statistics);
    return statistics;
}

} // namespace

std::vector<double> valuesOf(const std::vector<Observation>& observations)
{
    std::vector<double> values;
    values.reserve(observations.size());
    for (const Observation& observation : observations) {
        values.push_back(observation.value);
    }
    return values;
}

ClusterMean clusterMean(const std::vector<Observation>& observations)
{
    const Moments moments = momentsOf(sumsOf(observations));
    ClusterMean result;
    result.mean = moments.mean();
    result.standardError = moments.standardError();
    result.cases = observations.size();
    result.clusters = static_cast<std::size_t>(moments.clusters);
    double squares = 0;
    for (const Observation& observation : observations) {
        squares += (observation.value - result.mean) * (observation.value - result.mean);
    }
    const double n = moments.count;
    if (n > 1 && squares > 0 && result.clusters > 1) {
        const double independent = squares / (n - 1) / n;
        result.designEffect = result.standardError * result.standardError / independent;
    }
    return result;
}

double effectiveTrials(const std::vector<Observation>& observations)
{
    const ClusterMean mean = clusterMean(observations);
    const double spread = mean.mean * (1 - mean.mean);
    if (spread <= 1e-12 || mean.standardError <= 0) {
        return static_cast<double>(mean.clusters);
    }
    if (mean.clusters == mean.cases) {
        // Values between 0 and 1 vary less than yes and no: they count for more than one trial each.
        return std::max(static_cast<double>(mean.cases), spread / (mean.standardError * mean.standardError));
    }
    return std::max(1.0, spread / (mean.standardError * mean.standardError));
}

Interval rateInterval(const std::vector<Observation>& observations)
{
    const ClusterMean mean = clusterMean(observations);
    const bool clustered = mean.clusters < mean.cases;
    const double quantile = clustered ? studentT(mean.clusters) : normalQuantile((1 + kLevel) / 2);
    return wilson(mean.mean, effectiveTrials(observations), quantile);
}

Estimate bootstrapMean(const std::vector<Observation>& observations, std::uint64_t seed)
{
    const std::vector<ClusterSum> clusters = sumsOf(observations);
    const Moments moments = momentsOf(clusters);
    const double mean = moments.mean();
    const double error = moments.standardError();
    const double half = studentT(clusters.size()) * error;
    const auto around = [&](double reach, double p) {
        return Estimate{mean, {mean - reach, mean + reach}, p};
    };
    if (varyingClusters(clusters, mean) < kFewestVaryingClusters) {
        return around(half, signFlipTest(observations, seed));
    }
    const double statistic = std::abs(mean / error);
    if (clusters.size() > kManyClusters) {
        return around(half, twoSidedP(statistic, clusters.size()));
    }
    const std::vector<double> drawn = resampledStatistics(clusters, mean, seed);
    const double reach = drawn[static_cast<std::size_t>(std::ceil(kLevel * (kResamples + 1))) - 1];
    const auto above = drawn.end() - std::ranges::lower_bound(drawn, statistic);
    return around(std::isfinite(reach) ? reach * error : half,
                  static_cast<double>(above + 1) / (kResamples + 1));
}

Interval differenceInterval(const std::vector<Observation>& differences)
{
    const ClusterMean plain = clusterMean(differences);
    const auto n = static_cast<double>(plain.cases) + 2;
    double sum = 0;
    double squares = 1;
    for (const Observation& difference : differences) {
        sum += difference.value;
        squares += difference.value * difference.value;
    }
    const double centre = sum / n;
    const double effect = plain.clusters < plain.cases ? std::max(1.0, plain.designEffect) : 1.0;
    const double error = std::sqrt(std::max(0.0, squares / n - centre * centre) / n * effect);
    const double quantile =
        plain.clusters < plain.cases ? studentT(plain.clusters) : normalQuantile((1 + kLevel) / 2);
    return {std::max(-1.0, centre - quantile * error), std::min(1.0, centre + quantile * error)};
}

Estimate percentileDifference(const std::vector<Observation>& before, const std::vector<Observation>& after,
                              double share, std::uint64_t seed)
{
    Estimate estimate;
    estimate.value = percentile(valuesOf(after), share) - percentile(valuesOf(before), share);
    std::map<std::size_t, std::vector<std::size_t>> byCluster;
    for (std::size_t index = 0; index < before.size(); ++index) {
        byCluster[before[index].cluster].push_back(index);
    }
    std::vector<std::vector<std::size_t>> clusters;
    for (auto& [name, members] : byCluster) {
        clusters.push_back(std::move(members));
    }
    const int resamples = before.size() > 2000 ? 399 : kResamples;
    RandomDraws draws(seed);
    std::vector<double> drawn;
    for (int resample = 0; resample < resamples && !clusters.empty(); ++resample) {
        std::vector<double> left;
        std::vector<double> right;
        for (std::size_t draw = 0; draw < clusters.size(); ++draw) {
            for (const std::size_t index : clusters[draws.below(clusters.size())]) {
                left.push_back(before[index].value);
                right.push_back(after[index].value);
            }
        }
        drawn.push_back(percentile(std::move(right), share) - percentile(std::move(left), share));
    }
    if (drawn.empty()) {
        return estimate;
    }
    const auto notAbove = static_cast<double>(std::ranges::count_if(drawn, [](double d) { return d <= 0; }));
    const auto notBelow = static_cast<double>(std::ranges::count_if(drawn, [](double d) { return d >= 0; }));
    estimate.p = std::min(1.0, 2 * (std::min(notAbove, notBelow) + 1) / (resamples + 1));
    estimate.interval = {percentile(drawn, (1 - kLevel) / 2), percentile(drawn, (1 + kLevel) / 2)};
    return estimate;
}

} // namespace plumbline::evals
