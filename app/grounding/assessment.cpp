#include "app/grounding/assessment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "app/grounding/fitted_weights.h"

namespace plumbline::grounding {

namespace {

constexpr double kDecided = 0.5;   // log-odds at least, once a doubt decides
constexpr double kCloseness = 1.0; // log-odds less for an answer close to its sources
constexpr double kPerDoubt = 1.0;  // and more for each

constexpr double kEvidence = 0.5; // of the best sentence's weight
constexpr std::size_t kMostEvidence = 3;
constexpr double kForeign = 0.4; // share of words that the sources have of a sentence about something else
constexpr double kForeignLiteral = 0.15;
constexpr double kFollows = 0.8; // coverage of a sentence that follows its sources
constexpr double kLiteral = 0.3; // share of plain repeated words that a sentence of the sources has at least
constexpr double kStrays = 0.35; // how much less of a sentence stands in the sources when it was added

// A sentence that the sources have little of, in an answer that otherwise keeps close to them.
void findAdded(Assessment& assessment)
{
    for (SentenceAssessment& sentence : assessment.sentences) {
        double best = 0;
        for (const SentenceAssessment& other : assessment.sentences) {
            if (&other != &sentence && other.terms >= 3) {
                best = std::max(best, other.coverage);
            }
        }
        if (sentence.verbatim) {
            continue;
        }
        const bool strays =
            best >= kFollows && sentence.literal < kLiteral && sentence.coverage < best - kStrays;
        const bool foreign = sentence.literal < kForeignLiteral && sentence.held < kForeign;
        if (sentence.terms >= 2 && (strays || foreign)) {
            sentence.doubts.push_back({"added", sentence.range.begin, sentence.range.end,
                                       "the sources do not speak of most of this", true});
        }
    }
}

// The sentences of the sources that most of the sentence's terms stand in, by rarity, as a place in each.
std::vector<std::size_t> evidenceOf(const AlignedSentence& aligned, const SourceIndex& sources)
{
    struct Vote {
        double weight = 0;
        std::size_t place = 0;
    };
    std::map<std::uint32_t, Vote> votes;
    double most = 0;
    for (const AlignedTerm& term : aligned.terms) {
        std::set<std::uint32_t> voted;
        for (const std::uint32_t place : term.places) {
            const std::uint32_t sentence = sources.at(place).sentence;
            if (voted.insert(sentence).second) {
                Vote& vote = votes[sentence];
                vote.weight += term.weight;
                vote.place = place;
                most = std::max(most, vote.weight);
            }
        }
    }
    std::vector<Vote> kept;
    for (const auto& [sentence, vote] : votes) {
        if (vote.weight >= kEvidence * most) {
            kept.push_back(vote);
        }
    }
    std::ranges::stable_sort(kept, std::greater<>(), &Vote::weight);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < std::min(kept.size(), kMostEvidence); ++i) {
        places.push_back(kept[i].place);
    }
    return places;
}

std::size_t kindOf(const std::string& kind)
{
    static constexpr std::array<std::string_view, kDoubtKinds - 1> kKinds = {
        "name", "negation", "modality", "comparison", "quantifier", "added"};
    const auto found = std::ranges::find(kKinds, kind);
    return found == kKinds.end() ? 0 : static_cast<std::size_t>(found - kKinds.begin()) + 1;
}

// The last features: how many doubts of each kind there are.
void countDoubts(const Doubts& doubts, Features& features)
{
    std::array<double, 2 * kDoubtKinds> counts{};
    for (const Doubt& doubt : doubts) {
        counts[2 * kindOf(doubt.kind) + (doubt.decides ? 1U : 0U)] += 1;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        features[kFeatures - counts.size() + i] = std::log1p(counts[i]);
    }
}

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
        sentence.coverage = aligned.coverageOfTwo;
        sentence.close = aligned.close();
        sentence.held = aligned.held;
        sentence.literal = aligned.literal;
        sentence.terms = aligned.terms.size();
        sentence.verbatim =
            sources.repeats(answer.substr(sentence.range.begin, sentence.range.end - sentence.range.begin));
        if (!sentence.verbatim) {
            checkFacts(terms, aligned, sources, sentence.doubts);
            checkClauses(terms, aligned, sources, sentence.doubts);
        }
        sentence.evidence = evidenceOf(aligned, sources);
        assessment.sentences.push_back(std::move(sentence));
    }
    findAdded(assessment);
    assessment.features = whole.values();
    Doubts all;
    for (SentenceAssessment& sentence : assessment.sentences) {
        countDoubts(sentence.doubts, sentence.features);
        all.insert(all.end(), sentence.doubts.begin(), sentence.doubts.end());
    }
    countDoubts(all, assessment.features);
    assessment.close = std::ranges::all_of(assessment.sentences, &SentenceAssessment::close);
    return assessment;
}

double logOdds(const Features& features, const Doubts& doubts, bool close)
{
    double odds = kGroundingBias - (close ? kCloseness : 0);
    for (std::size_t i = 0; i < kFeatures; ++i) {
        odds += kGroundingWeights[i] * features[i];
    }
    const auto decisive = std::ranges::count_if(doubts, [](const Doubt& doubt) { return doubt.decides; });
    return decisive == 0 ? odds : std::max(odds, kDecided) + kPerDoubt * static_cast<double>(decisive);
}

} // namespace plumbline::grounding
