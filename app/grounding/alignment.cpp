#include "app/grounding/alignment.h"

#include <algorithm>
#include <cmath>

namespace plumbline::grounding {

namespace {

// How much of a term's meaning the related one holds.
constexpr std::array<float, kRelations> kStrength = {1.0F, 0.9F, 0.8F, 0.6F, 0.6F, 0.4F, 0, 0};
constexpr float kCounts = 0.8F;          // from here on a place counts as one of the term's own
constexpr float kFits = 0.75F;           // of the best context
constexpr double kNeighbourDecay = 0.85; // per term of distance
constexpr double kLiteral = 0.6;         // fit of a word that stands where its neighbours do
constexpr double kSpoken = 0.4;          // share of the neighbours from which a place speaks of the same
constexpr double kSmallWord = 0.4;       // weight of "all", "must", "not" as neighbours

using Row = std::vector<float>;

// Strength of one term at every place, and around every place.
struct Presence {
    Row around;
    std::size_t places = 0;
};

Presence presenceOf(const Relations& relations, std::size_t size)
{
    Presence presence{Row(size, 0.0F), 0};
    for (std::size_t r = 0; r < kRelations; ++r) {
        if (kStrength[r] <= 0) {
            continue;
        }
        for (const std::uint32_t place : relations[r]) {
            presence.places += kStrength[r] >= kCounts ? 1U : 0U;
            const std::size_t from = place > kReach ? place - kReach : 0;
            const std::size_t to = std::min(size, place + kReach + 1);
            for (std::size_t i = from; i < to; ++i) {
                presence.around[i] = std::max(presence.around[i], kStrength[r]);
            }
        }
    }
    return presence;
}

bool isSmall(const std::string& low)
{
    return isNegation(low) || isContrast(low) || isQuantifier(low);
}

Relation closestOf(const Relations& relations)
{
    for (std::size_t r = 0; r < kRelations; ++r) {
        if (!relations[r].empty()) {
            return static_cast<Relation>(r);
        }
    }
    return Relation::Count;
}

std::size_t bestOf(const Row& row)
{
    return row.empty() ? 0 : static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
}

class Aligner {
public:
    Aligner(const Terms& answer, std::size_t sentence, SourceIndex& sources) : m_sources(sources)
    {
        for (const std::size_t index : answer.content) {
            const Term& term = answer.all[index];
            if (term.sentence == sentence) {
                add(term);
            }
        }
    }

    AlignedSentence run()
    {
        for (std::size_t i = 0; i < m_result.terms.size(); ++i) {
            place(i);
        }
        cover();
        return std::move(m_result);
    }

private:
    void add(const Term& term)
    {
        AlignedTerm aligned;
        aligned.term = &term;
        aligned.relations = &m_sources.relationsOf(term);
        aligned.closest = closestOf(*aligned.relations);
        m_presence.push_back(presenceOf(*aligned.relations, m_sources.size()));
        if (term.kind == TermKind::Word) {
            aligned.facts = &m_sources.factsOf(term.low);
        }
        aligned.weight = std::log((static_cast<double>(m_sources.size()) + 10) /
                                  (static_cast<double>(m_presence.back().places) + 1)) *
                         (isSmall(term.low) ? kSmallWord : 1);
        m_result.negations += isNegation(term.low) ? 1 : 0;
        m_result.terms.push_back(aligned);
    }

    void place(std::size_t i)
    {
        AlignedTerm& term = m_result.terms[i];
        Row context(m_sources.size(), 0.0F);
        float whole = 0;
        for (std::size_t j = 0; j < m_result.terms.size(); ++j) {
            if (j == i) {
                continue;
            }
            const auto distance = static_cast<double>(i > j ? i - j : j - i);
            const auto weight =
                static_cast<float>(m_result.terms[j].weight * std::pow(kNeighbourDecay, distance));
            const Row& around = m_presence[j].around;
            whole += weight;
            for (std::size_t p = 0; p < context.size(); ++p) {
                context[p] += weight * around[p];
            }
        }
        term.bestPlace = bestOf(context);
        const float most = context.empty() ? 0 : context[term.bestPlace];
        term.context = whole > 0 ? static_cast<double>(most / whole) : 1;
        float own = -1;
        for (std::size_t r = 0; r < kRelations; ++r) {
            float best = -1;
            for (const std::uint32_t p : (*term.relations)[r]) {
                best = std::max(best, context[p]);
                if (kStrength[r] > kCounts / 2 && context[p] >= kFits * most) {
                    term.places.push_back(p);
                }
                if (kStrength[r] >= kCounts && context[p] > own) {
                    own = context[p];
                    term.ownPlace = p;
                }
            }
            if (best >= 0) {
                term.fit[r] = most > 0 ? static_cast<double>(best / most) : 1.0;
            }
        }
    }

    void cover()
    {
        Row total(m_sources.size(), 0.0F);
        float whole = 0;
        for (std::size_t i = 0; i < m_result.terms.size(); ++i) {
            const auto weight = static_cast<float>(m_result.terms[i].weight);
            whole += weight;
            for (std::size_t p = 0; p < total.size(); ++p) {
                total[p] += weight * m_presence[i].around[p];
            }
        }
        if (total.empty() || whole <= 0) {
            return;
        }
        for (const AlignedTerm& term : m_result.terms) {
            m_result.held += term.closest <= Relation::Synonym ? term.weight / static_cast<double>(whole) : 0;
            m_result.literal += term.near() >= kLiteral && term.context >= kSpoken
                                    ? term.weight / static_cast<double>(whole)
                                    : 0;
        }
        m_result.window = bestOf(total);
        m_result.coverage = static_cast<double>(total[m_result.window] / whole);
        Row both(m_sources.size(), 0.0F);
        for (std::size_t i = 0; i < m_result.terms.size(); ++i) {
            const auto weight = static_cast<float>(m_result.terms[i].weight);
            const Row& around = m_presence[i].around;
            for (std::size_t p = 0; p < both.size(); ++p) {
                both[p] += weight * std::max(around[p], around[m_result.window]);
            }
        }
        m_result.second = bestOf(both);
        m_result.coverageOfTwo = static_cast<double>(both[m_result.second] / whole);
        constexpr std::size_t kMore = 4;
        const std::size_t from = m_result.window > kReach + kMore ? m_result.window - kReach - kMore : 0;
        const std::size_t to = std::min(m_sources.size(), m_result.window + kReach + kMore + 1);
        for (std::size_t p = from; p < to; ++p) {
            m_result.sourceNegations += isNegation(m_sources.at(p).term->low) ? 1 : 0;
        }
    }

    SourceIndex& m_sources;
    AlignedSentence m_result;
    std::vector<Presence> m_presence;
};

} // namespace

double AlignedTerm::near() const
{
    return std::max(fitOf(Relation::Same), fitOf(Relation::Derived));
}

AlignedSentence align(const Terms& answer, std::size_t sentence, SourceIndex& sources)
{
    return Aligner(answer, sentence, sources).run();
}

} // namespace plumbline::grounding
