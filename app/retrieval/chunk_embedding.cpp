#include "app/retrieval/chunk_embedding.h"

#include <algorithm>

#include "app/base/digest.h"
#include "app/corpus/document_rows.h"
#include "app/retrieval/segment_state.h"
#include "app/retrieval/vector_file.h"
#include "app/retrieval/vector_identity.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kBatch = 64; // texts in one call: what a kill may cost

} // namespace

ChunkEmbedding::ChunkEmbedding(store::Database& database, EmbeddingCache& cache,
                               const llm::Embedder& embedder, const Profile& profile, std::stop_token stop,
                               const ProgressFn& progress)
    : m_database(database), m_cache(cache), m_embedder(embedder), m_profile(profile), m_stop(std::move(stop)),
      m_progress(progress)
{
}

Result<void> ChunkEmbedding::run(const std::vector<SegmentToEmbed>& segments,
                                 const std::set<std::int64_t>& live, std::size_t dimensions)
{
    m_dimensions = dimensions;
    auto done = look(segments, live);
    if (done) {
        m_begun = std::chrono::steady_clock::now();
        done = ask(segments);
    }
    if (done) {
        for (const Missing& missing : m_missing) {
            m_keys[missing.segment][missing.ordinal] = m_new[missing.digest];
        }
        done = settleDimensions();
    }
    for (std::size_t i = 0; done && i < segments.size(); ++i) {
        done = write(segments[i], m_keys[i]);
    }
    return done;
}

// Which chunks have their vector already.
Result<void> ChunkEmbedding::look(const std::vector<SegmentToEmbed>& segments,
                                  const std::set<std::int64_t>& live)
{
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::vector<ChunkOwner>& owners = *segments[i].owners;
        m_keys.emplace_back(owners.size());
        for (std::size_t ordinal = 0; ordinal < owners.size(); ++ordinal) {
            if (!live.contains(owners[ordinal].document)) {
                continue;
            }
            if (m_stop.stop_requested()) {
                return failure(ErrorCode::Cancelled, "indexing was stopped");
            }
            auto text = textOf(owners[ordinal]);
            if (!text) {
                return tl::unexpected(text.error());
            }
            std::string digest = sha256Hex(**text);
            auto key = m_cache.find(digest);
            if (!key) {
                return tl::unexpected(key.error());
            }
            m_keys[i][ordinal] = *key;
            m_reused += *key != 0 ? 1U : 0U;
            if (*key == 0) {
                m_new.emplace(digest, 0);
                m_missing.push_back({i, ordinal, std::move(digest)});
            }
        }
    }
    return {};
}

Result<void> ChunkEmbedding::ask(const std::vector<SegmentToEmbed>& segments)
{
    report();
    for (const Missing& missing : m_missing) {
        std::int64_t& key = m_new[missing.digest];
        if (key != 0) { // another chunk says the same
            continue;
        }
        auto text = textOf((*segments[missing.segment].owners)[missing.ordinal]);
        if (!text) {
            return tl::unexpected(text.error());
        }
        key = -1; // under way
        m_batch.push_back(**text);
        m_batchDigests.push_back(missing.digest);
        if (m_batch.size() == kBatch) {
            if (auto done = askBatch(); !done) {
                return done;
            }
        }
    }
    return m_batch.empty() ? Result<void>() : askBatch();
}

Result<void> ChunkEmbedding::askBatch()
{
    if (m_stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, "indexing was stopped");
    }
    auto vectors = checkedVectors(m_embedder, m_batch, m_stop);
    if (!vectors) {
        return tl::unexpected(vectors.error());
    }
    auto keys = m_cache.keep(m_batchDigests, *vectors);
    if (!keys) {
        return tl::unexpected(keys.error());
    }
    for (std::size_t i = 0; i < keys->size(); ++i) {
        m_new[m_batchDigests[i]] = (*keys)[i];
    }
    m_asked += m_batch.size();
    m_batch.clear();
    m_batchDigests.clear();
    report();
    return {};
}

// As the segments carried over have it, else as the first vector at hand.
Result<void> ChunkEmbedding::settleDimensions()
{
    for (const std::vector<std::int64_t>& keys : m_keys) {
        const auto first = std::ranges::find_if(keys, [](std::int64_t key) { return key != 0; });
        if (m_dimensions != 0 || first == keys.end()) {
            continue;
        }
        auto vector = m_cache.read(*first);
        if (!vector) {
            return tl::unexpected(vector.error());
        }
        m_dimensions = vector->size();
    }
    return {};
}

Result<void> ChunkEmbedding::write(const SegmentToEmbed& segment, const std::vector<std::int64_t>& keys)
{
    VectorRows rows(m_dimensions);
    std::vector<EmbeddingUse> uses;
    for (std::size_t i = 0; i < keys.size() && m_dimensions > 0; ++i) {
        if (m_stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "indexing was stopped");
        }
        auto vector = keys[i] == 0 ? Result<std::vector<float>>(std::vector<float>(m_dimensions))
                                   : m_cache.read(keys[i]);
        if (!vector) {
            return tl::unexpected(vector.error());
        }
        if (vector->size() != m_dimensions) {
            return otherDimensions(m_embedder, vector->size(), m_dimensions);
        }
        rows.add(*vector);
        if (keys[i] != 0) {
            uses.push_back({(*segment.owners)[i].chunk, keys[i]});
        }
    }
    auto done = m_cache.use(uses);
    return done ? rows.write(segment.folder / kEndpointVectorFile,
                             vectorSpaceOf(vectorIdentity(m_embedder, m_profile)))
                : done;
}

Result<const std::string*> ChunkEmbedding::textOf(const ChunkOwner& owner)
{
    if (owner.document != m_document) {
        if (auto done = readDocument(owner.document); !done) {
            return tl::unexpected(done.error());
        }
    }
    return &m_texts[owner.chunk];
}

Result<void> ChunkEmbedding::readDocument(std::int64_t document)
{
    m_texts.clear();
    m_document = document;
    auto text = corpus::readText(m_database, document);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const CodePoints points(*text);
    return m_database.run("SELECT c.key, c.heading, c.start, c.finish, d.title FROM chunks c"
                          " JOIN documents d ON d.key = c.document WHERE c.document = ?1",
                          {document}, [&](const store::Row& row) {
                              const Span span{static_cast<std::size_t>(row.integer(2)),
                                              static_cast<std::size_t>(row.integer(3))};
                              m_texts[row.integer(0)] =
                                  m_profile.documentPrefix +
                                  textForEndpoint(row.bytes(4), row.bytes(1), points.slice(span));
                          });
}

void ChunkEmbedding::report()
{
    if (!m_progress || m_new.empty()) {
        return;
    }
    Progress progress{"embedding passages", m_asked, m_new.size(), "passages", 0, std::nullopt};
    if (m_asked > 0) {
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
        const double left =
            seconds / static_cast<double>(m_asked) * static_cast<double>(m_new.size() - m_asked);
        progress.timeLeft = std::chrono::milliseconds(static_cast<std::int64_t>(left * 1000));
    }
    m_progress(progress);
}

} // namespace plumbline::retrieval
