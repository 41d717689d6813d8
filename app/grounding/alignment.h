// Where the sources speak of what a sentence of the answer says, and how well each of its terms fits there.
#pragma once

#include <array>
#include <cstddef>
#include <stop_token>
#include <vector>

#include "app/base/result.h"
#include "app/grounding/source_index.h"

namespace plumbline::grounding {

struct AlignedTerm {
    const Term* term = nullptr;
    const WordFacts* facts = nullptr; // of a word
    const Relations* relations = nullptr;
    Relation closest = Relation::Count; // Count: the sources have nothing like it
    // How well the term's neighbours fit where its relation stands, against where they fit best; 0..1, 0
    // where the relation is not there.
    std::array<double, kRelations> fit{};
    double weight = 0;  // rarity
    double context = 0; // share of its neighbours, by rarity and nearness, that stand where they fit best
    std::size_t bestPlace = 0; // where the neighbours fit best
    std::vector<std::uint32_t>
        places;               // where its own word, a form or a synonym stands and the neighbours fit
    std::size_t ownPlace = 0; // where they fit best among the places of the same word, if `closest` is near

    double near() const; // the better fit of Same and Derived
    double fitOf(Relation relation) const { return fit[static_cast<std::size_t>(relation)]; }
};

struct AlignedSentence {
    std::vector<AlignedTerm> terms; // content terms
    std::size_t window = 0;         // the place around which most of the sentence stands
    double coverage = 0;            // share of the sentence, by rarity, that stands there, 0..1
    double coverageOfTwo = 0;       // there and around a second place
    double held = 0;    // share by rarity of terms that the sources have anywhere, at least as a synonym
    double literal = 0; // share by rarity of terms that stand there as the same word
    std::size_t second = 0;
    // Whether it follows its sources so closely that a word out of place is an error and not freedom.
    bool close() const { return coverageOfTwo >= 0.8; }
    int negations = 0;       // in the sentence
    int sourceNegations = 0; // around `window`
};

// Content terms to each side of a place that are looked at.
constexpr std::size_t kReach = 8;

AlignedSentence align(const Terms& answer, std::size_t sentence, SourceIndex& sources);

} // namespace plumbline::grounding
