// The metrics of a run by name: what each means, its unit, and which way is better.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::evals {

enum class MetricKind {
    YesNo,     // a case has it or has not: rates
    Share,     // 0..1 a case: their mean
    Mean,      // any number a case: its mean
    Percentile // any number a case: a percentile over the cases
};

struct MetricDefinition {
    std::string name;   // "pass_rate", "policy:no-personal-data", "latency:total:p95"
    std::string label;  // "Pass rate", for a person
    std::string column; // what of a case it is made from
    std::string unit;   // "share" (0..1), "ms", "tokens", "micro-USD"
    MetricKind kind = MetricKind::Share;
    bool higherIsBetter = true;
    double percentile = 0; // 0..1, of a Percentile

    bool isShare() const { return kind == MetricKind::YesNo || kind == MetricKind::Share; }
};

// The metrics made from a column of Measurements, in the order in which they are shown. A column that is not
// known ("named:tone") gives one Share of that name, higher being better.
std::vector<MetricDefinition> metricsFrom(std::string_view column);

// Whether metricsFrom() knows what the column is, beyond its name.
bool isKnownColumn(std::string_view column);

// Where columns and metrics stand in a list; unknown ones last, by name.
int shownRank(std::string_view column);

// "93.4 %", "812 ms", "1204 tokens", "$0.0134": the value of a metric of this unit. A difference carries its
// sign, and says "points" where the values are shares.
std::string valueText(double value, std::string_view unit);
std::string differenceText(double difference, std::string_view unit);

} // namespace plumbline::evals
