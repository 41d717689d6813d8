#include "app/assistant/unit_ranking.h"

#include <algorithm>
#include <cmath>

namespace plumbline::assistant {

namespace {

// Logistic regression on the tuning half of the golden suite: resources/docs/decisions/answerability.md.
constexpr double kBias = -9.69;
constexpr Signals kWeights = {0.995,  1.1,   2.3,    3.07,  0.531,  0.241,  2.81,  1.01,
                              -0.214, 0.36,  -0.429, 0.785, -0.416, -0.173, 1.13,  -1.97,
                              -1.01,  0.487, -0.823, 0.131, -1.08,  0.964,  -0.167};

void addTerms(TermSet& set, std::string_view text, const retrieval::TextModel& words)
{
    for (retrieval::Term& term : words.terms(text)) {
        if (!term.stopWord) {
            set.insert(std::move(term.text));
        }
    }
}

// The question's terms against one set of terms.
struct Share {
    double subject = 0; // by rarity, 0..1
    double all = 0;
    double missing = 0;       // subject terms
    double rarestMissing = 0; // rarity
    double unknown = 0;       // missing ones that no document has
    double held = 0;
    bool exactMissing = false;

    Share() = default;
    Share(const Question& question, const TermSet& terms)
    {
        for (const QuestionTerm& term : question.terms) {
            if (holds(terms, term)) {
                all += term.weight;
                subject += term.generic ? 0 : term.weight;
                held += term.generic ? 0 : 1;
                continue;
            }
            exactMissing = exactMissing || term.exact;
            if (!term.generic) {
                missing += 1;
                rarestMissing = std::max(rarestMissing, term.weight);
                unknown += !term.known && !term.exact ? 1 : 0;
            }
        }
        subject /= std::max(question.subjectWeight, 1e-9);
        all /= std::max(question.weight, 1e-9);
    }
};

class PassageScorer {
public:
    PassageScorer(const Question& question, const retrieval::Passage& passage, double best, bool first,
                  const retrieval::TextModel& words)
        : m_question(question), m_passage(passage), m_words(words), m_best(best), m_first(first)
    {
        addTerms(m_around, passage.title, words);
        addTerms(m_around, passage.heading, words);
        for (const corpus::Unit& unit : passage.units) {
            m_units.emplace_back();
            addTerms(m_units.back(), textAt(passage, unit.span), words);
        }
        TermSet all = m_around;
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            all.insert(m_units[i].begin(), m_units[i].end());
            if (passage.units[i].header) {
                addTerms(all, textAt(passage, *passage.units[i].header), words);
            }
        }
        m_wholeShare = Share(question, all);
    }

    RankedUnit score(std::size_t index) const
    {
        const corpus::Unit& unit = m_passage.units[index];
        RankedUnit ranked;
        ranked.unit = index;
        ranked.text = textAt(m_passage, unit.span);
        TermSet context = m_around;
        context.insert(m_units[index].begin(), m_units[index].end());
        if (unit.header) {
            addTerms(context, textAt(m_passage, *unit.header), m_words);
        }
        measure(ranked, unit, index, context);
        double sum = kBias;
        for (std::size_t i = 0; i < kSignals; ++i) {
            sum += kWeights[i] * ranked.measured[i];
        }
        ranked.score = 1 / (1 + std::exp(-sum));
        return ranked;
    }

private:
    void measure(RankedUnit& ranked, const corpus::Unit& unit, std::size_t index, const TermSet& terms) const
    {
        const Share own(m_question, m_units[index]);
        const Share context(m_question, terms);
        const Share& whole = m_wholeShare;
        const auto set = [&](Signal signal, double value) {
            ranked.measured[static_cast<std::size_t>(signal)] = value;
        };
        const bool asks = m_question.expected != Expected::Anything && m_question.expected != Expected::Steps;
        const bool fits = holdsExpected(m_question.expected, ranked.text);
        set(Signal::OwnSubject, own.subject);
        set(Signal::ContextSubject, context.subject);
        set(Signal::OwnAll, own.all);
        set(Signal::ContextAll, context.all);
        set(Signal::Meaning,
            std::max(0.0, retrieval::cosine(m_question.meaning, m_words.embed(ranked.text))));
        set(Signal::Passage, m_passage.embeddedScore);
        set(Signal::PassageShare, m_best > 0 ? m_passage.score / m_best : 0);
        set(Signal::First, m_first ? 1 : 0);
        set(Signal::Missing, std::min(4.0, context.missing) / 4);
        set(Signal::RarestMissing, context.rarestMissing / 12);
        set(Signal::PassageMissing, std::min(3.0, whole.missing) / 3);
        set(Signal::PassageRarest, whole.rarestMissing / 12);
        set(Signal::Unknown, std::min(2.0, whole.unknown) / 2);
        set(Signal::KnownElsewhere, std::min(3.0, whole.missing - whole.unknown) / 3);
        set(Signal::Fits, asks && fits ? 1 : 0);
        set(Signal::FitsNot, asks && !fits ? 1 : 0);
        set(Signal::CountsNot, m_question.counted && !countsNoun(ranked.text, *m_question.counted) ? 1 : 0);
        set(Signal::ExactMissing, context.exactMissing ? 1 : 0);
        set(Signal::Step, unit.kind == corpus::UnitKind::Step ? 1 : 0);
        set(Signal::Row, unit.kind == corpus::UnitKind::TableRow ? 1 : 0);
        set(Signal::Code, unit.kind == corpus::UnitKind::Code ? 1 : 0);
        const auto subjects = static_cast<double>(
            std::ranges::count_if(m_question.terms, [](const QuestionTerm& term) { return !term.generic; }));
        set(Signal::SubjectTerms, std::min(6.0, subjects) / 6);
        set(Signal::OwnCount, std::min(5.0, own.held) / 5);
    }

    const Question& m_question;
    const retrieval::Passage& m_passage;
    const retrieval::TextModel& m_words;
    double m_best;
    bool m_first;
    TermSet m_around;             // title and heading path
    std::vector<TermSet> m_units; // each unit's own
    Share m_wholeShare;
};

} // namespace

std::string_view nameOf(Signal signal)
{
    static constexpr std::array<std::string_view, kSignals> kNames = {"own_subject",
                                                                      "context_subject",
                                                                      "own_all",
                                                                      "context_all",
                                                                      "meaning",
                                                                      "passage",
                                                                      "passage_share",
                                                                      "first",
                                                                      "missing",
                                                                      "rarest_missing",
                                                                      "passage_missing",
                                                                      "passage_rarest",
                                                                      "unknown",
                                                                      "known_elsewhere",
                                                                      "fits",
                                                                      "fits_not",
                                                                      "counts_not",
                                                                      "exact_missing",
                                                                      "step",
                                                                      "row",
                                                                      "code",
                                                                      "subject_terms",
                                                                      "own_count"};
    return kNames[static_cast<std::size_t>(signal)];
}

std::vector<RankedUnit> rankUnits(const Question& question, const std::vector<retrieval::Passage>& found,
                                  std::size_t passages, const retrieval::TextModel& words)
{
    std::vector<RankedUnit> ranked;
    for (std::size_t p = 0; p < std::min(passages, found.size()); ++p) {
        const PassageScorer scorer(question, found[p], found.front().score, p == 0, words);
        for (std::size_t u = 0; u < found[p].units.size(); ++u) {
            ranked.push_back(scorer.score(u));
            ranked.back().passage = p;
        }
    }
    std::ranges::stable_sort(ranked, std::greater<>(), &RankedUnit::score);
    return ranked;
}

void leadWithParts(const Question& question, const std::vector<retrieval::Passage>& found,
                   std::size_t passages, const retrieval::TextModel& words, std::vector<RankedUnit>& units)
{
    if (question.parts.size() < 2 || units.empty()) {
        return;
    }
    const double best = units.front().score;
    const std::string document = found[units.front().passage].document; // a later part often names no subject
    for (auto part = question.parts.rbegin(); part != question.parts.rend(); ++part) {
        const auto ranked = rankUnits(analyse(*part, words), found, passages, words);
        const auto first = std::ranges::find_if(
            ranked, [&](const RankedUnit& unit) { return found[unit.passage].document == document; });
        const auto place = std::ranges::find_if(units, [&](const RankedUnit& unit) {
            return unit.passage == first->passage && unit.unit == first->unit;
        });
        place->score = best;
        std::rotate(units.begin(), place, place + 1);
    }
}

} // namespace plumbline::assistant
