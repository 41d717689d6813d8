// Gives the chunks of segments being made their vectors from an embedder, through the cache: only what is new
// is asked for.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/llm/embedder.h"
#include "app/retrieval/embedding_cache.h"
#include "app/retrieval/generation_rows.h"
#include "app/retrieval/profile.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

struct SegmentToEmbed {
    std::filesystem::path folder;
    const std::vector<ChunkOwner>* owners = nullptr; // by ordinal
};

class ChunkEmbedding {
public:
    // Keeps references; `cache` is of the embedder's identity.
    ChunkEmbedding(store::Database& database, EmbeddingCache& cache, const llm::Embedder& embedder,
                   const Profile& profile, std::stop_token stop, const ProgressFn& progress);

    // Writes the file of endpoint vectors into each folder. Chunks of documents outside of `live` get the
    // zero vector. `dimensions`: of the vectors in segments carried over, 0 = there are none. What the
    // embedder gave is kept batch by batch. Errors: the embedder's (nothing is written then), Cancelled,
    // BadInput (the model gives vectors of another size now), the store's and the file's.
    Result<void> run(const std::vector<SegmentToEmbed>& segments, const std::set<std::int64_t>& live,
                     std::size_t dimensions);

    std::size_t asked() const { return m_asked; }   // texts sent to the embedder
    std::size_t reused() const { return m_reused; } // chunks whose vector was at hand

private:
    struct Missing {
        std::size_t segment = 0;
        std::size_t ordinal = 0;
        std::string digest;
    };

    Result<void> look(const std::vector<SegmentToEmbed>& segments, const std::set<std::int64_t>& live);
    Result<void> ask(const std::vector<SegmentToEmbed>& segments);
    Result<void> askBatch();
    Result<void> settleDimensions();
    Result<void> write(const SegmentToEmbed& segment, const std::vector<std::int64_t>& keys);
    Result<const std::string*> textOf(const ChunkOwner& owner);
    Result<void> readDocument(std::int64_t document);
    void report();

    store::Database& m_database;
    EmbeddingCache& m_cache;
    const llm::Embedder& m_embedder;
    const Profile& m_profile;
    std::stop_token m_stop;
    const ProgressFn& m_progress;
    std::chrono::steady_clock::time_point m_begun;

    std::int64_t m_document = 0;                           // whose texts are at hand
    std::unordered_map<std::int64_t, std::string> m_texts; // by chunk
    std::vector<std::vector<std::int64_t>> m_keys;         // of each segment, by ordinal; 0 = none
    std::vector<Missing> m_missing;
    std::unordered_map<std::string, std::int64_t> m_new; // by digest; 0 = still to be asked for
    std::vector<std::string> m_batch;                    // texts, and their digests
    std::vector<std::string> m_batchDigests;
    std::size_t m_dimensions = 0;
    std::size_t m_asked = 0;
    std::size_t m_reused = 0;
};

} // namespace plumbline::retrieval
