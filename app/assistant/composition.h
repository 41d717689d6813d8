// Picks and orders the sentences that answer, verbatim, each bound to its document, version and span.
#pragma once

#include <vector>

#include "app/assistant/answer.h"
#include "app/assistant/disagreement.h"
#include "app/assistant/question.h"
#include "app/assistant/unit_ranking.h"

namespace plumbline::assistant {

struct Composition {
    std::vector<AnswerSentence> sentences;
    std::vector<Source> sources; // numbered from 1 in the order of their first sentence
};

// Steps of a procedure come whole and in order; table rows bring their header. Otherwise at most `most`
// sentences.
Composition compose(const Question& question, const std::vector<RankedUnit>& units,
                    const std::vector<retrieval::Passage>& passages,
                    const std::optional<Disagreement>& disagreement, int most);

} // namespace plumbline::assistant
