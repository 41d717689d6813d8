// From tests/quality/tst_grounding_mutations.cpp, which fails when they no longer hold: all kinds of mutants
// together.
#include "app/grounding/quality.h"

namespace plumbline::grounding {

const MeasuredCounts kPolicyCounts = {1474, 1600, 445, 470};

} // namespace plumbline::grounding
