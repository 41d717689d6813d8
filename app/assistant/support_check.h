// Do the passages that a sentence cites carry it? A lexical check: shared words by rarity, and every number
// and identifier found.
#pragma once

#include <string>
#include <vector>

#include "app/assistant/answer.h"

namespace plumbline::assistant {

struct Support {
    bool supported = false;
    double score = 0;              // share of the sentence's words that the best passage has, by rarity, 0..1
    std::vector<int> numbers;      // of passages that carry it, best first; empty when none does
    std::vector<SourceSpan> spans; // the sentence, step or row of the best passage that is nearest
    std::string reason;            // why not; empty when supported
};

// `cited` are numbers of passages, from 1 = passages[0]; those out of range are left out. A sentence that its
// citations do not carry, or that has none, is looked up in all of the passages.
Support supportOf(const std::string& sentence, const std::vector<int>& cited,
                  const std::vector<retrieval::Passage>& passages, const retrieval::TextModel& words);

} // namespace plumbline::assistant
