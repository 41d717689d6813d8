#include "app/grounding/quality.h"

#include <cmath>

namespace plumbline::grounding {

namespace {

MeasuredShare wilson(std::size_t hits, std::size_t n)
{
    constexpr double kZ = 1.959963984540054; // of 95 %
    const auto size = static_cast<double>(n);
    const double share = static_cast<double>(hits) / size;
    const double scale = 1 + kZ * kZ / size;
    const double centre = (share + kZ * kZ / (2 * size)) / scale;
    const double half = kZ / scale * std::sqrt(share * (1 - share) / size + kZ * kZ / (4 * size * size));
    return {share, centre - half, centre + half, n};
}

} // namespace

DetectorQuality detectorQuality(AnswerKind kind)
{
    const MeasuredCounts& counts = kind == AnswerKind::Summaries ? kSummaryCounts : kPolicyCounts;
    return {wilson(counts.found, counts.unsupported), wilson(counts.passed, counts.supported)};
}

} // namespace plumbline::grounding
