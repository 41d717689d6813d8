// The figures of a run, each with a 95 % interval. Formulas and sources: resources/docs/eval-statistics.md.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/evals/measurements.h"
#include "app/evals/metric_definition.h"
#include "app/evals/statistics.h"

namespace plumbline::evals {

struct Metric {
    std::string name;  // "pass_rate"; resources/docs/eval-statistics.md lists them
    std::string label; // "Pass rate"
    double value = 0;
    double low = 0; // 95 % interval
    double high = 0;
    std::int64_t n = 0;        // cases with a value
    std::int64_t clusters = 0; // that they come from
    std::string unit;          // "share" (0..1), "ms", "tokens", "micro-USD"
    bool higherIsBetter = true;
    std::string method; // of the interval: "Wilson", "cluster bootstrap"
};

struct MetricsConfig {
    DetectorQuality detector;                   // of hallucinations; not known: no corrected rate is made
    std::string riskTier;                       // only cases of that tier; empty = all
    std::set<std::string, std::less<>> leftOut; // cases that do not count
    std::uint64_t seed = 1;
};

// Metrics with a value in at least one case, in the order in which they are shown. Any thread.
std::vector<Metric> metricsOf(const Measurements& measurements, int variant, const MetricsConfig& config);

// The values of one column over the cases that count.
std::vector<Observation> observationsOf(const Measurements& measurements, int variant,
                                        std::string_view column, const MetricsConfig& config);

// nullptr when there is none of that name.
const Metric* find(const std::vector<Metric>& metrics, std::string_view name);

} // namespace plumbline::evals
