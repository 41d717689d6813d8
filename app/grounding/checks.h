// What a sentence says that its sources do not, each with its reason.
#pragma once

#include <string>
#include <vector>

#include "app/grounding/alignment.h"

namespace plumbline::grounding {

struct Doubt {
    std::string kind;      // as in Reason
    std::size_t begin = 0; // bytes of the answer
    std::size_t end = 0;
    std::string detail;
    bool decides = false; // alone enough to call the sentence unsupported
};

using Doubts = std::vector<Doubt>;

// Numbers with their units, dates, identifiers and names; opposites; what the sources have nothing like.
void checkFacts(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts);

// Negation, modality and who does what to whom.
void checkClauses(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts);

} // namespace plumbline::grounding
