// Sentences of different documents that answer the same thing with different amounts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/assistant/unit_ranking.h"

namespace plumbline::assistant {

struct Disagreement {
    std::size_t first = 0; // indices into the units given, first < second
    std::size_t second = 0;
    std::string firstValue; // "24 hours"
    std::string secondValue;
};

// Looks among the leading units (scores near the best one's): two documents, much the same words, amounts of
// one unit, no value in common.
std::optional<Disagreement> findDisagreement(const std::vector<RankedUnit>& units,
                                             const std::vector<retrieval::Passage>& passages,
                                             const retrieval::TextModel& words);

// The same for one leading sentence against passages that were found by its own words: a document that puts
// the question otherwise may say the opposite. Adds what it finds to `units` and `passages`.
std::optional<Disagreement> findContradiction(std::size_t leading, std::vector<RankedUnit>& units,
                                              std::vector<retrieval::Passage>& passages,
                                              const std::vector<retrieval::Passage>& found,
                                              const retrieval::TextModel& words);

} // namespace plumbline::assistant
