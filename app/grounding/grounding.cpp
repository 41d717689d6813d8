#include "app/grounding/grounding.h"

#include <algorithm>
#include <cmath>

#include "app/grounding/assessment.h"

namespace plumbline::grounding {

namespace {

double supportOf(double odds)
{
    return 1 / (1 + std::exp(odds));
}

std::string detailOf(const Doubt& doubt, std::string_view answer)
{
    constexpr std::size_t kShown = 80;
    std::string_view said = answer.substr(doubt.begin, doubt.end - doubt.begin);
    const bool cut = said.size() > kShown;
    if (cut) {
        std::size_t end = kShown;
        while (end > 0 && (static_cast<unsigned char>(said[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        said = said.substr(0, end);
    }
    return "'" + foldedWhitespace(said) + (cut ? " …" : "") + "': " + doubt.detail;
}

// The sentence of the sources around a place, once each.
void addEvidence(const SourceIndex& index, const std::vector<CodePoints>& sources,
                 const std::vector<std::size_t>& places, std::vector<SourcePlace>& evidence)
{
    for (const std::size_t place : places) {
        const SourceIndex::Placed& placed = index.at(place);
        const SentenceRange range = index.terms(placed.source).sentences[placed.term->sentence];
        const CodePoints& points = sources[placed.source];
        const SourcePlace found{placed.source, {points.fromByte(range.begin), points.fromByte(range.end)}};
        const bool known = std::ranges::any_of(evidence, [&](const SourcePlace& one) {
            return one.source == found.source && one.span == found.span;
        });
        if (!known) {
            evidence.push_back(found);
        }
    }
}

SentenceVerdict verdictOf(const SentenceAssessment& sentence, std::string_view answer,
                          const CodePoints& points)
{
    SentenceVerdict verdict;
    verdict.span = {points.fromByte(sentence.range.begin), points.fromByte(sentence.range.end)};
    verdict.score =
        sentence.verbatim ? 1 : supportOf(logOdds(sentence.features, sentence.doubts, sentence.close));
    verdict.supported = verdict.score >= 0.5;
    for (const Doubt& doubt : sentence.doubts) {
        verdict.reasons.push_back({doubt.kind,
                                   {points.fromByte(doubt.begin), points.fromByte(doubt.end)},
                                   detailOf(doubt, answer)});
    }
    return verdict;
}

// The whole can be too far from its sources though no sentence is by itself: then the weakest one answers for
// it.
void settle(Verdict& verdict)
{
    const auto weakest = std::ranges::min_element(verdict.sentences, {}, &SentenceVerdict::score);
    verdict.supported = verdict.score >= 0.5;
    if (weakest == verdict.sentences.end() || verdict.supported) {
        return;
    }
    if (weakest->supported) {
        weakest->score = verdict.score;
        weakest->supported = false;
    }
    for (SentenceVerdict& sentence : verdict.sentences) {
        if (!sentence.supported && sentence.reasons.empty()) {
            sentence.reasons.push_back(
                {"paraphrase", sentence.span, "its words are too far from those of the sources"});
        }
    }
}

} // namespace

Result<Verdict> ground(std::string_view answer, const std::vector<std::string>& sources, std::stop_token stop)
{
    if (sources.empty()) {
        return failure(ErrorCode::BadInput, "expected at least one source");
    }
    SourceIndex index(sources);
    const auto assessment = assess(answer, index, stop);
    if (!assessment) {
        return tl::unexpected(assessment.error());
    }
    const CodePoints points(answer);
    std::vector<CodePoints> sourcePoints;
    for (const std::string& source : sources) {
        sourcePoints.emplace_back(source);
    }
    Verdict verdict;
    Doubts all;
    for (const SentenceAssessment& sentence : assessment->sentences) {
        verdict.sentences.push_back(verdictOf(sentence, answer, points));
        addEvidence(index, sourcePoints, sentence.evidence, verdict.sentences.back().evidence);
        all.insert(all.end(), sentence.doubts.begin(), sentence.doubts.end());
    }
    if (!std::ranges::all_of(assessment->sentences, &SentenceAssessment::verbatim)) {
        verdict.score = supportOf(logOdds(assessment->features, all, assessment->close));
        settle(verdict);
    }
    return verdict;
}

} // namespace plumbline::grounding
