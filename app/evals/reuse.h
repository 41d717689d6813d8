// Results of an earlier run that an edit has not touched.
#pragma once

#include <string>
#include <vector>

#include "app/evals/runner.h"

namespace plumbline::evals {

// Those of `run` whose case and variant stand in the plan as they stood there: the same question, variables,
// date, assertions and expectation; the same prompt, model, profile and generation. Marked as cached, with
// the plan's numbers of variants. Broken ones are left out, and so are those of repeats that the plan does
// not ask for. Errors are the repository's.
Result<std::vector<CaseResult>> untouchedResults(const RunRepository& runs, const std::string& run,
                                                 const RunPlan& plan);

} // namespace plumbline::evals
