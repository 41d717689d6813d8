// An answer aligned, counted and checked: what the verdict is made of. For the fit of the weights and for
// tests; callers want grounding.h.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/grounding/checks.h"
#include "app/grounding/features.h"

namespace plumbline::grounding {

struct SentenceAssessment {
    SentenceRange range; // bytes of the answer
    Features features{};
    double coverage = 0; // share that stands around two places of the sources, 0..1
    bool close = false;
    bool verbatim = false; // a sentence of the sources, word for word: nothing of it can be doubted
    double held = 0;
    double literal = 0;
    std::size_t terms = 0;
    Doubts doubts;
    std::vector<std::size_t> evidence; // places of the sources, best first
};

struct Assessment {
    Features features{}; // of the whole answer
    bool close = false;  // every sentence follows its sources closely
    std::vector<SentenceAssessment> sentences;
};

// Errors: Cancelled.
Result<Assessment> assess(std::string_view answer, SourceIndex& sources, const std::stop_token& stop);

// Log-odds that what has these features and doubts is unsupported. `close`: it follows its sources so closely
// that the model, fitted on free summaries, says little of it.
double logOdds(const Features& features, const Doubts& doubts, bool close);

} // namespace plumbline::grounding
