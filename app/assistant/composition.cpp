#include "app/assistant/composition.h"

#include <algorithm>
#include <map>
#include <set>

namespace plumbline::assistant {

namespace {

constexpr double kNearBest = 0.05; // of the best unit's probability
constexpr std::size_t kStepsShown = 12;

using Place = std::pair<std::size_t, std::size_t>; // passage, unit

// Units of the same list as `place`, in order; only itself when it is no step.
std::vector<Place> procedureOf(const Place& place, const std::vector<retrieval::Passage>& passages)
{
    const auto& units = passages[place.first].units;
    const corpus::Unit& chosen = units[place.second];
    std::vector<Place> steps;
    for (std::size_t i = 0; i < units.size() && steps.size() < kStepsShown; ++i) {
        if (units[i].kind == corpus::UnitKind::Step && units[i].group == chosen.group) {
            steps.emplace_back(place.first, i);
        }
    }
    return steps;
}

std::vector<Place> pick(const Question& question, const std::vector<RankedUnit>& units,
                        const std::vector<retrieval::Passage>& passages,
                        const std::optional<Disagreement>& disagreement, std::size_t most)
{
    if (disagreement) {
        const RankedUnit& first = units[disagreement->first];
        const RankedUnit& second = units[disagreement->second];
        return {{first.passage, first.unit}, {second.passage, second.unit}};
    }
    std::vector<Place> picked;
    std::set<std::string> said;
    for (const RankedUnit& unit : units) {
        if (picked.size() >= most || unit.score < kNearBest * units.front().score) {
            break;
        }
        const Place place{unit.passage, unit.unit};
        if (std::ranges::find(picked, place) != picked.end() || !said.insert(unit.text).second) {
            continue;
        }
        const corpus::Unit& chosen = passages[unit.passage].units[unit.unit];
        const bool procedure = chosen.kind == corpus::UnitKind::Step && chosen.ordered && chosen.group != 0;
        if (procedure && question.expected == Expected::Steps && picked.empty()) {
            return procedureOf(place, passages);
        }
        picked.push_back(place);
    }
    return picked;
}

// Sentences of one passage stay together, in reading order; passages in the order of their best sentence.
void order(std::vector<Place>& places)
{
    std::map<std::size_t, std::size_t> firstOf;
    for (std::size_t i = 0; i < places.size(); ++i) {
        firstOf.try_emplace(places[i].first, i);
    }
    std::ranges::stable_sort(places, [&](const Place& left, const Place& right) {
        return std::pair(firstOf[left.first], left.second) < std::pair(firstOf[right.first], right.second);
    });
}

AnswerSentence quote(const retrieval::Passage& passage, const corpus::Unit& unit, int number)
{
    AnswerSentence sentence;
    sentence.kind = unit.kind;
    sentence.citations = {number};
    if (unit.kind == corpus::UnitKind::TableRow && unit.header && *unit.header != unit.span) {
        if (std::string header = textAt(passage, *unit.header); !header.empty()) {
            sentence.text = header + "\n";
            sentence.spans.push_back({passage.document, passage.version, *unit.header});
        }
    }
    sentence.text += textAt(passage, unit.span);
    sentence.spans.push_back({passage.document, passage.version, unit.span});
    return sentence;
}

} // namespace

Composition compose(const Question& question, const std::vector<RankedUnit>& units,
                    const std::vector<retrieval::Passage>& passages,
                    const std::optional<Disagreement>& disagreement, int most)
{
    Composition made;
    if (units.empty()) {
        return made;
    }
    std::vector<Place> places =
        pick(question, units, passages, disagreement, static_cast<std::size_t>(std::max(1, most)));
    if (!disagreement) {
        order(places);
    }
    std::map<std::size_t, int> numbers; // passage -> source number
    for (const Place& place : places) {
        const retrieval::Passage& passage = passages[place.first];
        const auto [number, isNew] =
            numbers.try_emplace(place.first, static_cast<int>(made.sources.size()) + 1);
        if (isNew) {
            made.sources.push_back({number->second, passage});
        }
        AnswerSentence sentence = quote(passage, passage.units[place.second], number->second);
        sentence.conflicting = disagreement.has_value();
        made.sentences.push_back(std::move(sentence));
    }
    return made;
}

} // namespace plumbline::assistant
