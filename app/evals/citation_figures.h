// Whether the citations of an answer carry it.
#pragma once

#include "app/assistant/answer.h"
#include "app/evals/check.h"

namespace plumbline::evals {

// Citation precision and recall, Gao et al. 2023 (ALCE), with our detector in place of their model of
// entailment. Both 1 where nothing is said.
struct CitationFigures {
    double precision = 1; // of the citations, those that their sentence needs or that carry it alone
    double recall = 1;    // of the sentences, those that their own citations carry
    std::vector<EvidencePlace> unneeded;  // sources cited for what they do not carry
    std::vector<EvidencePlace> uncarried; // sentences
};

// Errors of `ground`.
Result<CitationFigures> citationFigures(const assistant::Answer& answer, const GroundFn& ground);

} // namespace plumbline::evals
