#include "app/evals/metric_definition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "app/base/units.h"

namespace plumbline::evals {

namespace {

struct Known {
    std::string_view column;
    std::string_view label;
    std::string_view unit;
    MetricKind kind;
    bool higherIsBetter;
};

constexpr std::array kKnown{
    Known{"pass_rate", "Pass rate", "share", MetricKind::YesNo, true},
    Known{"score", "Score", "share", MetricKind::Share, true},
    Known{"policy_compliance", "Policy compliance", "share", MetricKind::YesNo, true},
    Known{"groundedness", "Groundedness", "share", MetricKind::Share, true},
    Known{"hallucination", "Hallucination rate", "share", MetricKind::YesNo, false},
    Known{"citation_precision", "Citation precision", "share", MetricKind::Share, true},
    Known{"citation_recall", "Citation recall", "share", MetricKind::Share, true},
    Known{"format_violations", "Format violations", "share", MetricKind::YesNo, false},
    Known{"wrong_refusals", "Refused though it has an answer", "share", MetricKind::YesNo, false},
    Known{"missed_refusals", "Answered though it should refuse", "share", MetricKind::YesNo, false},
    Known{"refusals", "Refusals", "share", MetricKind::YesNo, false},
    Known{"refusals:policy", "Refusals by policy", "share", MetricKind::YesNo, false},
    Known{"refusals:nothing_found", "Refusals, nothing found", "share", MetricKind::YesNo, false},
    Known{"broken", "Broken", "share", MetricKind::YesNo, false},
    Known{"hit@1", "Hit at 1", "share", MetricKind::YesNo, true},
    Known{"hit@5", "Hit at 5", "share", MetricKind::YesNo, true},
    Known{"hit@10", "Hit at 10", "share", MetricKind::YesNo, true},
    Known{"mrr", "Mean reciprocal rank", "share", MetricKind::Share, true},
    Known{"ndcg@10", "nDCG at 10", "share", MetricKind::Share, true},
    Known{"latency:total", "Latency", "ms", MetricKind::Percentile, false},
    Known{"latency:guard", "Latency of guard", "ms", MetricKind::Percentile, false},
    Known{"latency:retrieve", "Latency of retrieval", "ms", MetricKind::Percentile, false},
    Known{"latency:generate", "Latency of generation", "ms", MetricKind::Percentile, false},
    Known{"latency:ground", "Latency of grounding", "ms", MetricKind::Percentile, false},
    Known{"tokens:input", "Input tokens", "tokens", MetricKind::Mean, false},
    Known{"tokens:cached", "Cached input tokens", "tokens", MetricKind::Mean, true},
    Known{"tokens:output", "Output tokens", "tokens", MetricKind::Mean, false},
    Known{"cost", "Cost of a case", "micro-USD", MetricKind::Mean, false},
};

constexpr std::array kPercentiles{std::pair{.50, "p50"}, std::pair{.95, "p95"}, std::pair{.99, "p99"}};

// As printf's %.*f, but the same under every locale.
std::string fixedText(double value, int places)
{
    std::array<char, 400> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, places);
    return {text.data(), end.ptr};
}

MetricDefinition unknown(std::string_view column)
{
    MetricDefinition metric{std::string(column), std::string(column), std::string(column), "share"};
    if (column.starts_with("policy:")) {
        metric.label = "Policy: " + metric.name.substr(7);
        metric.kind = MetricKind::YesNo;
    } else if (column.starts_with("named:")) {
        metric.label = metric.name.substr(6);
    } else if (column.starts_with("hit@")) {
        metric.label = "Hit at " + metric.name.substr(4);
        metric.kind = MetricKind::YesNo;
    }
    return metric;
}

} // namespace

std::vector<MetricDefinition> metricsFrom(std::string_view column)
{
    const auto* known = std::ranges::find(kKnown, column, &Known::column);
    if (known == kKnown.end()) {
        return {unknown(column)};
    }
    MetricDefinition metric{std::string(column), std::string(known->label),
                            std::string(column), std::string(known->unit),
                            known->kind,         known->higherIsBetter};
    if (known->kind == MetricKind::Percentile) {
        std::vector<MetricDefinition> all;
        for (const auto& [share, suffix] : kPercentiles) {
            MetricDefinition one = metric;
            one.name += std::string(":") + suffix;
            one.label += std::string(" ") + suffix;
            one.percentile = share;
            all.push_back(std::move(one));
        }
        return all;
    }
    if (column == "hallucination") {
        MetricDefinition corrected = metric;
        corrected.name = "hallucination_corrected";
        corrected.label = "Hallucination rate, corrected";
        return {metric, corrected};
    }
    return {metric};
}

bool isKnownColumn(std::string_view column)
{
    return std::ranges::find(kKnown, column, &Known::column) != kKnown.end();
}

int shownRank(std::string_view column)
{
    if (column.starts_with("policy:")) {
        column = "policy_compliance";
    }
    const auto* known = std::ranges::find(kKnown, column, &Known::column);
    return static_cast<int>(known - kKnown.begin());
}

std::string valueText(double value, std::string_view unit)
{
    if (unit == "share") {
        return fixedText(100 * value, 1) + " %";
    }
    if (unit == "micro-USD") {
        return toShortString(Money{std::llround(value)});
    }
    return fixedText(value, std::abs(value) < 10 ? 1 : 0) + " " + std::string(unit);
}

std::string differenceText(double difference, std::string_view unit)
{
    if (unit == "share") {
        return (difference < 0 ? "" : "+") + fixedText(100 * difference, 1) + " points";
    }
    return (difference < 0 ? "" : "+") + valueText(difference, unit);
}

} // namespace plumbline::evals
