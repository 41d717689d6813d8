// Written by tests/quality/fit_groundedness.py: in cross-validation by domain.
#include "app/grounding/quality.h"

namespace plumbline::grounding {

const MeasuredCounts kSummaryCounts = {339, 617, 297, 369};

} // namespace plumbline::grounding
