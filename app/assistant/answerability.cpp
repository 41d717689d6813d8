#include "app/assistant/answerability.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumbline::assistant {

namespace {

constexpr std::size_t kTerms = kSignals + 4;
using Weights = std::array<double, kTerms>;

constexpr double kAnsweredBias = 1.67;
constexpr Weights kAnswered = {-2,    -0.867, 4.05,   0.427,  0.0267, -1.48,  0.318,   0.334, -1.09,
                               -1.09, -1.81,  -0.792, -2.21,  0.254,  0.457,  -3.69,   -1.5,  0.151,
                               -1.18, -0.78,  0,      0.0446, 2.66,   -0.037, -0.0222, 0.565, 2.21};
constexpr double kOnTopicBias = 0.843;
constexpr Weights kOnTopic = {0.46,   0.728,  0.746, 1.55, 1.25, 2.89,   -1.56, -1.33, -0.313,
                              -0.937, -0.909, -1.24, -2.7, 2.37, 1.56,   1.97,  0.896, 0.121,
                              -0.134, -0.244, 0,     1.4,  1.64, 0.0784, 1.17,  0.076, -0.295};

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

Evidence weigh(const Question& question, const retrieval::SearchResult& search,
               const std::vector<RankedUnit>& units)
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
        evidence.vector = std::max(evidence.vector, passage.latentCosine);
        evidence.lexical = std::max(
            evidence.lexical, search.maximumLexical > 0 ? passage.scores.lexical / search.maximumLexical : 0);
    }
    const auto& first = search.passages.front();
    const auto next = std::ranges::find_if(
        search.passages, [&](const retrieval::Passage& other) { return other.document != first.document; });
    evidence.margin =
        first.score > 0 && next != search.passages.end() ? (first.score - next->score) / first.score : 1;
    return evidence;
}

double probabilityAnswered(const Evidence& evidence)
{
    // In a handful of chunks no word is rare, and what is missing weighs nothing: a sentence that shares no
    // word with the question is no answer, whatever else speaks for it.
    if (evidence.best[static_cast<std::size_t>(Signal::ContextAll)] <= 0) {
        return 0;
    }
    return logistic(kAnsweredBias, kAnswered, evidence);
}

double probabilityOnTopic(const Evidence& evidence)
{
    return logistic(kOnTopicBias, kOnTopic, evidence);
}

} // namespace plumbline::assistant
