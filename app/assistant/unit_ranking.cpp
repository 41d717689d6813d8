#include "app/assistant/unit_ranking.h"

#include <algorithm>
#include <cmath>

#include "app/assistant/fitted_weights.h"
#include "app/assistant/phrasing.h"
#include "app/assistant/unit_signals.h"

namespace plumbline::assistant {

namespace {

double probability(const Signals& measured, double phrasing)
{
    double sum = kUnitBias + phrasing;
    for (std::size_t i = 0; i < kSignals; ++i) {
        sum += kUnitWeights[i] * measured[i];
    }
    return 1 / (1 + std::exp(-sum));
}

} // namespace

std::vector<RankedUnit> rankUnits(const Question& question, const std::vector<retrieval::Passage>& found,
                                  std::size_t passages, const retrieval::TextModel& words)
{
    const UnitSignals signals(question, found, passages, words);
    const Phrasing phrasing(question.text);
    std::vector<RankedUnit> ranked;
    for (std::size_t p = 0; p < std::min(passages, found.size()); ++p) {
        for (std::size_t u = 0; u < found[p].units.size(); ++u) {
            RankedUnit unit{p, u, textAt(found[p], found[p].units[u].span), {}, 0};
            unit.measured = signals.measure(p, u, unit.text);
            unit.score = probability(unit.measured, phrasing.odds(found[p], u, unit.text));
            ranked.push_back(std::move(unit));
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
