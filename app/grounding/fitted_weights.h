// Weights of the logistic model over an answer's features. The .cpp is written by
// tests/quality/fit_groundedness.py; how they are fitted: resources/docs/decisions/groundedness-model.md.
#pragma once

#include "app/grounding/features.h"

namespace plumbline::grounding {

extern const double kGroundingBias; // log-odds of "unsupported" where every feature is 0
extern const Features kGroundingWeights;

} // namespace plumbline::grounding
