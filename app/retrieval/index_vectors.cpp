// Vectors of an endpoint for the segments of a run, where the profile names an embedder.
#include "app/retrieval/index_run.h"

#include "app/retrieval/chunk_embedding.h"
#include "app/retrieval/segment_state.h"
#include "app/retrieval/vector_file.h"
#include "app/retrieval/vector_identity.h"

namespace plumbline::retrieval {

Result<void> IndexRun::chooseEmbedder()
{
    if (m_options.profile.embedder.empty()) {
        return {};
    }
    auto embedder = embedderOf(m_services, m_options.profile.embedder);
    if (!embedder) {
        return tl::unexpected(embedder.error());
    }
    m_embedder = std::move(*embedder);
    m_vectorsOf = vectorIdentity(*m_embedder, m_options.profile);
    m_report.embedder = m_vectorsOf;
    return {};
}

// Another model than that of the generation in service: nothing of its segments can be carried over. A
// profile that names none any more leaves the vectors there are where they are.
bool IndexRun::embedsAnew() const
{
    return m_embedder != nullptr && m_base && m_base->embedder != m_vectorsOf;
}

Result<std::size_t> IndexRun::carriedDimensions() const
{
    for (const SegmentRow& segment : m_carried) {
        auto file = VectorFile::open(indexFolder() / segment.folder / kEndpointVectorFile);
        if (!file) {
            return tl::unexpected(file.error());
        }
        if ((*file)->dimensions() > 0) {
            return (*file)->dimensions();
        }
    }
    return 0;
}

Result<void> IndexRun::embedChunks()
{
    if (m_embedder == nullptr || !hasChanges()) {
        return {};
    }
    auto dimensions = carriedDimensions();
    auto cache = EmbeddingCache::open(m_database, m_vectorsOf);
    if (!dimensions || !cache) {
        return tl::unexpected(!dimensions ? dimensions.error() : cache.error());
    }
    std::vector<SegmentToEmbed> segments;
    for (const Growing& growing : m_growing) {
        if (growing.writer) {
            segments.push_back({indexFolder() / growing.folder, &growing.owners});
        }
    }
    std::set<std::int64_t> live;
    for (const auto& [path, document] : m_after) {
        live.insert(document.key);
    }
    ChunkEmbedding embedding(m_database, *cache, *m_embedder, m_options.profile, m_stop, m_progress);
    auto done = embedding.run(segments, live, *dimensions);
    m_report.embedded = embedding.asked();
    m_report.reused = embedding.reused();
    return done;
}

} // namespace plumbline::retrieval
