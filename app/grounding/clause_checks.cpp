#include <algorithm>

#include "app/grounding/checks.h"
#include "app/grounding/polarity.h"

namespace plumbline::grounding {

namespace {

constexpr double kSamePlace = 0.75;     // fit from which a place may be what the clause speaks of
constexpr std::size_t kSourceReach = 7; // terms to each side of a place in the sources
constexpr std::size_t kAnswerReach = 5;

class ClauseChecker {
public:
    ClauseChecker(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts)
        : m_answer(answer), m_sentence(sentence), m_sources(sources), m_doubts(doubts)
    {
    }

    void run()
    {
        if (m_sentence.terms.empty() || m_sources.size() == 0) {
            return;
        }
        const std::size_t sentence = m_sentence.terms.front().term->sentence;
        for (std::size_t i = 0; i < m_answer.all.size(); ++i) {
            if (m_answer.all[i].sentence != sentence) {
                continue;
            }
            modality(i);
            addedNegation(i);
        }
        droppedNegation();
    }

private:
    static bool isPlain(const Term& term)
    {
        return term.kind == TermKind::Word && !isQuantifier(term.low) && !isNegation(term.low) &&
               !isContrast(term.low);
    }

    std::size_t indexOf(const Term& term) const
    {
        return static_cast<std::size_t>(&term - m_answer.all.data());
    }

    // The first plain content words behind `index`: what a modal or a negation governs.
    std::vector<const AlignedTerm*> governed(std::size_t index, std::size_t most) const
    {
        std::vector<const AlignedTerm*> terms;
        for (const AlignedTerm& term : m_sentence.terms) {
            const std::size_t at = indexOf(*term.term);
            if (at > index && at <= index + kAnswerReach && terms.size() < most && isPlain(*term.term)) {
                terms.push_back(&term);
            }
        }
        return terms;
    }

    // Where in the sources the term's clause stands: the places of the word that fit its neighbours.
    std::vector<std::size_t> places(const AlignedTerm& term) const
    {
        std::vector<std::size_t> found(term.places.begin(), term.places.end());
        found.push_back(term.bestPlace);
        std::ranges::sort(found);
        found.erase(std::ranges::unique(found).begin(), found.end());
        return found;
    }

    std::uint8_t modalitiesAt(const std::vector<std::size_t>& places) const
    {
        std::uint8_t found = 0;
        for (const std::size_t place : places) {
            found =
                static_cast<std::uint8_t>(found | m_sources.bindingAround(place, kSourceReach).modalities);
        }
        return found;
    }

    void modality(std::size_t index)
    {
        const Modality mine = modalityAt(m_answer, index);
        if (mine == Modality::None) {
            return;
        }
        std::uint8_t theirs = 0;
        const auto terms = governed(index, 2);
        for (const AlignedTerm* term : terms) {
            theirs = static_cast<std::uint8_t>(theirs | modalitiesAt(places(*term)));
        }
        const std::string& low = m_answer.all[index].low;
        if (terms.empty() || ((theirs >> static_cast<unsigned>(mine)) & 1U) != 0) {
            return;
        }
        const bool ability = low == "can" || low == "could" || low == "allows" || low == "free";
        const bool plain = theirs == 0; // the sources just say that it is so
        if (plain && (mine == Modality::Obligation || mine == Modality::Prohibition || ability)) {
            return;
        }
        const Term& term = m_answer.all[index];
        m_doubts.push_back({"modality", term.begin, term.end,
                            plain ? "the sources say that it is so, not that it may be or should be"
                                  : "the sources bind it otherwise",
                            !ability && mine != Modality::Prohibition && m_sentence.close()});
    }

    bool deniedAt(const std::vector<std::size_t>& places) const
    {
        return std::ranges::any_of(
            places, [&](std::size_t place) { return m_sources.bindingAround(place, kSourceReach).denies; });
    }

    // "no later than", "no more than", "not only"
    bool limits(std::size_t index) const
    {
        if (index + 1 >= m_answer.all.size()) {
            return false;
        }
        const std::string& next = m_answer.all[index + 1].low;
        return next == "later" || next == "more" || next == "longer" || next == "earlier" || next == "less" ||
               next == "fewer" || next == "only" || next == "even";
    }

    void addedNegation(std::size_t index)
    {
        const Term& term = m_answer.all[index];
        if (term.kind != TermKind::Word || !(term.low == "not" || term.low == "no" || term.low == "never")) {
            return;
        }
        const auto terms = governed(index, 2);
        if (terms.empty() || limits(index)) {
            return;
        }
        const bool denied = std::ranges::any_of(terms, [&](const AlignedTerm* one) {
            return deniedAt(places(*one)) || one->fitOf(Relation::Opposite) > 0.5;
        });
        if (!denied) {
            m_doubts.push_back(
                {"negation", term.begin, term.end, "the sources do not deny it", m_sentence.close()});
        }
    }

    // A term of the answer that stands at this place of the sources.
    const AlignedTerm* answerOf(std::size_t place) const
    {
        for (const AlignedTerm& term : m_sentence.terms) {
            if (isPlain(*term.term) &&
                std::ranges::find(term.places, static_cast<std::uint32_t>(place)) != term.places.end()) {
                return &term;
            }
        }
        return nullptr;
    }

    // Terms of the answer that stand at the places from `place` on, `step` by step, in its sentence.
    std::vector<const AlignedTerm*> repeatedFrom(std::size_t place, int step, int most) const
    {
        std::vector<const AlignedTerm*> repeated;
        for (int i = 1; i <= most; ++i) {
            const auto next = static_cast<std::ptrdiff_t>(place) + i * step;
            if (next < 0 || next >= static_cast<std::ptrdiff_t>(m_sources.size()) ||
                m_sources.at(static_cast<std::size_t>(next)).sentence != m_sources.at(place).sentence) {
                break;
            }
            if (const AlignedTerm* term = answerOf(static_cast<std::size_t>(next))) {
                if (std::ranges::find(repeated, term) == repeated.end()) {
                    repeated.push_back(term);
                }
            }
        }
        return repeated;
    }

    static bool forbids(const std::string& low)
    {
        return low == "forbidden" || low == "prohibited" || low == "banned" || low == "void" ||
               low == "refused";
    }

    // For each negation of the sources whose next words the answer repeats: does the answer deny there as
    // well?
    void droppedNegation()
    {
        for (std::size_t place = 0; place + 1 < m_sources.size(); ++place) {
            const std::string& low = m_sources.at(place).term->low;
            if (low != "not" && low != "no" && low != "never" && low != "cannot" && !forbids(low)) {
                continue;
            }
            const auto after = repeatedFrom(place, 1, 3);
            const auto before = repeatedFrom(place, -1, 4);
            if (after.size() >= 2 || (after.size() == 1 && !before.empty())) {
                compareDenial(*after.front(), after.size() + before.size());
            } else if (forbids(low) && before.size() >= 2) {
                compareDenial(*before.front(), before.size());
            }
        }
    }

    // Every place of the sentence that says this word counts: one that denies is enough.
    void compareDenial(const AlignedTerm& term, std::size_t repeated)
    {
        if (affirmed(term, repeated)) {
            return;
        }
        for (const AlignedTerm& one : m_sentence.terms) {
            if (one.term->low == term.term->low && deniesAround(one)) {
                return;
            }
        }
        m_doubts.push_back(
            {"negation", term.term->begin, term.term->end, "the sources deny it", m_sentence.close()});
    }

    // Another place of the sources says the same, with as many of the answer's words, and does not deny it.
    bool affirmed(const AlignedTerm& term, std::size_t repeated) const
    {
        return std::ranges::any_of(term.places, [&](std::uint32_t place) {
            return !m_sources.bindingAround(place, kSourceReach).denies &&
                   repeatedFrom(place, 1, 3).size() + repeatedFrom(place, -1, 4).size() >= repeated;
        });
    }

    bool deniesAround(const AlignedTerm& term) const
    {
        const Region region = regionAround(m_answer, indexOf(*term.term), kAnswerReach);
        const bool opposite = std::ranges::any_of(m_sentence.terms, [&](const AlignedTerm& one) {
            const std::size_t index = indexOf(*one.term);
            return index >= region.first && index < region.last &&
                   one.fitOf(Relation::Opposite) > std::max(0.5, one.near() + 0.1);
        });
        return opposite || denies(m_answer, region) || excepts(region);
    }

    // "only", "unless" and "except" turn a denial round.
    bool excepts(const Region& region) const
    {
        for (std::size_t i = region.first; i < region.last; ++i) {
            const std::string& low = m_answer.all[i].low;
            if (low == "only" || low == "unless" || low == "except" || low == "until") {
                return true;
            }
        }
        return false;
    }

    const Terms& m_answer;
    const AlignedSentence& m_sentence;
    SourceIndex& m_sources;
    Doubts& m_doubts;
};

} // namespace

void checkClauses(const Terms& answer, const AlignedSentence& sentence, SourceIndex& sources, Doubts& doubts)
{
    ClauseChecker(answer, sentence, sources, doubts).run();
}

} // namespace plumbline::grounding
