// Written by tests/quality/fit_groundedness.py.
#include "app/grounding/fitted_weights.h"

namespace plumbline::grounding {

const double kGroundingBias = 0;
const Features kGroundingWeights = {};

} // namespace plumbline::grounding
