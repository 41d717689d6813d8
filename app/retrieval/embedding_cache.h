// Vectors that an embedder gave once, by the text they are of: what was paid for is not asked for again, also
// after a run that was cut off.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// A chunk and the vector that stands for it.
struct EmbeddingUse {
    std::int64_t chunk = 0;
    std::int64_t embedding = 0; // key in the cache
};

class EmbeddingCache {
public:
    // The vectors of one identity (vectorIdentity()); others are not seen. Keeps a reference.
    static Result<EmbeddingCache> open(store::Database& database, const std::string& identity);

    // The key of the vector for the text with this SHA-256; 0 = not known.
    Result<std::int64_t> find(const std::string& digest);

    // Keeps the vectors in one transaction, and gives their keys in order.
    Result<std::vector<std::int64_t>> keep(std::span<const std::string> digests,
                                           const std::vector<std::vector<float>>& vectors);

    // NotFound: it is gone.
    Result<std::vector<float>> read(std::int64_t key);

    // Records which chunks need which vectors: what nothing needs is pruned.
    Result<void> use(std::span<const EmbeddingUse> uses);

private:
    EmbeddingCache(store::Database& database, std::int64_t model) : m_database(&database), m_model(model) {}

    store::Database* m_database;
    std::int64_t m_model;
};

// Forgets the vectors of identities that no generation kept is made with, and those that no chunk kept needs.
// For the end of a run that succeeded: what a run that failed has paid for waits for the next.
Result<void> pruneEmbeddings(store::Database& database);

} // namespace plumbline::retrieval
