#include "app/assistant/answerability.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumbline::assistant {

namespace {

constexpr std::size_t kTerms = kSignals + 4;
using Weights = std::array<double, kTerms>;

constexpr double kAnsweredBias = 7.27;
constexpr Weights kAnswered = {
    -3.88, 0.44, 7.13, 1.44, 2.08, 11.6, -4.47, 0.298, -2.44, -0.806, -1.66, -1.63, -0.731, -0.403,
    0.765, -3.11, -0.622, 0.197, -1.51, -0.449, 0.511, 1.1, 2.9, 0.318, -0.801, -0.102, -5.66, -6.27,
    2.99};
constexpr double kOnTopicBias = 2.46;
constexpr Weights kOnTopic = {
    0.348, 0.523, 0.823, 1.09, 1.44, 2.92, -4.2, -0.539, -0.273, -0.86, -0.646, -1.24, -3.05, 2.3,
    1.61, 1.65, 0.884, 0.134, -0.0839, 0.0816, -0.178, 1.46, 1.55, 0.787, 0.264, 0.0791, 1.11, 0.16,
    -0.28};

Weights flat(const Evidence& evidence)
{
    Weights all{};
    std::ranges::copy(evidence.best, all.begin());
    all[kSignals] = evidence.bestScore;
    all[kSignals + 1] = evidence.lexical;
    all[kSignals + 2] = evidence.vector;
    all[kSignals + 3] = evidence.margin;
    return all;
}

double logistic(double bias, const Weights& weights, const Evidence& evidence)
{
    const Weights values = flat(evidence);
    double sum = bias;
    for (std::size_t i = 0; i < kTerms; ++i) {
        sum += weights[i] * values[i];
    }
    return 1 / (1 + std::exp(-sum));
}

} // namespace

std::vector<std::pair<std::string, double>> Evidence::named() const
{
    std::vector<std::pair<std::string, double>> all;
    for (std::size_t i = 0; i < kSignals; ++i) {
        all.emplace_back(nameOf(static_cast<Signal>(i)), best[i]);
    }
    all.emplace_back("best_score", bestScore);
    all.emplace_back("lexical", lexical);
    all.emplace_back("vector", vector);
    all.emplace_back("margin", margin);
    return all;
}

Evidence weigh(const Question& question, const retrieval::SearchResult& search, const std::vector<RankedUnit>& units)
{
    Evidence evidence;
    evidence.bestScore = -11;
    if (search.passages.empty() || units.empty() || question.terms.empty()) {
        return evidence;
    }
    const RankedUnit& best = units.front();
    evidence.best = best.measured;
    const double sure = std::clamp(best.score, 1e-5, 1 - 1e-5);
    evidence.bestScore = std::log(sure / (1 - sure));
    for (const retrieval::Passage& passage : search.passages) {
        evidence.vector = std::max(evidence.vector, passage.scores.vector);
        evidence.lexical =
            std::max(evidence.lexical, search.maximumLexical > 0 ? passage.scores.lexical / search.maximumLexical : 0);
    }
    const auto& first = search.passages.front();
    const auto next = std::ranges::find_if(
        search.passages, [&](const retrieval::Passage& other) { return other.document != first.document; });
    evidence.margin = first.score > 0 && next != search.passages.end() ? (first.score - next->score) / first.score : 1;
    return evidence;
}

double probabilityAnswered(const Evidence& evidence)
{
    return logistic(kAnsweredBias, kAnswered, evidence);
}

double probabilityOnTopic(const Evidence& evidence)
{
    return logistic(kOnTopicBias, kOnTopic, evidence);
}

} // namespace plumbline::assistant
