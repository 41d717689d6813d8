// Why a case came out otherwise: asked again with one thing swapped at a time.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/evals/case_turn.h"
#include "app/evals/run_repository.h"

namespace plumbline::evals {

// What may differ between two sides of a comparison. Dataset: what the case asks and at which date.
// Assertion: what its answer is held against, and whether scripts run for it.
enum class FlipCause { Prompt, Model, Retrieval, Dataset, Assertion };

// "prompt", "model", "retrieval", "dataset", "assertion".
std::string_view toString(FlipCause cause);

// One side, as it can be asked now.
struct FlipSide {
    Target target;
    Case testCase;
    Date asOf{};
    bool javascript = false; // `javascript` assertions run
};

// The first side with the named things taken from the second.
struct FlipTrial {
    std::vector<FlipCause> swapped; // none: the first side itself
    CaseResult result;
};

struct FlipReport {
    std::vector<FlipTrial> trials;  // the first side, each difference alone, the second side
    std::vector<FlipCause> differs; // between the sides
    std::vector<FlipCause> causes;  // of those, the ones that alone bring the second side's outcome
    bool flips = false;             // the two sides differ in outcome when asked now
    // Of the last trial, when it had no answer: that is neither passed nor failed. Nothing more is asked
    // then, and no cause is named.
    std::string error = {};
};

// Asks under the run of `journal`, so that replies already paid for are not asked again. Errors are those of
// runCase().
Result<FlipReport> whyFlipped(const RunPorts& ports, const FlipSide& first, const FlipSide& second,
                              const std::string& run, RunJournal& journal, std::stop_token stop);

} // namespace plumbline::evals
