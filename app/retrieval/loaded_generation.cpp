#include "app/retrieval/loaded_generation.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kGatesKept = 8;

} // namespace

Result<std::unique_ptr<LoadedGeneration>> LoadedGeneration::open(store::Database& database,
                                                                 const std::filesystem::path& indexFolder,
                                                                 std::int64_t generation,
                                                                 const Synonyms& synonyms)
{
    auto row = readGeneration(database, generation);
    if (!row) {
        return tl::unexpected(row.error());
    }
    if (!*row) {
        return failure(ErrorCode::NotFound, "nothing is indexed yet; run `plumbline index`");
    }
    auto loaded = std::make_unique<LoadedGeneration>();
    loaded->m_row = std::move(**row);
    std::vector<std::filesystem::path> folders;
    for (const SegmentRow& segment : loaded->m_row.segments) {
        folders.push_back(indexFolder / segment.folder);
        auto owners = readOwners(database, segment.number);
        if (!owners) {
            return tl::unexpected(owners.error());
        }
        loaded->m_owners.insert(loaded->m_owners.end(), owners->begin(), owners->end());
    }
    auto index =
        RankedIndex::open(folders, indexFolder / loaded->m_row.space, synonyms, loaded->m_row.embedder);
    if (!index) {
        return tl::unexpected(index.error());
    }
    loaded->m_index = std::move(*index);
    if (loaded->m_index->chunks() != loaded->m_owners.size()) {
        return failure(ErrorCode::Corrupt,
                       "the index does not fit the database; run `plumbline index --rebuild`",
                       indexFolder.string());
    }
    return loaded;
}

Result<void> LoadedGeneration::follow(store::Database& database, std::int64_t epoch)
{
    if (epoch == m_epoch) {
        return {};
    }
    auto done = readDocuments(database);
    if (done) {
        m_epoch = epoch;
    }
    return done;
}

Result<void> LoadedGeneration::readDocuments(store::Database& database)
{
    auto documents = corpus::readDocuments(database, m_row.number);
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    m_gates.clear();
    m_documents.clear();
    m_versions.clear();
    std::unordered_map<std::int64_t, std::uint32_t> byKey;
    for (corpus::StoredDocument& document : *documents) {
        corpus::FrontMatter& facts = document.facts;
        byKey[document.key] = static_cast<std::uint32_t>(m_documents.size());
        m_versions.push_back({facts.id, facts.version, document.state, document.approval, false,
                              facts.effective, facts.expires, std::move(facts.supersedes)});
        m_documents.push_back(
            {document.key, std::move(facts.id), std::move(facts.title), std::move(facts.version),
             document.imported ? std::string() : std::move(document.path), document.approval});
    }
    m_positions.assign(m_owners.size(), kNobody);
    for (std::size_t i = 0; i < m_owners.size(); ++i) {
        if (const auto found = byKey.find(m_owners[i].document); found != byKey.end()) {
            m_positions[i] = found->second;
        }
    }
    return {};
}

const Gate& LoadedGeneration::gate(Date asOf)
{
    if (const auto found = m_gates.find(asOf); found != m_gates.end()) {
        return found->second;
    }
    if (m_gates.size() >= kGatesKept) {
        m_gates.clear();
    }
    Gate gate;
    gate.verdicts = corpus::judge(m_versions, asOf);
    gate.allowed.resize(m_owners.size());
    gate.keptOut.resize(m_owners.size());
    for (std::size_t i = 0; i < m_owners.size(); ++i) {
        if (m_positions[i] != kNobody) {
            const bool usable = gate.verdicts[m_positions[i]] == corpus::Verdict::Usable;
            gate.allowed[i] = usable;
            gate.keptOut[i] = !usable;
            gate.usableChunks += usable ? 1U : 0U;
        }
    }
    gate.open = gate.usableChunks == m_owners.size();
    return m_gates.emplace(asOf, std::move(gate)).first->second;
}

std::vector<std::uint32_t> LoadedGeneration::ordinalsOf(std::size_t position) const
{
    std::vector<std::uint32_t> ordinals;
    for (std::uint32_t i = 0; i < m_positions.size(); ++i) {
        if (m_positions[i] == position) {
            ordinals.push_back(i);
        }
    }
    return ordinals;
}

} // namespace plumbline::retrieval
