#include "app/assistant/composition.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

constexpr double kNearBest = 0.05;   // of the best unit's probability
constexpr double kEnough = 1.5;      // sum of the probabilities shown, for each part of the question
constexpr double kSaidAlready = 0.8; // share of the words of the shorter of two sentences
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

using Words = std::set<std::string, std::less<>>;

Words wordsOf(std::string_view text)
{
    static const RE2 word(R"(([[:alnum:]\x{80}-\x{10FFFF}]+))");
    const std::string lower = asciiLower(text);
    re2::StringPiece rest(lower);
    Words words;
    for (std::string one; RE2::FindAndConsume(&rest, word, &one);) {
        words.insert(std::move(one));
    }
    return words;
}

bool hasDigit(std::string_view word)
{
    return word.find_first_of("0123456789") != std::string_view::npos;
}

// Another figure is always news.
bool isSaid(const Words& words, const std::vector<Words>& said)
{
    return std::ranges::any_of(said, [&](const Words& other) {
        std::size_t shared = 0;
        for (const std::string& word : words) {
            if (other.contains(word)) {
                ++shared;
            } else if (hasDigit(word)) {
                return false;
            }
        }
        const std::size_t shorter = std::max<std::size_t>(1, std::min(words.size(), other.size()));
        return static_cast<double>(shared) >= kSaidAlready * static_cast<double>(shorter);
    });
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
    std::vector<Words> said;
    double sure = 0;
    const double enough = kEnough * static_cast<double>(std::max<std::size_t>(1, question.parts.size()));
    for (const RankedUnit& unit : units) {
        if (picked.size() >= most || unit.score < kNearBest * units.front().score || sure >= enough) {
            break;
        }
        const Place place{unit.passage, unit.unit};
        Words words = wordsOf(unit.text);
        if (std::ranges::find(picked, place) != picked.end() || isSaid(words, said)) {
            continue;
        }
        const corpus::Unit& chosen = passages[unit.passage].units[unit.unit];
        const bool procedure = chosen.kind == corpus::UnitKind::Step && chosen.ordered && chosen.group != 0;
        if (procedure && question.expected == Expected::Steps && picked.empty()) {
            return procedureOf(place, passages);
        }
        picked.push_back(place);
        said.push_back(std::move(words));
        sure += unit.score;
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
