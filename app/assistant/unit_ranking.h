// The sentences, steps and table rows of the passages found, each with the probability that it answers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/assistant/question.h"
#include "app/assistant/signals.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

struct RankedUnit {
    std::size_t passage = 0; // index into the passages given
    std::size_t unit = 0;    // index into its units
    std::string text;
    Signals measured{};
    double score = 0; // probability that it answers, 0..1; the order
};

// Best first; ties by passage and place. Looks at the first `passages` passages.
std::vector<RankedUnit> rankUnits(const Question& question, const std::vector<retrieval::Passage>& found,
                                  std::size_t passages, const retrieval::TextModel& words);

// Brings the best sentence for each part of a question ("who approves it", "how long may it last") to the
// head of the list.
void leadWithParts(const Question& question, const std::vector<retrieval::Passage>& found,
                   std::size_t passages, const retrieval::TextModel& words, std::vector<RankedUnit>& units);

} // namespace plumbline::assistant
