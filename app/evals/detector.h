// How far the check of sentences against sources can be trusted, for rates made of its verdicts.
#pragma once

#include "app/evals/statistics.h"

namespace plumbline::evals {

// As measured on answers that stay close to their sources, which is what the assistant gives
// (grounding::AnswerKind::Policies).
DetectorQuality measuredDetector();

} // namespace plumbline::evals
