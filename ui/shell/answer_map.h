// From a stored result to the map of its sentences: which source carries each, and which are carried by none.
#pragma once

#include "ui/evals/services.h"

namespace plumbline::ui::shell {

// Sentences, withheld ones among them, and sources as the stored answer has them, held against each other by
// the detector (app/grounding); none for a plain prompt, a refusal and an error.
evals::Attempt attemptOf(plumbline::evals::CaseResult result, const std::stop_token& stop);

} // namespace plumbline::ui::shell
