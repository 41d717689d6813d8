#include "app/evals/pairing.h"

#include <algorithm>
#include <cmath>

#include "app/evals/power.h"

namespace plumbline::evals {

namespace {

constexpr double kSame = 1e-9;
constexpr double kNormal = 1.959963984540054;

double meanOf(const std::vector<Observation>& observations)
{
    return clusterMean(observations).mean;
}

// How much less than independent pairs these say. Where no pair differs, the clusters of the values
// themselves are the best guess of how differences would fall.
double designEffect(const Pairs& pairs, const ClusterMean& differences)
{
    if (differences.clusters == differences.cases) {
        return 1;
    }
    const double shown =
        differences.standardError > 0 ? differences.designEffect : clusterMean(pairs.before).designEffect;
    return std::max(1.0, shown);
}

void countChanges(MetricComparison& metric, const MetricDefinition& definition, const Pairs& pairs)
{
    const double good = definition.higherIsBetter ? 1 : -1;
    for (std::size_t index = 0; index < pairs.ids.size(); ++index) {
        const double before = pairs.before[index].value;
        const double after = pairs.after[index].value;
        double step = good * (after - before);
        if (std::abs(step) > kSame && definition.isShare()) {
            metric.changes.push_back({pairs.ids[index], before, after});
        }
        if (definition.kind == MetricKind::YesNo) {
            step = good * ((after > .5 ? 1 : 0) - (before > .5 ? 1 : 0));
        }
        metric.fixed += step > kSame ? 1 : 0;
        metric.broken += step < -kSame ? 1 : 0;
    }
    std::ranges::stable_sort(metric.changes, {},
                             [&](const CaseChange& change) { return good * (change.after - change.before); });
}

void testYesNo(MetricComparison& metric, const Pairs& pairs, const std::vector<Observation>& differences,
               std::uint64_t seed)
{
    const ClusterMean mean = clusterMean(differences);
    const bool alone = mean.clusters == mean.cases;
    const bool whole = std::ranges::all_of(differences, [](const Observation& difference) {
        return std::abs(difference.value - std::round(difference.value)) < kSame;
    });
    metric.p = signFlipTest(differences, seed);
    metric.test = alone && whole ? "McNemar, exact" : alone ? "sign flip" : "sign flip of clusters";
    const Interval interval = differenceInterval(differences);
    metric.low = interval.low;
    metric.high = interval.high;
    double discordance = 0;
    for (const Observation& difference : differences) {
        discordance += std::abs(difference.value);
    }
    discordance /= static_cast<double>(differences.size());
    metric.smallestVisible =
        smallestVisibleRate(discordance, static_cast<double>(differences.size()) / designEffect(pairs, mean));
}

void testMean(MetricComparison& metric, const MetricDefinition& definition, const Pairs& pairs,
              const std::vector<Observation>& differences, std::uint64_t seed)
{
    const ClusterMean mean = clusterMean(differences);
    const Estimate estimate = bootstrapMean(differences, seed);
    metric.p = estimate.p;
    metric.low = estimate.interval.low;
    metric.high = estimate.interval.high;
    metric.test = "paired cluster bootstrap";
    metric.smallestVisible = smallestVisibleMean(mean.standardError, static_cast<double>(mean.clusters));
    if (definition.isShare() && mean.standardError <= 0) {
        // Equal in every case: what is not seen is bounded by how many cases there are.
        const Interval interval = differenceInterval(differences);
        metric.low = interval.low;
        metric.high = interval.high;
        metric.smallestVisible =
            smallestVisibleRate(0, static_cast<double>(differences.size()) / designEffect(pairs, mean));
    }
}

} // namespace

std::vector<Observation> Pairs::differences() const
{
    std::vector<Observation> all;
    all.reserve(ids.size());
    for (std::size_t index = 0; index < ids.size(); ++index) {
        all.push_back({after[index].cluster, after[index].value - before[index].value});
    }
    return all;
}

Pairs pairsOf(const ComparedSide& before, const ComparedSide& after, std::string_view column,
              std::string_view riskTier, const std::set<std::string, std::less<>>& leftOut)
{
    Pairs pairs;
    const auto& subjects = after.measurements->subjects();
    for (std::size_t index = 0; index < subjects.size(); ++index) {
        const Measurements::Subject& subject = subjects[index];
        const auto other = before.measurements->subjectOf(subject.id);
        if (!other || leftOut.contains(subject.id) || (!riskTier.empty() && subject.riskTier != riskTier)) {
            continue;
        }
        const auto left = before.measurements->value(before.variant, column, *other);
        const auto right = after.measurements->value(after.variant, column, index);
        if (left && right) {
            pairs.ids.push_back(subject.id);
            pairs.before.push_back({subject.cluster, *left});
            pairs.after.push_back({subject.cluster, *right});
        }
    }
    return pairs;
}

MetricComparison compareMetric(const MetricDefinition& definition, const Pairs& pairs, std::uint64_t seed)
{
    MetricComparison metric;
    metric.name = definition.name;
    metric.label = definition.label;
    metric.unit = definition.unit;
    metric.higherIsBetter = definition.higherIsBetter;
    metric.pairs = std::ssize(pairs.ids);
    if (pairs.ids.empty()) {
        metric.smallestVisible = 1;
        metric.test = "no pairs";
        return metric;
    }
    const std::vector<Observation> differences = pairs.differences();
    metric.clusters = static_cast<std::int64_t>(clusterMean(differences).clusters);
    metric.before = meanOf(pairs.before);
    metric.after = meanOf(pairs.after);
    countChanges(metric, definition, pairs);
    if (definition.kind == MetricKind::YesNo) {
        testYesNo(metric, pairs, differences, seed);
    } else if (definition.kind == MetricKind::Percentile) {
        metric.before = percentile(valuesOf(pairs.before), definition.percentile);
        metric.after = percentile(valuesOf(pairs.after), definition.percentile);
        const Estimate estimate =
            percentileDifference(pairs.before, pairs.after, definition.percentile, seed);
        metric.p = estimate.p;
        metric.low = estimate.interval.low;
        metric.high = estimate.interval.high;
        metric.test = "paired cluster bootstrap";
        metric.smallestVisible = smallestVisibleMean((metric.high - metric.low) / (2 * kNormal),
                                                     static_cast<double>(metric.clusters));
    } else {
        testMean(metric, definition, pairs, differences, seed);
    }
    metric.difference = metric.after - metric.before;
    return metric;
}

} // namespace plumbline::evals
