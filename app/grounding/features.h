// What is counted over an answer and its sources: the input of the fitted model.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "app/grounding/alignment.h"

namespace plumbline::grounding {

enum class TermClass : std::uint8_t {
    Number, // and dates, identifiers
    Negation,
    Contrast,   // but, only, instead
    Quantifier, // all, must, before; "slight" where the sources do not say it
    Name,
    Unknown,      // no word of the lexicon
    NounConcrete, // animals, artefacts, food, persons, places
    NounTime,
    NounAmount, // groups, possessions, quantities
    NounAbstract,
    Verb,
    VerbSaying, // communication, cognition: where a summary is freest in its words
    Adjective,
    AdjectiveKind, // relational: nuclear, dental
    Adverb,
    Count
};
constexpr std::size_t kClasses = static_cast<std::size_t>(TermClass::Count);

TermClass classOf(const AlignedTerm& term);

// Per class: terms that the sources have nothing like; that they have a wider or narrower word for; a word of
// the same meaning for; and how far from its neighbours the term itself stands.
constexpr std::size_t kStates = 4;
constexpr std::size_t kExtras = 20;
constexpr std::size_t kDoubtKinds = 7; // doubts of each kind, those that decide and those that do not
constexpr std::size_t kFeatures = kClasses * kStates + kExtras + 2 * kDoubtKinds;
using Features = std::array<double, kFeatures>;

// Adds sentences up; the model sees log(1 + value) of each.
class FeatureSum {
public:
    void add(const AlignedSentence& sentence);
    Features values() const;

private:
    void addTerm(const AlignedTerm& term);

    std::array<double, kClasses * kStates> m_states{};
    std::array<double, 5> m_worst{};  // of numbers, negations, contrasts, quantifiers, names
    std::array<double, 5> m_counts{}; // of them
    double m_opposites = 0;
    double m_oppositeSmall = 0;
    double m_contradictions = 0;
    double m_strongContrasts = 0;
    double m_moreNegations = 0;
    double m_fewerNegations = 0;
    double m_coverage = 0;
    double m_sentences = 0;
};

std::vector<std::string> featureNames();

// How surely the sources say the opposite of this term where its neighbours stand; 0..1.
double contradictionOf(const AlignedTerm& term);

} // namespace plumbline::grounding
