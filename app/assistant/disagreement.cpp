#include "app/assistant/disagreement.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/assistant/quantities.h"

namespace plumbline::assistant {

namespace {

constexpr double kNearBest = 0.2; // of the best sentence's probability
constexpr std::size_t kLooked = 12;
constexpr double kSameWords = 0.6;
constexpr double kAlmostTheSameWords = 0.7; // where only the sentences speak for it, not the question

// Content terms without the numbers, with their weights. A table row counts with its header, because equal
// rows of different tables speak of different things.
std::map<std::string, double> contentOf(const RankedUnit& unit, const retrieval::Passage& passage,
                                        const retrieval::TextModel& words)
{
    const std::optional<Span>& header = passage.units[unit.unit].header;
    std::map<std::string, double> content;
    for (const retrieval::Term& term :
         words.terms(unit.text + (header ? " " + textAt(passage, *header) : std::string()))) {
        if (!term.stopWord && !term.number) {
            content[term.text] = words.rarity(term.text);
        }
    }
    return content;
}

// Weighted Jaccard, 0..1.
double likeness(const std::map<std::string, double>& left, const std::map<std::string, double>& right)
{
    double both = 0;
    double either = 0;
    for (const auto& [term, weight] : left) {
        either += weight;
        both += right.contains(term) ? weight : 0;
    }
    for (const auto& [term, weight] : right) {
        either += left.contains(term) ? 0 : weight;
    }
    return either > 0 ? both / either : 0;
}

std::string spoken(const Quantity& quantity)
{
    const bool before =
        quantity.unit == "\xC2\xA3" || quantity.unit == "\xE2\x82\xAC" || quantity.unit == "$";
    if (before) {
        return quantity.unit + quantity.value;
    }
    const bool plural = quantity.unit != "%" && quantity.value != "1";
    return quantity.value + " " + quantity.unit + (plural ? "s" : "");
}

// Amounts of one unit, when the two texts give that unit but share no value of it.
std::optional<std::pair<std::string, std::string>> differentAmounts(std::string_view left,
                                                                    std::string_view right)
{
    const auto ours = quantities(left);
    const auto theirs = quantities(right);
    for (const Quantity& one : ours) {
        if (one.unit.empty()) {
            continue;
        }
        const auto sameUnit = [&](const Quantity& other) { return other.unit == one.unit; };
        const auto other = std::ranges::find_if(theirs, sameUnit);
        const bool shared = std::ranges::any_of(ours, [&](const Quantity& mine) {
            return sameUnit(mine) && std::ranges::any_of(theirs, [&](const Quantity& yours) {
                       return sameUnit(yours) && yours.value == mine.value;
                   });
        });
        if (other != theirs.end() && !shared) {
            return std::pair(spoken(one), spoken(*other));
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Disagreement> findDisagreement(const std::vector<RankedUnit>& units,
                                             const std::vector<retrieval::Passage>& passages,
                                             const retrieval::TextModel& words)
{
    const std::size_t looked = std::min(units.size(), kLooked);
    for (std::size_t i = 0; i < looked; ++i) {
        for (std::size_t j = i + 1; j < looked; ++j) {
            if (units[j].score < kNearBest * units.front().score ||
                passages[units[i].passage].document == passages[units[j].passage].document) {
                continue;
            }
            const auto amounts = differentAmounts(units[i].text, units[j].text);
            if (amounts && likeness(contentOf(units[i], passages[units[i].passage], words),
                                    contentOf(units[j], passages[units[j].passage], words)) >= kSameWords) {
                return Disagreement{i, j, amounts->first, amounts->second};
            }
        }
    }
    return std::nullopt;
}

std::optional<Disagreement> findContradiction(std::size_t leading, std::vector<RankedUnit>& units,
                                              std::vector<retrieval::Passage>& passages,
                                              const std::vector<retrieval::Passage>& found,
                                              const retrieval::TextModel& words)
{
    const RankedUnit best = units[leading];
    const std::string document = passages[best.passage].document;
    const auto content = contentOf(best, passages[best.passage], words);
    for (const retrieval::Passage& passage : found) {
        for (std::size_t i = 0; i < passage.units.size() && passage.document != document; ++i) {
            RankedUnit other;
            other.passage = passages.size();
            other.unit = i;
            other.text = textAt(passage, passage.units[i].span);
            const auto amounts = differentAmounts(best.text, other.text);
            if (amounts && likeness(content, contentOf(other, passage, words)) >= kAlmostTheSameWords) {
                passages.push_back(passage);
                units.push_back(std::move(other));
                return Disagreement{leading, units.size() - 1, amounts->first, amounts->second};
            }
        }
    }
    return std::nullopt;
}

} // namespace plumbline::assistant
