#include "app/grounding/features.h"

#include <algorithm>
#include <cmath>

namespace plumbline::grounding {

namespace {

enum State : std::size_t { New, Loose, Near, Far };

// Classes whose terms either stand in the sources or do not: no paraphrase carries a number.
constexpr std::array<TermClass, 5> kStrict = {TermClass::Number, TermClass::Negation, TermClass::Contrast,
                                              TermClass::Quantifier, TermClass::Name};

// Lexicographer's files of WordNet, lexnames(5WN).
TermClass nounClass(unsigned field)
{
    switch (field) {
    case 5:  // animal
    case 6:  // artifact
    case 8:  // body
    case 13: // food
    case 15: // location
    case 17: // object
    case 18: // person
    case 20: // plant
    case 27: // substance
        return TermClass::NounConcrete;
    case 28: // time
        return TermClass::NounTime;
    case 14: // group
    case 21: // possession
    case 23: // quantity
        return TermClass::NounAmount;
    default:
        return TermClass::NounAbstract;
    }
}

bool isAbsent(Relation closest)
{
    return closest == Relation::Count || closest == Relation::Sibling || closest == Relation::Opposite;
}

} // namespace

TermClass classOf(const AlignedTerm& aligned)
{
    const Term& term = *aligned.term;
    if (term.kind != TermKind::Word) {
        return TermClass::Number;
    }
    if (isContrast(term.low)) {
        return TermClass::Contrast;
    }
    if (isNegation(term.low)) {
        return TermClass::Negation;
    }
    if (isQuantifier(term.low) || (isDegree(term.low) && isAbsent(aligned.closest))) {
        return TermClass::Quantifier;
    }
    if (term.capital && !term.first) {
        return TermClass::Name;
    }
    switch (aligned.facts->part) {
    case 'n':
        return nounClass(aligned.facts->field);
    case 'v':
        return aligned.facts->field == 31 || aligned.facts->field == 32 ? TermClass::VerbSaying
                                                                        : TermClass::Verb;
    case 'a':
        return aligned.facts->field == 1 ? TermClass::AdjectiveKind : TermClass::Adjective;
    case 'r':
        return TermClass::Adverb;
    default:
        return TermClass::Unknown;
    }
}

double contradictionOf(const AlignedTerm& term)
{
    const bool open = isAbsent(term.closest) || term.closest == Relation::Narrower;
    const double said =
        std::max({term.near(), 0.9 * term.fitOf(Relation::Synonym), 0.8 * term.fitOf(Relation::Similar)});
    const double lead = term.fitOf(Relation::Opposite) - said;
    return open && lead > 0.6 ? std::min((lead - 0.5) / 0.3, 1.0) : 0;
}

void FeatureSum::addTerm(const AlignedTerm& term)
{
    const TermClass kind = classOf(term);
    const double near = term.near();
    double* states = m_states.data() + static_cast<std::size_t>(kind) * kStates;
    if (isAbsent(term.closest)) {
        states[New] += 1;
    } else if (term.closest == Relation::Wider || term.closest == Relation::Narrower) {
        states[Loose] += 1;
    } else if (term.closest == Relation::Synonym || term.closest == Relation::Similar) {
        states[Near] += 1;
    } else {
        states[Far] += (1 - near) * (1 - near);
    }
    const double opposite = term.fitOf(Relation::Opposite);
    if (opposite > near + 0.05 && kind != TermClass::Negation) {
        (kind == TermClass::Quantifier ? m_oppositeSmall : m_opposites) += opposite - near;
    }
    m_contradictions += contradictionOf(term);
    m_strongContrasts += kind == TermClass::Contrast && term.term->low != "but" ? 1 : 0;
    for (std::size_t i = 0; i < kStrict.size(); ++i) {
        if (kStrict[i] == kind) {
            m_worst[i] = std::max(m_worst[i], 1 - near);
            m_counts[i] += 1;
        }
    }
}

void FeatureSum::add(const AlignedSentence& sentence)
{
    if (sentence.terms.empty()) {
        return;
    }
    for (const AlignedTerm& term : sentence.terms) {
        addTerm(term);
    }
    m_moreNegations += sentence.negations > sentence.sourceNegations ? 1 : 0;
    m_fewerNegations += sentence.negations < sentence.sourceNegations ? 1 : 0;
    m_coverage += sentence.coverage;
    m_sentences += 1;
}

Features FeatureSum::values() const
{
    Features features{};
    std::size_t at = 0;
    const auto put = [&](double value) { features[at++] = std::log1p(value); };
    std::ranges::for_each(m_states, put);
    std::ranges::for_each(m_worst, put);
    std::ranges::for_each(m_counts, put);
    const double contradiction = std::min(m_contradictions, 1.0);
    double broken = contradiction >= 0.8 ? 1 : 0;
    for (const double worst : m_worst) {
        broken += worst > 0.5 ? 1 : 0;
    }
    put(m_opposites);
    put(m_oppositeSmall);
    put(m_contradictions);
    put(m_strongContrasts);
    put(m_moreNegations);
    put(m_fewerNegations);
    put(m_sentences > 0 ? m_coverage / m_sentences : 1);
    put(std::max({m_worst[0], m_worst[1], m_worst[4], contradiction}));
    put(broken);
    put(broken >= 1 ? 1 : 0);
    return features;
}

std::vector<std::string> featureNames()
{
    std::vector<std::string> names;
    for (const char* kind : {"number", "negation", "contrast", "quantifier", "name", "unknown", "concrete",
                             "time", "amount", "abstract", "verb", "saying", "adjective", "kind", "adverb"}) {
        for (const char* state : {"new", "loose", "near", "far"}) {
            names.push_back(std::string(kind) + "_" + state);
        }
    }
    for (const char* what : {"worst", "count"}) {
        for (const char* kind : {"number", "negation", "contrast", "quantifier", "name"}) {
            names.push_back(std::string(kind) + "_" + what);
        }
    }
    for (const char* name :
         {"opposites", "opposite_small", "contradictions", "strong_contrasts", "more_negations",
          "fewer_negations", "coverage", "hardest", "broken", "any_broken"}) {
        names.emplace_back(name);
    }
    for (const char* kind : {"fact", "name", "negation", "modality", "comparison", "quantifier", "added"}) {
        names.push_back(std::string("doubt_") + kind);
        names.push_back(std::string("decides_") + kind);
    }
    return names;
}

} // namespace plumbline::grounding
