#include "app/evals/metrics.h"

#include <algorithm>

#include "app/evals/distributions.h"

namespace plumbline::evals {

namespace {

void correct(Metric& metric, const std::vector<Observation>& observations, const DetectorQuality& detector)
{
    const double quantile = normalQuantile((1 + kLevel) / 2);
    const CorrectedRate corrected =
        roganGladen(metric.value, effectiveTrials(observations), detector, quantile);
    metric.value = corrected.rate;
    metric.low = corrected.interval.low;
    metric.high = corrected.interval.high;
    metric.method = "Rogan-Gladen";
    if (corrected.falseAlarmsExplain) {
        metric.label += ", not distinguishable from the detector's false alarms";
    }
}

void measure(Metric& metric, const MetricDefinition& definition, const std::vector<Observation>& observations,
             std::uint64_t seed)
{
    Interval interval;
    if (definition.kind == MetricKind::Percentile) {
        metric.value = percentile(valuesOf(observations), definition.percentile);
        interval = percentileInterval(valuesOf(observations), definition.percentile);
        metric.method = "order statistics";
    } else if (definition.isShare()) {
        metric.value = clusterMean(observations).mean;
        interval = rateInterval(observations);
        metric.method = metric.clusters < metric.n ? "Wilson, effective size" : "Wilson";
    } else {
        const Estimate estimate = bootstrapMean(observations, seed);
        metric.value = estimate.value;
        interval = estimate.interval;
        // Nothing that is measured so can be below zero.
        interval.low = std::max(0.0, interval.low);
        metric.method = "cluster bootstrap";
    }
    metric.low = interval.low;
    metric.high = interval.high;
}

} // namespace

std::vector<Observation> observationsOf(const Measurements& measurements, int variant,
                                        std::string_view column, const MetricsConfig& config)
{
    std::vector<Observation> observations;
    for (std::size_t index = 0; index < measurements.subjects().size(); ++index) {
        const Measurements::Subject& subject = measurements.subjects()[index];
        if ((!config.riskTier.empty() && subject.riskTier != config.riskTier) ||
            config.leftOut.contains(subject.id)) {
            continue;
        }
        if (const auto value = measurements.value(variant, column, index)) {
            observations.push_back({subject.cluster, *value});
        }
    }
    return observations;
}

std::vector<Metric> metricsOf(const Measurements& measurements, int variant, const MetricsConfig& config)
{
    std::vector<Metric> metrics;
    for (const std::string& column : measurements.columns(variant)) {
        const std::vector<Observation> observations = observationsOf(measurements, variant, column, config);
        if (observations.empty()) {
            continue;
        }
        const auto clusters = static_cast<std::int64_t>(clusterMean(observations).clusters);
        for (const MetricDefinition& definition : metricsFrom(column)) {
            Metric metric;
            metric.name = definition.name;
            metric.label = definition.label;
            metric.unit = definition.unit;
            metric.higherIsBetter = definition.higherIsBetter;
            metric.n = std::ssize(observations);
            metric.clusters = clusters;
            measure(metric, definition, observations, config.seed);
            if (definition.name == "hallucination_corrected") {
                if (!config.detector.usable()) {
                    continue;
                }
                correct(metric, observations, config.detector);
            }
            metrics.push_back(std::move(metric));
        }
    }
    return metrics;
}

const Metric* find(const std::vector<Metric>& metrics, std::string_view name)
{
    const auto place = std::ranges::find(metrics, name, &Metric::name);
    return place == metrics.end() ? nullptr : &*place;
}

} // namespace plumbline::evals
