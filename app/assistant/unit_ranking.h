// The sentences, steps and table rows of the passages found, scored against the question.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/assistant/question.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

struct RankedUnit {
    std::size_t passage = 0; // index into the passages given
    std::size_t unit = 0;    // index into its units
    std::string text;
    double score = 0;    // 0..1, the order
    double coverage = 0; // share of the question's term weight in the unit itself
    double context = 0;  // … in the unit, its header, heading path and title
    double meaning = 0;  // cosine in the latent space
    bool fits = false;   // holds the kind of thing asked for: a quantity, a role, a step
};

// Best first; ties by passage and place. Looks at the first `passages` passages.
std::vector<RankedUnit> rankUnits(const Question& question, const std::vector<retrieval::Passage>& found, std::size_t passages,
                                  const retrieval::TextModel& words);

// Share of the question's term weight in `text`, 0..1; a synonym counts half.
double coverage(const Question& question, std::string_view text, const retrieval::TextModel& words);

} // namespace plumbline::assistant
