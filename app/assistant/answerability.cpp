#include "app/assistant/answerability.h"

#include <algorithm>
#include <cmath>

#include "app/assistant/fitted_weights.h"

namespace plumbline::assistant {

namespace {

EvidenceWeights flat(const Evidence& evidence)
{
    EvidenceWeights all{};
    std::ranges::copy(evidence.best, all.begin());
    all[kSignals] = evidence.bestScore;
    all[kSignals + 1] = evidence.lexical;
    all[kSignals + 2] = evidence.vector;
    all[kSignals + 3] = evidence.margin;
    return all;
}

double logistic(double bias, const EvidenceWeights& weights, const Evidence& evidence)
{
    const EvidenceWeights values = flat(evidence);
    double sum = bias;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i] * values[i];
    }
    return 1 / (1 + std::exp(-sum));
}

} // namespace

std::vector<std::pair<std::string, double>> Evidence::named() const
{
    std::vector<std::pair<std::string, double>> all;
    for (std::size_t i = 0; i < kSignals; ++i) {
        all.emplace_back(nameOf(i), best[i]);
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
    return std::min(logistic(kAnsweredBias, kAnsweredWeights, evidence), probabilityOnTopic(evidence));
}

double probabilityOnTopic(const Evidence& evidence)
{
    return logistic(kOnTopicBias, kOnTopicWeights, evidence);
}

} // namespace plumbline::assistant
