#include "app/assistant/unit_signals.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include <re2/re2.h>

#include "app/assistant/gaps.h"

namespace plumbline::assistant {

namespace {

constexpr std::size_t kTogether = 3; // terms apart

void addTerms(TermSet& set, std::string_view text, const retrieval::TextModel& words)
{
    for (retrieval::Term& term : words.terms(text)) {
        if (!term.stopWord) {
            set.insert(std::move(term.text));
        }
    }
}

PassageTerms termsOf(const retrieval::Passage& passage, const retrieval::TextModel& words)
{
    PassageTerms terms;
    addTerms(terms.title, passage.title, words);
    addTerms(terms.heading, passage.heading, words);
    terms.all = terms.title;
    terms.all.insert(terms.heading.begin(), terms.heading.end());
    for (const corpus::Unit& unit : passage.units) {
        std::vector<std::string>& order = terms.order.emplace_back();
        for (retrieval::Term& term : words.terms(textAt(passage, unit.span))) {
            if (!term.stopWord) {
                order.push_back(std::move(term.text));
            }
        }
        terms.units.emplace_back(order.begin(), order.end());
        terms.headers.emplace_back();
        if (unit.header) {
            addTerms(terms.headers.back(), textAt(passage, *unit.header), words);
        }
        terms.all.insert(terms.units.back().begin(), terms.units.back().end());
        terms.all.insert(terms.headers.back().begin(), terms.headers.back().end());
    }
    return terms;
}

void set(Signals& signals, Signal signal, double value, std::size_t offset = 0)
{
    signals[static_cast<std::size_t>(signal) + offset] = value;
}

double capped(double value, double most)
{
    return std::min(value, most) / most;
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

    template <typename Holds>
    Share(const Question& question, const Holds& isHeld)
    {
        for (const QuestionTerm& term : question.terms) {
            if (isHeld(term)) {
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

} // namespace

UnitSignals::UnitSignals(const Question& question, const std::vector<retrieval::Passage>& found,
                         std::size_t passages, const retrieval::TextModel& words)
    : m_question(question), m_found(found), m_words(words)
{
    for (std::size_t i = 0; i < std::min(passages, found.size()); ++i) {
        m_passages.push_back(termsOf(found[i], words));
        m_documents[found[i].document].insert(m_passages[i].all.begin(), m_passages[i].all.end());
    }
    for (const QuestionTerm& term : question.terms) {
        m_asked.insert(term.text);
        for (const std::vector<std::string>& other : term.others) {
            m_asked.insert(other.begin(), other.end());
        }
    }
}

Signals UnitSignals::measure(std::size_t passage, std::size_t unit, const std::string& text) const
{
    Signals signals{};
    const retrieval::Passage& where = m_found[passage];
    const corpus::UnitKind kind = where.units[unit].kind;
    const double best = m_found.front().score;
    set(signals, Signal::Meaning, std::max(0.0, retrieval::cosine(m_question.meaning, m_words.embed(text))));
    set(signals, Signal::Passage, where.embeddedScore);
    set(signals, Signal::PassageShare, best > 0 ? where.score / best : 0);
    set(signals, Signal::First, passage == 0 ? 1 : 0);
    set(signals, Signal::Step, kind == corpus::UnitKind::Step ? 1 : 0);
    set(signals, Signal::Row, kind == corpus::UnitKind::TableRow ? 1 : 0);
    set(signals, Signal::Code, kind == corpus::UnitKind::Code ? 1 : 0);
    measureShares(signals, passage, unit);
    measurePlaces(signals, passage, unit);
    measureOrder(signals, passage);
    std::vector<TermPlace> places;
    for (const QuestionTerm& term : m_question.terms) {
        places.push_back(placeOf(term, passage, unit));
    }
    measureGaps(signals, m_question, places);
    measureFit(signals, text);
    measureNeighbours(signals, passage, unit);
    return signals;
}

void UnitSignals::measureShares(Signals& signals, std::size_t passage, std::size_t unit) const
{
    const PassageTerms& terms = m_passages[passage];
    TermSet around = terms.title;
    around.insert(terms.heading.begin(), terms.heading.end());
    around.insert(terms.units[unit].begin(), terms.units[unit].end());
    around.insert(terms.headers[unit].begin(), terms.headers[unit].end());
    const Share own(m_question, [&](const QuestionTerm& term) { return holds(terms.units[unit], term); });
    const Share context(m_question, [&](const QuestionTerm& term) { return holds(around, term); });
    const Share whole(m_question, [&](const QuestionTerm& term) { return holds(terms.all, term); });
    set(signals, Signal::OwnSubject, own.subject);
    set(signals, Signal::ContextSubject, context.subject);
    set(signals, Signal::OwnAll, own.all);
    set(signals, Signal::ContextAll, context.all);
    set(signals, Signal::Missing, capped(context.missing, 4));
    set(signals, Signal::RarestMissing, context.rarestMissing / 12);
    set(signals, Signal::PassageMissing, capped(whole.missing, 3));
    set(signals, Signal::PassageRarest, whole.rarestMissing / 12);
    set(signals, Signal::Unknown, capped(whole.unknown, 2));
    set(signals, Signal::KnownElsewhere, capped(whole.missing - whole.unknown, 3));
    set(signals, Signal::ExactMissing, context.exactMissing ? 1 : 0);
    set(signals, Signal::OwnCount, capped(own.held, 5));
}

TermPlace UnitSignals::placeOf(const QuestionTerm& term, std::size_t passage, std::size_t unit) const
{
    const PassageTerms& terms = m_passages[passage];
    const std::array<const TermSet*, 6> places = {
        &terms.units[unit], &terms.headers[unit], &terms.heading,
        &terms.title,       &terms.all,           &m_documents.at(m_found[passage].document)};
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (holds(*places[i], term)) {
            return static_cast<TermPlace>(i);
        }
    }
    return term.known ? TermPlace::Elsewhere : TermPlace::Nowhere;
}

void UnitSignals::measurePlaces(Signals& signals, std::size_t passage, std::size_t unit) const
{
    std::array<double, 2> weight{};
    std::array<double, 2> lacking{};
    std::array<double, 2> far{};
    std::array<double, 2> rarest{};
    std::array<std::array<double, kPlaces>, 2> in{};
    for (const QuestionTerm& term : m_question.terms) {
        if (term.part) {
            continue;
        }
        const TermPlace place = placeOf(term, passage, unit);
        const std::size_t generic = term.generic ? 1 : 0;
        weight[generic] += term.weight;
        in[generic][static_cast<std::size_t>(place)] += term.weight;
        if (place >= TermPlace::Passage) {
            lacking[generic] += 1;
            rarest[generic] = std::max(rarest[generic], term.weight);
            far[generic] += place >= TermPlace::Elsewhere ? 1 : 0;
        }
        if (term.noun) {
            set(signals, term.generic ? Signal::GenericNounIn : Signal::NounIn, 1,
                static_cast<std::size_t>(place));
        }
    }
    for (std::size_t place = 0; place < kPlaces; ++place) {
        set(signals, Signal::SubjectIn, in[0][place] / std::max(weight[0], 1e-9), place);
        set(signals, Signal::GenericIn, in[1][place] / std::max(weight[1], 1e-9), place);
    }
    set(signals, Signal::SubjectLacking, capped(lacking[0], 4));
    set(signals, Signal::SubjectFar, capped(far[0], 4));
    set(signals, Signal::SubjectRarest, rarest[0] / 7);
    set(signals, Signal::GenericLacking, capped(lacking[1], 4));
    set(signals, Signal::GenericFar, capped(far[1], 4));
    set(signals, Signal::GenericRarest, rarest[1] / 7);
}

void UnitSignals::measureOrder(Signals& signals, std::size_t passage) const
{
    const TermSet& document = m_documents.at(m_found[passage].document);
    std::vector<double> lacks; // 1 or 0 for each term, in the question's order
    for (const QuestionTerm& term : m_question.terms) {
        if (!term.part) {
            lacks.push_back(holds(document, term) ? 0 : 1);
        }
    }
    const std::size_t terms = lacks.size();
    if (terms == 0) {
        return;
    }
    set(signals, Signal::FarFirst, lacks.front());
    set(signals, Signal::FarSecond, terms > 1 ? lacks[1] : 0);
    set(signals, Signal::FarLastButOne, terms > 1 ? lacks[terms - 2] : 0);
    set(signals, Signal::FarLast, lacks.back());
    set(signals, Signal::FarShare,
        std::accumulate(lacks.begin(), lacks.end(), 0.0) / static_cast<double>(terms));
}

void UnitSignals::measureFit(Signals& signals, const std::string& text) const
{
    static const RE2 telephone(R"(extension|\d{4})");
    const Expected expected = m_question.expected;
    const bool asks = expected != Expected::Anything && expected != Expected::Steps;
    const bool fits = holdsExpected(expected, text);
    set(signals, Signal::Fits, asks && fits ? 1 : 0);
    set(signals, Signal::FitsNot, asks && !fits ? 1 : 0);
    set(signals, Signal::CountsNot, m_question.counted && !countsNoun(text, *m_question.counted) ? 1 : 0);
    set(signals, Signal::PriceNot, m_question.form.price && !holdsExpected(Expected::Money, text) ? 1 : 0);
    set(signals, Signal::TelephoneNot,
        m_question.form.telephone && !RE2::PartialMatch(text, telephone) ? 1 : 0);
    set(signals, Signal::Tally, m_question.form.tally ? 1 : 0);
}

void UnitSignals::measureNeighbours(Signals& signals, std::size_t passage, std::size_t unit) const
{
    const std::vector<std::string>& order = m_passages[passage].order[unit];
    std::unordered_map<std::string_view, std::size_t> firstAt;
    double asked = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        firstAt.try_emplace(order[i], i);
        asked += m_asked.contains(order[i]) ? 1 : 0;
    }
    double pairs = 0;
    double both = 0;
    double together = 0;
    const QuestionTerm* before = nullptr;
    for (const QuestionTerm& term : m_question.terms) {
        if (term.part) {
            continue;
        }
        if (before != nullptr) {
            pairs += 1;
            const auto left = firstAt.find(before->text);
            const auto right = firstAt.find(term.text);
            if (left != firstAt.end() && right != firstAt.end()) {
                both += 1;
                const std::size_t apart =
                    std::max(left->second, right->second) - std::min(left->second, right->second);
                together += apart <= kTogether ? 1 : 0;
            }
        }
        before = &term;
    }
    set(signals, Signal::Length, capped(static_cast<double>(order.size()), 40));
    set(signals, Signal::Asked, asked / std::max(1.0, static_cast<double>(order.size())));
    set(signals, Signal::Together, together / std::max(1.0, pairs));
    set(signals, Signal::Both, both / std::max(1.0, pairs));
}

} // namespace plumbline::assistant
