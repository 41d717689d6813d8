#include <algorithm>
#include <optional>
#include <set>

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
        std::vector<std::size_t> found;
        for (const Relation relation :
             {Relation::Same, Relation::Derived, Relation::Synonym, Relation::Similar, Relation::Wider}) {
            if (term.fitOf(relation) >= kSamePlace) {
                found.push_back(term.ownPlace);
            }
        }
        found.push_back(term.bestPlace);
        std::ranges::sort(found);
        found.erase(std::ranges::unique(found).begin(), found.end());
        return found;
    }

    Region sourceRegion(std::size_t place) const
    {
        const SourceIndex::Placed& placed = m_sources.at(place);
        return regionAround(m_sources.terms(placed.source), placed.index, kSourceReach);
    }

    std::set<Modality> modalitiesAt(const std::vector<std::size_t>& places) const
    {
        std::set<Modality> found;
        for (const std::size_t place : places) {
            const Terms& terms = m_sources.terms(m_sources.at(place).source);
            const Region region = sourceRegion(place);
            for (std::size_t i = region.first; i < region.last; ++i) {
                found.insert(modalityAt(terms, i));
            }
        }
        found.erase(Modality::None);
        return found;
    }

    void modality(std::size_t index)
    {
        const Modality mine = modalityAt(m_answer, index);
        if (mine == Modality::None) {
            return;
        }
        std::set<Modality> theirs;
        const auto terms = governed(index, 2);
        for (const AlignedTerm* term : terms) {
            theirs.merge(modalitiesAt(places(*term)));
        }
        const std::string& low = m_answer.all[index].low;
        if (terms.empty() || theirs.contains(mine)) {
            return;
        }
        const bool ability = low == "can" || low == "could" || low == "allows" || low == "free";
        const bool plain = theirs.empty(); // the sources just say that it is so
        if (plain && (mine == Modality::Obligation || mine == Modality::Prohibition || ability)) {
            return;
        }
        const Term& term = m_answer.all[index];
        m_doubts.push_back({"modality", term.begin, term.end,
                            plain ? "the sources say that it is so, not that it may be or should be"
                                  : "the sources bind it otherwise",
                            !ability && strongly(mine)});
    }

    static bool strongly(Modality modality) { return modality != Modality::Prohibition; }

    bool deniedAt(const std::vector<std::size_t>& places) const
    {
        return std::ranges::any_of(places, [&](std::size_t place) {
            const Terms& terms = m_sources.terms(m_sources.at(place).source);
            return denies(terms, sourceRegion(place));
        });
    }

    void addedNegation(std::size_t index)
    {
        const Term& term = m_answer.all[index];
        if (term.kind != TermKind::Word || !(term.low == "not" || term.low == "no" || term.low == "never")) {
            return;
        }
        const auto terms = governed(index, 2);
        if (terms.empty()) {
            return;
        }
        const bool denied = std::ranges::any_of(terms, [&](const AlignedTerm* one) {
            return deniedAt(places(*one)) || one->fitOf(Relation::Opposite) > 0.5;
        });
        if (!denied) {
            m_doubts.push_back({"negation", term.begin, term.end, "the sources do not deny it", true});
        }
    }

    // A term of the answer that stands at this place of the sources.
    const AlignedTerm* answerOf(std::size_t place) const
    {
        for (const AlignedTerm& term : m_sentence.terms) {
            const std::size_t apart = term.ownPlace > place ? term.ownPlace - place : place - term.ownPlace;
            const bool near = term.near() >= kSamePlace || term.fitOf(Relation::Synonym) >= kSamePlace;
            if (near && apart == 0 && isPlain(*term.term)) {
                return &term;
            }
        }
        return nullptr;
    }

    // For each negation of the sources whose next words the answer repeats: does the answer deny there as
    // well?
    void droppedNegation()
    {
        for (std::size_t place = 0; place + 1 < m_sources.size(); ++place) {
            const std::string& low = m_sources.at(place).term->low;
            if (low != "not" && low != "no" && low != "never" && low != "cannot") {
                continue;
            }
            std::vector<const AlignedTerm*> repeated;
            for (std::size_t next = place + 1; next < std::min(m_sources.size(), place + 4); ++next) {
                if (m_sources.at(next).sentence != m_sources.at(place).sentence) {
                    break;
                }
                if (const AlignedTerm* term = answerOf(next)) {
                    repeated.push_back(term);
                }
            }
            if (repeated.size() >= 2 || (repeated.size() == 1 && leadsTo(place, *repeated.front()))) {
                compareDenial(*repeated.front());
            }
        }
    }

    // One repeated word is enough when what stands before the negation is repeated too.
    bool leadsTo(std::size_t place, const AlignedTerm& term) const
    {
        std::size_t before = 0;
        for (std::size_t back = 1; back <= 4 && back <= place; ++back) {
            const AlignedTerm* other = answerOf(place - back);
            before += other != nullptr && other != &term ? 1U : 0U;
        }
        return before >= 1;
    }

    void compareDenial(const AlignedTerm& term)
    {
        const Region region = regionAround(m_answer, indexOf(*term.term), kAnswerReach);
        const bool opposite = std::ranges::any_of(m_sentence.terms, [&](const AlignedTerm& one) {
            const std::size_t index = indexOf(*one.term);
            return index >= region.first && index < region.last && one.fitOf(Relation::Opposite) > 0.5;
        });
        if (!denies(m_answer, region) && !opposite && !excepts(region)) {
            m_doubts.push_back({"negation", term.term->begin, term.term->end, "the sources deny it", true});
        }
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
