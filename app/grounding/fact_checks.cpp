#include <algorithm>
#include <cmath>

#include "app/grounding/checks.h"
#include "app/grounding/features.h"

namespace plumbline::grounding {

namespace {

constexpr double kNameElsewhere = 0.4;
constexpr double kMisplaced = 0.54; // fit of a number, name or identifier whose neighbours stand elsewhere

class FactChecker {
public:
    FactChecker(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts)
        : m_answer(answer), m_sentence(sentence), m_sources(sources), m_doubts(doubts)
    {
    }

    void run()
    {
        for (const AlignedTerm& term : m_sentence.terms) {
            switch (term.term->kind) {
            case TermKind::Number:
                number(term);
                break;
            case TermKind::Date:
                date(term);
                break;
            case TermKind::Identifier:
                identifier(term);
                break;
            case TermKind::Word:
                word(term);
                break;
            }
        }
        names();
    }

private:
    void doubt(const char* kind, const Term& term, std::string detail, bool decides)
    {
        m_doubts.push_back({kind, term.begin, term.end, std::move(detail), decides});
    }

    static bool found(const AlignedTerm& term)
    {
        return !(*term.relations)[static_cast<std::size_t>(Relation::Same)].empty();
    }

    void misplaced(const char* kind, const AlignedTerm& aligned)
    {
        if (aligned.near() < kMisplaced) {
            // "According to PAY-006, …" names the source: it need not stand where the rest does
            const bool cites = aligned.term->kind == TermKind::Identifier && opens(*aligned.term);
            doubt(kind, *aligned.term, "the sources say this of something else",
                  m_sentence.close() && !cites);
        }
    }

    bool opens(const Term& term) const
    {
        const auto index = static_cast<std::size_t>(&term - m_answer.all.data());
        return index < 3 || m_answer.all[index - 3].sentence != term.sentence;
    }

    // "about 30", "nearly half"
    bool isRounded(const Term& term) const
    {
        static constexpr std::array<std::string_view, 8> kAbout = {
            "about", "around", "approximately", "nearly", "almost", "roughly", "some", "circa"};
        const auto index = static_cast<std::size_t>(&term - m_answer.all.data());
        return index > 0 && std::ranges::find(kAbout, m_answer.all[index - 1].low) != kAbout.end();
    }

    // "one hour" for "an hour", "2026" for "31 March 2026"
    bool saidOtherwise(const Measure& measure) const
    {
        if (measure.raw == 1 && !measure.unit.empty() && m_sources.holdsWord(measure.unit)) {
            return true;
        }
        return measure.dimension == Dimension::Count && m_sources.holdsYear(static_cast<int>(measure.raw));
    }

    void number(const AlignedTerm& aligned)
    {
        const Measure& measure = aligned.term->measure;
        if (measure.vague) {
            return;
        }
        if (found(aligned)) {
            misplaced("number", aligned);
            return;
        }
        const Agreement agreement = m_sources.numberIn(measure, isRounded(*aligned.term));
        if (agreement == Agreement::Same || saidOtherwise(measure)) {
            return;
        }
        if (agreement == Agreement::OtherUnit) {
            doubt("unit", *aligned.term, "the sources have this number with another unit", true);
            return;
        }
        const bool ordinalWord = measure.dimension == Dimension::Ordinal && measure.word && measure.raw <= 2;
        doubt("number", *aligned.term, "the sources do not have this number", !ordinalWord);
    }

    void date(const AlignedTerm& aligned)
    {
        if (!found(aligned)) {
            doubt("date", *aligned.term, "the sources do not have this date", true);
        }
    }

    void identifier(const AlignedTerm& aligned)
    {
        if (found(aligned)) {
            misplaced("identifier", aligned);
        } else if (!m_sources.holdsParts(*aligned.term)) {
            doubt("identifier", *aligned.term, "the sources do not have this identifier", true);
        }
    }

    void word(const AlignedTerm& aligned)
    {
        const TermClass kind = classOf(aligned);
        const bool absent = aligned.closest == Relation::Count || aligned.closest == Relation::Sibling;
        if (kind == TermClass::Name && aligned.near() <= 0) {
            doubt("name", *aligned.term, "the sources do not have this name", absent || m_sentence.close());
        } else if (kind == TermClass::Name && aligned.near() < kNameElsewhere) {
            misplaced("name", aligned);
        } else if (contradictionOf(aligned) >= 0.8) {
            doubt("comparison", *aligned.term, "the sources say the opposite", true);
        } else if (kind == TermClass::Quantifier && absent) {
            doubt("quantifier", *aligned.term, "the sources do not limit it so", false);
        } else if (kind == TermClass::NounConcrete && absent) {
            doubt("added", *aligned.term, "the sources do not speak of this", false);
        }
    }

    // Two words of one name that the sources have, but nowhere side by side.
    void names()
    {
        for (std::size_t i = 0; i + 1 < m_sentence.terms.size(); ++i) {
            const AlignedTerm& one = m_sentence.terms[i];
            const AlignedTerm& next = m_sentence.terms[i + 1];
            const bool run = one.term->capital && next.term->capital && one.term + 1 == next.term &&
                             next.term->begin - one.term->end <= 1 && isNamePart(one) && isNamePart(next);
            if (run && found(one) && found(next) && !sideBySide(one, next)) {
                m_doubts.push_back({"name", one.term->begin, next.term->end,
                                    "the sources do not have these words as one name", true});
            }
        }
    }

    static bool isNamePart(const AlignedTerm& term)
    {
        return term.term->kind == TermKind::Word && term.facts != nullptr && term.facts->part != 'v';
    }

    static bool sideBySide(const AlignedTerm& one, const AlignedTerm& next)
    {
        const Places& first = (*one.relations)[static_cast<std::size_t>(Relation::Same)];
        const Places& second = (*next.relations)[static_cast<std::size_t>(Relation::Same)];
        return std::ranges::any_of(first, [&](std::uint32_t place) {
            const auto from = std::ranges::lower_bound(second, place > 2 ? place - 2 : 0);
            return from != second.end() && *from <= place + 3;
        });
    }

    const Terms& m_answer;
    const AlignedSentence& m_sentence;
    SourceIndex& m_sources;
    Doubts& m_doubts;
};

} // namespace

void checkFacts(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts)
{
    FactChecker(answer, sentence, sources, doubts).run();
}

} // namespace plumbline::grounding
