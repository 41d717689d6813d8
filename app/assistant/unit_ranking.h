// The sentences, steps and table rows of the passages found, each with the probability that it answers.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/assistant/question.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

// What speaks for and against one sentence. Each about 0..1.
enum class Signal {
    OwnSubject,     // share of the question's subject terms in the sentence itself, by rarity
    ContextSubject, // … with its header, heading path and title
    OwnAll,         // the same two over all content terms
    ContextAll,
    Meaning,        // cosine in the latent space
    Passage,        // score of its passage
    PassageShare,   // … against the best passage's
    First,          // stands in the best passage
    Missing,        // subject terms that sentence and context lack / 4
    RarestMissing,  // rarity of the rarest of them / 12
    PassageMissing, // subject terms the whole passage lacks / 3
    PassageRarest,
    Unknown,        // … that no document has / 2, identifiers left out
    KnownElsewhere, // … that other documents have / 3
    Fits,           // holds the kind of thing asked for
    FitsNot,
    CountsNot,    // "how many X", and no number of X
    ExactMissing, // lacks an identifier or a number asked for
    Step,
    Row,
    Code,
    SubjectTerms, // subject terms of the question / 6
    OwnCount,     // … that the sentence holds / 5
};
inline constexpr std::size_t kSignals = 23;
using Signals = std::array<double, kSignals>;

std::string_view nameOf(Signal signal); // "own_subject", …

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
