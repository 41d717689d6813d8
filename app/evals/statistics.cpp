#include "app/evals/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/evals/distributions.h"

namespace plumbline::evals {

namespace {

double within01(double value)
{
    return std::clamp(value, 0.0, 1.0);
}

// The smallest k with P(X <= k) >= p.
std::int64_t binomialQuantile(double p, std::int64_t n, double share)
{
    std::int64_t low = 0;
    std::int64_t high = n;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (binomialCdf(middle, n, share) >= p) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

} // namespace

Interval wilson(double rate, double trials, double quantile)
{
    if (trials <= 0 || !std::isfinite(quantile)) {
        return {0, 1};
    }
    const double square = quantile * quantile;
    const double centre = (rate + square / (2 * trials)) / (1 + square / trials);
    const double half = quantile / (1 + square / trials) *
                        std::sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials));
    return {rate <= 0 ? 0 : within01(centre - half), rate >= 1 ? 1 : within01(centre + half)};
}

double mcnemarExact(std::int64_t b, std::int64_t c)
{
    return std::min(1.0, 2 * binomialCdf(std::min(b, c), b + c, .5));
}

double mcnemarMidP(std::int64_t b, std::int64_t c)
{
    if (b == c) {
        return b == 0 ? 1 : 1 - (binomialCdf(b, b + c, .5) - binomialCdf(b - 1, b + c, .5));
    }
    const std::int64_t fewer = std::min(b, c);
    return binomialCdf(fewer, b + c, .5) + binomialCdf(fewer - 1, b + c, .5);
}

std::vector<double> holm(const std::vector<double>& p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t index) { return p[index]; });
    std::vector<double> adjusted(p.size());
    double highest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double scaled = p[order[rank]] * static_cast<double>(p.size() - rank);
        highest = std::max(highest, std::min(1.0, scaled));
        adjusted[order[rank]] = highest;
    }
    return adjusted;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty()) {
        return 0;
    }
    const double place = within01(share) * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::ptrdiff_t>(std::floor(place));
    std::ranges::nth_element(values, values.begin() + below);
    const double low = values[static_cast<std::size_t>(below)];
    if (below + 1 == std::ssize(values)) {
        return low;
    }
    const double high = *std::min_element(values.begin() + below + 1, values.end());
    return low + (place - std::floor(place)) * (high - low);
}

Interval percentileInterval(std::vector<double> values, double share)
{
    if (values.empty()) {
        return {};
    }
    std::ranges::sort(values);
    const std::int64_t n = std::ssize(values);
    constexpr double kTail = (1 - kLevel) / 2;
    const std::int64_t low = std::max<std::int64_t>(0, binomialQuantile(kTail, n, share) - 1);
    const std::int64_t high = std::min(n - 1, binomialQuantile(1 - kTail, n, share));
    return {values[static_cast<std::size_t>(low)], values[static_cast<std::size_t>(high)]};
}

CorrectedRate roganGladen(double reported, double trials, const DetectorQuality& detector, double quantile)
{
    CorrectedRate corrected;
    corrected.rate =
        within01((reported + detector.specificity - 1) / (detector.sensitivity + detector.specificity - 1));
    const double square = quantile * quantile;
    const double n = trials + square;
    const double rate = (reported * trials + square / 2) / n;
    const auto moved = [](double share, std::int64_t of) {
        const auto count = static_cast<double>(of);
        return (count * share + 1) / (count + 2);
    };
    const double sensitivity = moved(detector.sensitivity, detector.sensitivityOf);
    const double specificity = moved(detector.specificity, detector.specificityOf);
    const double sensitivityVariance =
        sensitivity * (1 - sensitivity) / static_cast<double>(detector.sensitivityOf + 2);
    const double specificityVariance =
        specificity * (1 - specificity) / static_cast<double>(detector.specificityOf + 2);
    const double youden = sensitivity + specificity - 1;
    if (youden <= 0) {
        corrected.interval = {0, 1};
        corrected.falseAlarmsExplain = true;
        return corrected;
    }
    const double centre = (rate + specificity - 1) / youden;
    const double shift = 2 * square * (centre * sensitivityVariance - (1 - centre) * specificityVariance);
    const double half = quantile / youden *
                        std::sqrt(rate * (1 - rate) / n + centre * centre * sensitivityVariance +
                                  (1 - centre) * (1 - centre) * specificityVariance);
    corrected.interval = {within01(centre + shift - half), within01(centre + shift + half)};
    const Interval raw = wilson(reported, trials, quantile);
    corrected.interval.low = std::min(corrected.interval.low, corrected.rate < 1 ? corrected.rate : raw.low);
    corrected.interval.high =
        std::max(corrected.interval.high, corrected.rate > 0 ? corrected.rate : raw.high);
    corrected.falseAlarmsExplain = corrected.interval.low <= 0;
    return corrected;
}

} // namespace plumbline::evals
