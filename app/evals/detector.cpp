#include "app/evals/detector.h"

#include <cstdint>

#include "app/grounding/quality.h"

namespace plumbline::evals {

DetectorQuality measuredDetector()
{
    const auto measured = grounding::detectorQuality(grounding::AnswerKind::Policies);
    return {.sensitivity = measured.sensitivity.value,
            .sensitivityOf = static_cast<std::int64_t>(measured.sensitivity.n),
            .specificity = measured.specificity.value,
            .specificityOf = static_cast<std::int64_t>(measured.specificity.n)};
}

} // namespace plumbline::evals
