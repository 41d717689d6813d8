#include "app/assistant/unit_ranking.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "app/assistant/quantities.h"

namespace plumbline::assistant {

namespace {

using TermSet = std::unordered_set<std::string>;

// Fitted on the tuning half of the golden suite: resources/docs/decisions/answerability.md.
constexpr double kOwnWords = 0.40;
constexpr double kContext = 0.25;
constexpr double kMeaning = 0.20;
constexpr double kPassage = 0.35;
constexpr double kFits = 0.10;

void addTerms(TermSet& set, std::string_view text, const retrieval::TextModel& words)
{
    for (const retrieval::Term& term : words.terms(text)) {
        if (!term.stopWord) {
            set.insert(term.text);
        }
    }
}

double share(const Question& question, const TermSet& held)
{
    if (question.weight <= 0) {
        return 0;
    }
    double sum = 0;
    bool synonymHeld = std::ranges::any_of(question.synonyms, [&](const std::string& term) { return held.contains(term); });
    for (const QuestionTerm& term : question.terms) {
        if (held.contains(term.text)) {
            sum += term.weight;
        } else if (synonymHeld && !term.exact) {
            sum += term.weight / 2;
            synonymHeld = false; // stands for one missing word
        }
    }
    return std::min(1.0, sum / question.weight);
}

bool namesRole(std::string_view text)
{
    static constexpr std::array<std::string_view, 16> kRoles = {
        "Head of", "Manager", "Officer", "Lead", "Commander", "Owner", "Custodian", "Board", "Committee", "On-call",
        "director", "MLRO", "CISO", "CRO", "DPO", "team"};
    return std::ranges::any_of(kRoles, [&](std::string_view role) { return text.find(role) != std::string_view::npos; });
}

bool fitsExpectation(Expected expected, const corpus::Unit& unit, std::string_view text)
{
    switch (expected) {
    case Expected::Quantity:
        return !quantities(text).empty();
    case Expected::Person:
        return namesRole(text);
    case Expected::Steps:
        return unit.kind == corpus::UnitKind::Step;
    case Expected::Anything:
        break;
    }
    return false;
}

RankedUnit scoreUnit(const Question& question, const retrieval::Passage& passage, std::size_t index, const TermSet& around,
                     const retrieval::TextModel& words)
{
    const corpus::Unit& unit = passage.units[index];
    RankedUnit ranked;
    ranked.unit = index;
    ranked.text = textAt(passage, unit.span);
    TermSet held;
    addTerms(held, ranked.text, words);
    ranked.coverage = share(question, held);
    if (unit.header) {
        addTerms(held, textAt(passage, *unit.header), words);
    }
    held.insert(around.begin(), around.end());
    ranked.context = share(question, held);
    ranked.meaning = std::max(0.0, retrieval::cosine(question.meaning, words.embed(ranked.text)));
    ranked.fits = fitsExpectation(question.expected, unit, ranked.text);
    ranked.score = (kOwnWords * ranked.coverage + kContext * ranked.context + kMeaning * ranked.meaning +
                    kPassage * passage.score + (ranked.fits ? kFits : 0)) /
                   (kOwnWords + kContext + kMeaning + kPassage + kFits);
    return ranked;
}

} // namespace

std::vector<RankedUnit> rankUnits(const Question& question, const std::vector<retrieval::Passage>& found, std::size_t passages,
                                  const retrieval::TextModel& words)
{
    std::vector<RankedUnit> ranked;
    for (std::size_t p = 0; p < std::min(passages, found.size()); ++p) {
        TermSet around;
        addTerms(around, found[p].heading, words);
        addTerms(around, found[p].title, words);
        for (std::size_t u = 0; u < found[p].units.size(); ++u) {
            ranked.push_back(scoreUnit(question, found[p], u, around, words));
            ranked.back().passage = p;
        }
    }
    std::ranges::stable_sort(ranked, std::greater<>(), &RankedUnit::score);
    return ranked;
}

double coverage(const Question& question, std::string_view text, const retrieval::TextModel& words)
{
    TermSet held;
    addTerms(held, text, words);
    return share(question, held);
}

} // namespace plumbline::assistant
