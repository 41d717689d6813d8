#include "app/retrieval/embedding_cache.h"

#include <cstring>

namespace plumbline::retrieval {

using store::Blob;
using store::Database;
using store::Row;

Result<EmbeddingCache> EmbeddingCache::open(Database& database, const std::string& identity)
{
    auto done = database.run("INSERT OR IGNORE INTO embedding_models (identity) VALUES (?1)", {identity});
    if (!done) {
        return tl::unexpected(done.error());
    }
    auto model = database.integer("SELECT key FROM embedding_models WHERE identity = ?1", {identity});
    if (!model) {
        return tl::unexpected(model.error());
    }
    return EmbeddingCache(database, *model);
}

Result<std::int64_t> EmbeddingCache::find(const std::string& digest)
{
    return m_database->integer("SELECT key FROM embeddings WHERE model = ?1 AND digest = ?2",
                               {m_model, digest});
}

Result<std::vector<std::int64_t>> EmbeddingCache::keep(std::span<const std::string> digests,
                                                       const std::vector<std::vector<float>>& vectors)
{
    std::vector<std::int64_t> keys;
    auto done = m_database->transaction([&]() -> Result<void> {
        for (std::size_t i = 0; i < digests.size(); ++i) {
            std::string bytes(reinterpret_cast<const char*>(vectors[i].data()),
                              vectors[i].size() * sizeof(float));
            auto inserted =
                m_database->run("INSERT INTO embeddings (model, digest, vector) VALUES (?1, ?2, ?3)",
                                {m_model, digests[i], Blob{std::move(bytes)}});
            if (!inserted) {
                return inserted;
            }
            keys.push_back(m_database->lastInsertId());
        }
        return {};
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return keys;
}

Result<std::vector<float>> EmbeddingCache::read(std::int64_t key)
{
    std::vector<float> vector;
    auto done = m_database->run("SELECT vector FROM embeddings WHERE key = ?1", {key}, [&](const Row& row) {
        const std::string_view bytes = row.bytes(0);
        vector.resize(bytes.size() / sizeof(float));
        std::memcpy(vector.data(), bytes.data(), vector.size() * sizeof(float));
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (vector.empty()) {
        return failure(ErrorCode::NotFound, "a kept vector is gone; run `plumbline index` again");
    }
    return vector;
}

Result<void> EmbeddingCache::use(std::span<const EmbeddingUse> uses)
{
    return m_database->transaction([&]() -> Result<void> {
        for (const EmbeddingUse& one : uses) {
            auto done = m_database->run("INSERT OR IGNORE INTO embedding_uses VALUES (?1, ?2)",
                                        {one.chunk, one.embedding});
            if (!done) {
                return done;
            }
        }
        return {};
    });
}

Result<void> pruneEmbeddings(Database& database)
{
    auto any = database.integer("SELECT EXISTS (SELECT 1 FROM embedding_models)");
    if (!any || *any == 0) {
        return any ? Result<void>() : tl::unexpected(any.error());
    }
    return database.transaction([&]() -> Result<void> {
        auto done = database.run(
            "DELETE FROM embedding_models WHERE identity NOT IN (SELECT embedder FROM generations)");
        if (done) {
            done = database.run("DELETE FROM embeddings WHERE NOT EXISTS"
                                " (SELECT 1 FROM embedding_uses u WHERE u.embedding = embeddings.key)");
        }
        return done;
    });
}

} // namespace plumbline::retrieval
