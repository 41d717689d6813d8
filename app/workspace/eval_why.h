// Why a case of a stored run came out otherwise: both sides found again, then asked with one thing swapped at
// a time.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/evals/flip.h"

namespace plumbline::workspace {

class Workspace;

// A variant of a stored run.
struct VariantRef {
    std::string run;   // its id, or "latest"
    int variant = 0;   // from 0
    bool last = false; // the run's last one, whatever `variant` says
};

struct WhyReport {
    evals::FlipReport flip;
    std::vector<std::string> notes; // what cannot be asked again as it was
};

// Asked under the second's run: what it paid for is not asked again. Nothing of the run changes. Errors:
// NotFound (run, case, a prompt or a model that is gone), BadInput for a variant that the run does not have,
// and those of evals::whyFlipped(). Any thread.
Result<WhyReport> whyCaseChanged(const Workspace& workspace, const std::string& caseId,
                                 const VariantRef& first, const VariantRef& second, std::stop_token stop);

// "prompt and model".
std::string namesOf(const std::vector<evals::FlipCause>& causes);

// What the trials come to, one sentence.
std::string conclusionOf(const evals::FlipReport& report);

} // namespace plumbline::workspace
