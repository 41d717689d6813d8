// The ranked index on disk: immutable segments of chunks (a Xapian shard and a file of vectors each) and one
// latent space; and the reader that ranks over several of them as one. Knows ordinals, not documents: who
// owns a chunk and whether it may be used is the caller's business (Searcher).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/retrieval/profile.h"
#include "app/retrieval/text_model.h"

namespace plumbline::retrieval {

// What of a chunk can be found.
struct ChunkText {
    std::string_view title;   // of the document
    std::string_view heading; // path inside it
    std::string_view body;
};

// Groups of words and phrases that mean the same: {{"kyc", "know your customer"}, …}.
using Synonyms = std::vector<std::vector<std::string>>;

class LatentSpace;

// Writes one segment. Ordinals are the order of add(). One object per thread.
class SegmentWriter {
public:
    // Creates `folder` (must not exist). Errors: DiskFull, Denied, Io.
    static Result<std::unique_ptr<SegmentWriter>> create(const std::filesystem::path& folder);
    ~SegmentWriter();
    SegmentWriter(const SegmentWriter&) = delete;
    SegmentWriter& operator=(const SegmentWriter&) = delete;

    Result<void> add(const ChunkText& chunk);
    std::size_t size() const;

    // Commits the lexical shard, folds every chunk into `space` and writes the vectors; all synced when it
    // returns.
    Result<void> finish(const LatentSpace& space, std::stop_token stop);

private:
    friend class LatentSpace;
    struct State;
    explicit SegmentWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// The latent semantic space: term weights and the left singular vectors of the sampled term-chunk matrix
// (randomised SVD: Halko, Martinsson & Tropp 2011). Immutable, safe to share between threads.
class LatentSpace {
public:
    // Fits on a deterministic sample of the chunks the writers hold. An empty or tiny corpus gives a space of
    // fewer dimensions.
    static Result<std::shared_ptr<const LatentSpace>> fit(const std::vector<const SegmentWriter*>& writers,
                                                          int dimensions, std::stop_token stop);
    static Result<std::shared_ptr<const LatentSpace>> load(const std::filesystem::path& file);
    Result<void> save(const std::filesystem::path& file) const; // atomically

    // Share of the new chunks' term weight that the space does not know, 0..1, of all chunks in the writers.
    double drift(const std::vector<const SegmentWriter*>& writers) const;
    std::string identity() const; // digest of its content: vectors of different spaces are never compared
    ~LatentSpace();

private:
    friend class SegmentWriter;
    friend class RankedIndex;
    struct State;
    explicit LatentSpace(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// One bit per chunk, by global ordinal.
using Allowed = std::vector<bool>;

// A question put to the index.
struct IndexQuery {
    std::string_view words;
    std::span<const float> vector =
        {}; // by the embedder of the endpoint vectors, to be compared with those;
            // empty = the words are folded into the latent space and compared there
};

struct Candidate {
    std::uint32_t ordinal = 0; // global: segments in the order given, each with its chunks in order
    double lexical = 0;        // BM25
    double vector = 0;         // cosine
    double fused = 0;          // 0..1
    double latent = 0;         // cosine in the latent space, also where `vector` is of an endpoint
    double embedded = 0;       // fused with that one
};

// Term of the query with its share of one chunk's BM25.
struct TermWeight {
    std::string term;
    double weight = 0;
};

// Re-ranking features of one candidate against the query, each 0..1, from the text itself.
struct RerankFeatures {
    double heading = 0;    // share of query terms in title and heading path
    double phrase = 0;     // longest run of query terms in query order / query terms
    double proximity = 0;  // smallest window holding the matched terms
    double identifier = 0; // share of the query's identifiers found whole
};

// Reader over segments that were written with the same space. Thread-safe by locking inside; memory-maps the
// vectors.
class RankedIndex final : public TextModel {
public:
    // `embedder`: identity of what the endpoint vectors beside the latent ones are from; empty = none are
    // read. Errors: Corrupt ("the index is damaged: run `plumbline index --rebuild`"), NotFound.
    static Result<std::shared_ptr<const RankedIndex>> open(const std::vector<std::filesystem::path>& segments,
                                                           const std::filesystem::path& space,
                                                           Synonyms synonyms, std::string_view embedder = {});
    ~RankedIndex() override;

    std::size_t chunks() const;
    std::size_t chunks(std::size_t segment) const;
    std::size_t endpointDimensions() const; // 0 = there are no endpoint vectors

    // The best `count` allowed chunks of each stage, fused; best first, ties by ordinal. `allowed` null = all
    // are.
    Result<std::vector<Candidate>> candidates(const IndexQuery& query, const Profile& profile,
                                              const Allowed* allowed, std::size_t count,
                                              std::stop_token stop) const;

    // The same scores for given chunks, for "why not?".
    Result<std::vector<Candidate>> score(const IndexQuery& query, const Profile& profile,
                                         const std::vector<std::uint32_t>& ordinals) const;
    Result<std::vector<TermWeight>> explain(std::string_view query, const Profile& profile,
                                            std::uint32_t ordinal) const;
    // Of several (different) chunks at once, in their order.
    Result<std::vector<std::vector<TermWeight>>> explain(std::string_view query, const Profile& profile,
                                                         const std::vector<std::uint32_t>& ordinals) const;

    // Re-ranking features of each of the chunks.
    std::vector<RerankFeatures> features(std::string_view query, const std::vector<ChunkText>& chunks) const;

    // BM25 of an ideal chunk that holds every query term, for scale.
    double maximumLexical(std::string_view query, const Profile& profile) const;

    std::vector<Term> terms(std::string_view text) const override;
    double rarity(std::string_view term) const override;
    bool known(std::string_view term) const override;
    std::vector<std::string> synonymTerms(std::string_view text) const override;
    std::vector<Alternative> alternatives(std::string_view text) const override;
    std::vector<float> embed(std::string_view text) const override;

private:
    struct State;
    explicit RankedIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

RerankFeatures rerankFeatures(const TextModel& model, std::string_view query, const ChunkText& chunk);
double rerankScore(double fused, const RerankFeatures& features, const Profile& profile); // 0..1

} // namespace plumbline::retrieval
