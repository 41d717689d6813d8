#include "app/assistant/answerability.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace plumbline::assistant {

namespace {

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

std::unordered_set<std::string> termsOf(const retrieval::Passage& passage, const retrieval::TextModel& words)
{
    std::unordered_set<std::string> held;
    for (const std::string& text : {passage.title, passage.heading, passage.text}) {
        for (retrieval::Term& term : words.terms(text)) {
            held.insert(std::move(term.text));
        }
    }
    return held;
}

void measurePassage(const Question& question, const retrieval::Passage& passage, const retrieval::TextModel& words, Signals& signals)
{
    const auto held = termsOf(passage, words);
    const std::vector<float> meaning = words.embed(passage.text);
    double rarest = 0;
    double exact = 0;
    double exactLacking = 0;
    double soft = 0;
    for (const QuestionTerm& term : question.terms) {
        const bool there = held.contains(term.text);
        rarest = std::max(rarest, term.weight);
        soft += term.weight * (there ? 1 : std::max(0.0, retrieval::cosine(term.meaning, meaning)));
        signals.unknown += term.known ? 0 : term.weight;
        if (!there && term.known) {
            signals.missing = std::max(signals.missing, term.weight);
        }
        exact += term.exact ? 1 : 0;
        exactLacking += term.exact && !there ? 1 : 0;
    }
    if (question.weight > 0) {
        signals.softCoverage = soft / question.weight;
        signals.unknown /= question.weight;
        signals.missing /= rarest;
    }
    signals.exactMissing = exact > 0 ? exactLacking / exact : 0;
    signals.passageCoverage = coverage(question, passage.title + "\n" + passage.heading + "\n" + passage.text, words);
}

} // namespace

std::vector<std::pair<std::string, double>> Signals::named() const
{
    return {{"lexical", lexical},
            {"vector", vector},
            {"unit_coverage", unitCoverage},
            {"unit_context", unitContext},
            {"unit_meaning", unitMeaning},
            {"passage_coverage", passageCoverage},
            {"soft_coverage", softCoverage},
            {"missing", missing},
            {"unknown", unknown},
            {"exact_missing", exactMissing},
            {"fits", fits},
            {"margin", margin},
            {"terms", terms}};
}

Signals measure(const Question& question, const retrieval::SearchResult& search, const std::vector<RankedUnit>& units)
{
    Signals signals;
    signals.terms = std::min(1.0, static_cast<double>(question.terms.size()) / 10);
    if (search.passages.empty() || units.empty() || question.terms.empty()) {
        signals.unknown = 1;
        signals.missing = 1;
        return signals;
    }
    const RankedUnit& best = units.front();
    const retrieval::Passage& passage = search.passages[best.passage];
    signals.unitCoverage = best.coverage;
    signals.unitContext = best.context;
    signals.unitMeaning = best.meaning;
    signals.fits = best.fits ? 1 : 0;
    for (const retrieval::Passage& other : search.passages) {
        signals.vector = std::max(signals.vector, other.scores.vector);
        signals.lexical = std::max(signals.lexical, search.maximumLexical > 0 ? other.scores.lexical / search.maximumLexical : 0);
    }
    const auto& first = search.passages.front();
    const auto next = std::ranges::find_if(
        search.passages, [&](const retrieval::Passage& other) { return other.document != first.document; });
    signals.margin = first.score > 0 && next != search.passages.end() ? (first.score - next->score) / first.score : 1;
    measurePassage(question, passage, *search.words, signals);
    return signals;
}

double probabilityAnswered(const Signals& signals)
{
    return logistic(-3.5 + 3 * signals.softCoverage + 3 * signals.unitContext + 2 * signals.vector - 1.5 * signals.missing);
}

double probabilityOnTopic(const Signals& signals)
{
    return logistic(-3 + 5 * signals.softCoverage + 3 * signals.vector);
}

} // namespace plumbline::assistant
