// Written by tests/quality/fit_groundedness.py: in cross-validation by domain.
#include "app/grounding/quality.h"

namespace plumbline::grounding {

const MeasuredCounts kSummaryCounts = {368, 617, 279, 369};

} // namespace plumbline::grounding
