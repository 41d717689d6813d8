#include "app/grounding/assessment.h"

#include <algorithm>

#include "app/grounding/fitted_weights.h"

namespace plumbline::grounding {

namespace {

constexpr double kDecided = 0.5;  // log-odds at least, once a doubt decides
constexpr double kPerDoubt = 1.0; // and more for each

} // namespace

Result<Assessment> assess(std::string_view answer, SourceIndex& sources, const std::stop_token& stop)
{
    Assessment assessment;
    const Terms terms = termsOf(answer);
    FeatureSum whole;
    for (std::size_t i = 0; i < terms.sentences.size(); ++i) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "cancelled");
        }
        const AlignedSentence aligned = align(terms, i, sources);
        SentenceAssessment sentence;
        sentence.range = terms.sentences[i];
        FeatureSum own;
        own.add(aligned);
        whole.add(aligned);
        sentence.features = own.values();
        checkFacts(terms, aligned, sources, sentence.doubts);
        checkClauses(terms, aligned, sources, sentence.doubts);
        if (aligned.coverage > 0) {
            sentence.evidence.push_back(aligned.window);
            if (aligned.coverageOfTwo > aligned.coverage + 0.05) {
                sentence.evidence.push_back(aligned.second);
            }
        }
        assessment.sentences.push_back(std::move(sentence));
    }
    assessment.features = whole.values();
    return assessment;
}

double logOdds(const Features& features, const Doubts& doubts)
{
    double odds = kGroundingBias;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        odds += kGroundingWeights[i] * features[i];
    }
    const auto decisive = std::ranges::count_if(doubts, [](const Doubt& doubt) { return doubt.decides; });
    return decisive == 0 ? odds : std::max(odds, kDecided) + kPerDoubt * static_cast<double>(decisive);
}

} // namespace plumbline::grounding
