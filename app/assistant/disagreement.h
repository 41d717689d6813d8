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

// Looks among the leading units (scores near the best one's): two documents, much the same words, amounts of one unit, no value in common.
std::optional<Disagreement> findDisagreement(const std::vector<RankedUnit>& units, const std::vector<retrieval::Passage>& passages,
                                             const retrieval::TextModel& words);

} // namespace plumbline::assistant
