#include <array>
#include <charconv>

#include "app/evals/comparison.h"

namespace plumbline::evals {

namespace {

std::string pText(double p)
{
    if (p < .0001) {
        return "p < .0001";
    }
    std::array<char, 64> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), p, std::chars_format::fixed, p < .001 ? 4 : 3);
    return "p = " + std::string(text.data(), end.ptr);
}

} // namespace

std::string_view toString(MetricVerdict verdict)
{
    switch (verdict) {
    case MetricVerdict::Regressed:
        return "regressed";
    case MetricVerdict::Improved:
        return "improved";
    case MetricVerdict::NoEvidence:
        return "no evidence";
    case MetricVerdict::Underpowered:
        return "underpowered";
    }
    return "underpowered";
}

std::string_view toJson(MetricVerdict verdict)
{
    return verdict == MetricVerdict::NoEvidence ? "no_evidence" : toString(verdict);
}

std::string intervalText(const MetricComparison& metric)
{
    const auto bare = [&](double value) {
        const std::string text = differenceText(value, metric.unit);
        return metric.unit == "share" ? text.substr(0, text.find(' ')) : text;
    };
    return bare(metric.low) + " to " + bare(metric.high);
}

std::string sentence(const MetricComparison& metric)
{
    std::string text(toString(metric.verdict));
    text += ": " + metric.label;
    if (!metric.riskTier.empty()) {
        text += " (risk tier " + metric.riskTier + ")";
    }
    if (metric.pairs == 0) {
        return text + ", no case with a value on both sides";
    }
    text += " " + valueText(metric.before, metric.unit) + " to " + valueText(metric.after, metric.unit) +
            ", " + differenceText(metric.difference, metric.unit) + " (" + intervalText(metric) + "), " +
            pText(metric.pAdjusted) + "; " + std::to_string(metric.fixed) + " better, " +
            std::to_string(metric.broken) + " worse of " + std::to_string(metric.pairs);
    if (metric.verdict == MetricVerdict::NoEvidence || metric.verdict == MetricVerdict::Underpowered) {
        std::string smallest = differenceText(metric.smallestVisible, metric.unit);
        text += "; these cases can show a difference of " + smallest.substr(1) + " or more";
    }
    return text;
}

} // namespace plumbline::evals
