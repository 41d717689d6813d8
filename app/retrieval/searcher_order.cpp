// The order of a search: both stages fused, the features, and what endpoints add.
#include <algorithm>

#include "app/retrieval/passage_rows.h"
#include "app/retrieval/searcher_state.h"
#include "app/retrieval/vector_identity.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kReranked = 30; // candidates whose text is looked at for the features

bool usesFeatures(const Profile& profile)
{
    return profile.headingWeight > 0 || profile.phraseWeight > 0 || profile.proximityWeight > 0 ||
           profile.identifierWeight > 0;
}

// Only those looked at change places: the others stay behind them.
void order(std::vector<Passage>& ranked, std::size_t looked)
{
    std::stable_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(looked),
                     [](const Passage& left, const Passage& right) { return left.score > right.score; });
    for (std::size_t i = looked; looked > 0 && i < ranked.size(); ++i) {
        ranked[i].score = std::min(ranked[i].score, ranked[i - 1].score);
    }
}

Result<std::vector<double>> relevanceOf(const llm::Reranker& reranker, const SearchRequest& request,
                                        const std::vector<std::string>& texts, const std::stop_token& stop)
{
    auto relevance = reranker.rerank(request.query, texts, stop);
    if (!relevance) {
        Error error = relevance.error();
        error.message += "; a search with a profile without `reranker` needs no endpoint";
        return tl::unexpected(std::move(error));
    }
    const bool sound = relevance->size() == texts.size() &&
                       std::ranges::all_of(*relevance, [](double one) { return one >= 0 && one <= 1; });
    if (!sound) {
        return failure(ErrorCode::Network,
                       "the reranker " + reranker.identity() + " answered " +
                           std::to_string(relevance->size()) + " values for " + std::to_string(texts.size()) +
                           " passages, or some outside of 0 to 1; check that its endpoint in "
                           "workspace.yaml serves rerank");
    }
    return relevance;
}

} // namespace

// The vectors of the generation in service must be those of this embedder.
Result<void> Searcher::State::checkVectors(const llm::Embedder& embedder, const Work& work) const
{
    const Profile& profile = work.request.profile;
    const std::string wanted = vectorIdentity(embedder, profile);
    if (loaded->embedder().empty()) {
        return failure(ErrorCode::NotFound,
                       "the index has no vectors of the embedder '" + profile.embedder + "' (" + wanted +
                           "): let retrieval.profile in workspace.yaml name a profile with it, and run "
                           "`plumbline index`",
                       "profile " + profile.name);
    }
    if (loaded->embedder() != wanted) {
        return failure(ErrorCode::Conflict,
                       "the vectors of the index are of " + loaded->embedder() +
                           ", and the question would be of " + wanted +
                           ": run `plumbline index` (and open the workspace again where it is open)",
                       "profile " + profile.name);
    }
    const std::size_t dimensions = loaded->index().endpointDimensions();
    if (!work.vector.empty() && dimensions != 0 && dimensions != work.vector.size()) {
        return otherDimensions(embedder, work.vector.size(), dimensions);
    }
    return {};
}

// The lock is let go while the endpoint works; a generation put into service meanwhile is checked again.
Result<void> Searcher::State::embedQuestion(Work& work)
{
    const Profile& profile = work.request.profile;
    auto embedder = embedderOf(services, profile.embedder);
    auto done = embedder ? checkVectors(**embedder, work) : tl::unexpected(embedder.error());
    if (!done) {
        return done;
    }
    work.lock.unlock();
    auto vector = questions.of(**embedder, profile.queryPrefix + work.request.query, work.stop);
    work.lock.lock();
    if (!vector) {
        Error error = vector.error();
        error.message += "; a search with a profile without `embedder` needs no endpoint";
        return tl::unexpected(std::move(error));
    }
    work.vector = std::move(*vector);
    work.vectorOf = vectorIdentity(**embedder, profile);
    done = follow(work.database);
    return done ? checkVectors(**embedder, work) : done;
}

Passage Searcher::State::passageOf(const Candidate& candidate) const
{
    const DocumentFacts& document = loaded->document(candidate.ordinal);
    Passage passage;
    passage.documentKey = document.key;
    passage.chunkKey = loaded->owner(candidate.ordinal).chunk;
    passage.ordinal = candidate.ordinal;
    passage.document = document.id;
    passage.title = document.title;
    passage.version = document.version;
    passage.approval = document.approval;
    passage.path = document.path;
    passage.scores = {candidate.lexical, candidate.vector, candidate.fused, candidate.fused};
    passage.score = candidate.fused;
    passage.latentCosine = candidate.latent;
    passage.embeddedScore = candidate.embedded;
    return passage;
}

// Both stages, fused, with the texts of nobody.
Result<std::vector<Passage>> Searcher::State::fused(const Work& work, Side side) const
{
    const SearchRequest& request = work.request;
    const Gate& gate = loaded->gate(request.asOf);
    const Allowed* const filter = side == Side::KeptOut ? &gate.keptOut : gate.open ? nullptr : &gate.allowed;
    const std::size_t count = std::max(request.profile.candidates, request.top);
    auto candidates = loaded->index().candidates(work.query(), request.profile, filter, count, work.stop);
    if (!candidates) {
        return tl::unexpected(candidates.error());
    }
    std::vector<Passage> ranked;
    ranked.reserve(candidates->size());
    for (const Candidate& candidate : *candidates) {
        ranked.push_back(passageOf(candidate));
    }
    return ranked;
}

// Reads the words of the first `looked` and adds the features to their scores; they keep their places.
Result<void> Searcher::State::addFeatures(Work& work, std::vector<Passage>& ranked, std::size_t looked) const
{
    std::vector<ChunkText> texts;
    for (std::size_t i = 0; i < looked; ++i) {
        if (auto done = readWords(work.database, ranked[i]); !done) {
            return done;
        }
        texts.push_back({ranked[i].title, ranked[i].heading, ranked[i].text});
    }
    if (!usesFeatures(work.request.profile)) {
        return {};
    }
    const std::vector<RerankFeatures> features = loaded->index().features(work.request.query, texts);
    for (std::size_t i = 0; i < looked; ++i) {
        ranked[i].scores.rerank = rerankScore(ranked[i].scores.fused, features[i], work.request.profile);
        ranked[i].score = ranked[i].scores.rerank;
        ranked[i].embeddedScore = rerankScore(ranked[i].embeddedScore, features[i], work.request.profile);
    }
    return {};
}

// What the endpoint thinks of the first `looked`. The lock is let go while it works; false when another
// generation or other records came into service meanwhile.
Result<bool> Searcher::State::addRelevance(Work& work, const llm::Reranker& reranker,
                                           std::vector<Passage>& ranked, std::size_t looked)
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < looked; ++i) {
        texts.push_back(textForEndpoint(ranked[i].title, ranked[i].heading, ranked[i].text));
    }
    const auto before = std::pair(loaded->number(), loaded->epoch());
    work.lock.unlock();
    auto relevance = relevanceOf(reranker, work.request, texts, work.stop);
    work.lock.lock();
    if (!relevance) {
        return tl::unexpected(relevance.error());
    }
    if (auto done = follow(work.database); !done) {
        return tl::unexpected(done.error());
    }
    const double weight = work.request.profile.rerankerWeight;
    for (std::size_t i = 0; i < looked; ++i) {
        StageScores& scores = ranked[i].scores;
        scores.relevance = (*relevance)[i];
        scores.rerank = weight * *scores.relevance + (1 - weight) * scores.rerank;
        ranked[i].score = scores.rerank;
    }
    work.reranker = reranker.identity();
    return std::pair(loaded->number(), loaded->epoch()) == before;
}

Result<std::shared_ptr<const llm::Reranker>> Searcher::State::chooseReranker(const Profile& profile) const
{
    if (profile.reranker.empty() || profile.rerankerWeight <= 0) {
        return nullptr;
    }
    return rerankerOf(services, profile.reranker);
}

// The ranked list of everything usable: the one list behind search, retrieve, ask and both pages.
Result<std::vector<Passage>> Searcher::State::rank(Work& work, Side side)
{
    const Profile& profile = work.request.profile;
    // The text of drafts and expired versions goes to nobody's server.
    const auto reranker = side == Side::KeptOut ? Result<std::shared_ptr<const llm::Reranker>>(nullptr)
                                                : chooseReranker(profile);
    if (!reranker) {
        return tl::unexpected(reranker.error());
    }
    while (true) {
        auto ranked = fused(work, side);
        const std::size_t most = *reranker ? profile.rerankCandidates : usesFeatures(profile) ? kReranked : 0;
        const std::size_t looked = ranked ? std::min(ranked->size(), most) : 0;
        auto done = ranked ? addFeatures(work, *ranked, looked) : tl::unexpected(ranked.error());
        Result<bool> current = true;
        if (done && *reranker && looked > 0) {
            current = addRelevance(work, **reranker, *ranked, looked);
        }
        if (!done || !current) {
            return tl::unexpected(!done ? done.error() : current.error());
        }
        if (*current) {
            order(*ranked, looked);
            for (Passage& passage : *ranked) {
                const bool embedded = work.vectorOf.empty() && !*reranker;
                passage.embeddedScore = embedded ? passage.score : passage.embeddedScore;
            }
            return ranked;
        }
        // What was ranked is not what is in service now: once more.
        if (!work.vectorOf.empty()) {
            if (done = embedQuestion(work); !done) {
                return tl::unexpected(done.error());
            }
        }
    }
}

} // namespace plumbline::retrieval
