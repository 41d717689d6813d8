// What speaks for and against one sentence as the answer to a question.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace plumbline::assistant {

// Each about 0..1. "Subject" terms are the question's without those that only say how it is asked.
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
    OwnCount, // subject terms that the sentence holds / 5
    PriceNot, // asks what something costs, and no money in it
    TelephoneNot,
    Tally,          // asks for a count of events
    Length,         // terms / 40
    Asked,          // share of its terms that the question has
    Together,       // share of the question's neighbouring terms that stand together here
    Both,           // … that stand here at all
    SubjectLacking, // subject terms that neither sentence nor context hold / 4, identifiers as one term
    SubjectFar,     // … nor its document's passages / 4
    SubjectRarest,  // rarity of the rarest / 7
    GenericLacking, // the same of the other content terms
    GenericFar,
    GenericRarest,
    // Where the question's terms stand, by rarity: a share for each place from TermPlace::Own to
    // TermPlace::Nowhere.
    SubjectIn,
    GenericIn = SubjectIn + 8,
    // The same for the noun asked for: 1 at one place.
    NounIn = GenericIn + 8,
    GenericNounIn = NounIn + 8, // … when it is a generic word ("days", "amount")
    // Which of the question's terms the sentence's document lacks, by their order in the question: people
    // name what they ask for first and what it is about last. Identifiers count as one term.
    FarFirst = GenericNounIn + 8,
    FarSecond,
    FarLastButOne,
    FarLast,
    FarShare, // how many of them
    // Terms that sentence and context lack, and that its document lacks, by what stands before them in the
    // question: one for each kind of Follows, / 2.
    LackingAfter,
    FarAfter = LackingAfter + 6,
    // Terms side by side in the question: what sentence and context hold of them.
    PairBoth = FarAfter + 6, // / 3
    PairFirstLacks,          // / 2: the second only
    PairSecondLacks,
    PairNone,
    PairFirstFar, // … and the document lacks it as well
    PairSecondFar,
    PairRarest, // rarity of a first one that is lacking
    Count
};
inline constexpr std::size_t kSignals = static_cast<std::size_t>(Signal::Count);
using Signals = std::array<double, kSignals>;

// The nearest place to a sentence at which a term of the question stands.
enum class TermPlace { Own, Header, Heading, Title, Passage, Document, Elsewhere, Nowhere };
inline constexpr std::size_t kPlaces = 8;

// What stands right before a term in the question: nothing, another term, a preposition, an article or
// pronoun that goes with a noun, a verb or its subject, another stop word.
enum class Follows { Nothing, Term, Preposition, Article, Verb, Other };
inline constexpr std::size_t kFollows = 6;

std::string_view nameOf(std::size_t signal); // "own_subject", …, "noun_in_title", …; below kSignals

} // namespace plumbline::assistant
