// A generation opened for searching: its index, whose each chunk is, and what may be used at a date.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/corpus/applicability.h"
#include "app/corpus/document_rows.h"
#include "app/retrieval/generation_rows.h"
#include "app/retrieval/ranked_index.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// What of a document every result names.
struct DocumentFacts {
    std::int64_t key = 0;
    std::string id;
    std::string title;
    std::string version;
    std::string path; // empty for imports
    corpus::Approval approval = corpus::Approval::None;
};

// The gate at one date, by chunk and by document.
struct Gate {
    std::vector<corpus::Verdict> verdicts; // by position in documents()
    Allowed allowed;                       // by global ordinal
    Allowed keptOut;                       // chunks of this generation's documents that may not be used
    std::size_t usableChunks = 0;
    bool open = false; // nothing is kept out: no filter needed
};

// Not thread-safe; Searcher locks.
class LoadedGeneration {
public:
    static Result<std::unique_ptr<LoadedGeneration>> open(store::Database& database,
                                                          const std::filesystem::path& indexFolder,
                                                          std::int64_t generation, const Synonyms& synonyms);

    std::int64_t number() const { return m_row.number; }
    const RankedIndex& index() const { return *m_index; }
    std::shared_ptr<const RankedIndex> share() const { return m_index; }
    bool empty() const { return m_owners.empty(); }
    std::size_t chunks() const { return m_row.chunks; }
    const std::string& embedder() const { return m_row.embedder; } // identity; empty = no endpoint vectors
    std::int64_t epoch() const { return m_epoch; }

    const ChunkOwner& owner(std::uint32_t ordinal) const { return m_owners[ordinal]; }
    const std::vector<DocumentFacts>& documents() const { return m_documents; }
    const DocumentFacts& document(std::uint32_t ordinal) const { return m_documents[m_positions[ordinal]]; }
    std::size_t position(std::uint32_t ordinal) const { return m_positions[ordinal]; }
    std::vector<std::uint32_t> ordinalsOf(std::size_t position) const;

    // Reads states and approvals again when the records changed since; gates are made once per date.
    Result<void> follow(store::Database& database, std::int64_t epoch);
    const Gate& gate(Date asOf);

private:
    static constexpr std::uint32_t kNobody = 0xFFFFFFFF; // chunk of a document that is not in the generation
    Result<void> readDocuments(store::Database& database);

    GenerationRow m_row;
    std::shared_ptr<const RankedIndex> m_index;
    std::vector<ChunkOwner> m_owners;       // by global ordinal
    std::vector<std::uint32_t> m_positions; // by global ordinal: place in m_documents, or kNobody
    std::vector<DocumentFacts> m_documents;
    std::vector<corpus::Version> m_versions; // for the gate, same order
    std::map<Date, Gate> m_gates;
    std::int64_t m_epoch = -1;
};

} // namespace plumbline::retrieval
