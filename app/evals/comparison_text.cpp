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

std::string_view toString(Judgement judgement)
{
    switch (judgement) {
    case Judgement::Regressed:
        return "regressed";
    case Judgement::Improved:
        return "improved";
    case Judgement::NoEvidence:
        return "no evidence";
    case Judgement::Underpowered:
        return "underpowered";
    }
    return "underpowered";
}

std::string_view toJson(Judgement judgement)
{
    return judgement == Judgement::NoEvidence ? "no_evidence" : toString(judgement);
}

std::string sentence(const MetricComparison& metric)
{
    std::string text(toString(metric.judgement));
    text += ": " + metric.label;
    if (!metric.riskTier.empty()) {
        text += " (risk tier " + metric.riskTier + ")";
    }
    if (metric.pairs == 0) {
        return text + ", no case with a value on both sides";
    }
    text += " " + valueText(metric.before, metric.unit) + " to " + valueText(metric.after, metric.unit) +
            ", " + differenceText(metric.difference, metric.unit) + " (" +
            differenceText(metric.low, metric.unit) + " to " + differenceText(metric.high, metric.unit) +
            "), " + pText(metric.pAdjusted) + "; " + std::to_string(metric.fixed) + " better, " +
            std::to_string(metric.broken) + " worse of " + std::to_string(metric.pairs);
    if (metric.judgement == Judgement::NoEvidence || metric.judgement == Judgement::Underpowered) {
        std::string smallest = differenceText(metric.smallestVisible, metric.unit);
        text += "; these cases can show a difference of " + smallest.substr(1) + " or more";
    }
    return text;
}

} // namespace plumbline::evals
