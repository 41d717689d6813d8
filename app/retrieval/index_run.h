// One run of the indexer, step by step: what is there, what changed, new segments, a new generation in
// service.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/base/progress.h"
#include "app/corpus/ingest.h"
#include "app/retrieval/generation_rows.h"
#include "app/retrieval/indexer.h"
#include "app/retrieval/ingest_pipeline.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// The caller holds the index lock for as long as this lives.
class IndexRun {
public:
    IndexRun(std::filesystem::path home, std::filesystem::path state, const IndexOptions& options,
             const ModelServices& services, store::Database& database, std::stop_token stop,
             const ProgressFn& progress);

    Result<IndexReport> run();

private:
    // A segment being made: its folder and whose its chunks are, by ordinal.
    struct Growing {
        std::string folder;
        std::vector<ChunkOwner> owners;
        std::unique_ptr<SegmentWriter> writer;
    };
    struct LedgerLine {
        std::string state;
        std::string sourceDigest;
        std::string reason;
        std::string documentId;
    };

    std::filesystem::path indexFolder() const { return m_state / "index"; }

    // index_run.cpp: what is there and what changed
    Result<void> sweep();
    void removeStrays();
    Result<void> readBase();
    void recall(IngestTask& task) const;
    Result<void> listFiles();
    Result<void> listRows();
    Result<void> ingest();
    Result<void> keep(IngestResult&& result);
    Result<void> flush();
    void report(std::uint64_t bytes);
    Result<void> dropDoubles();
    void findRemoved();

    // index_vectors.cpp: vectors of an endpoint, where the profile names one
    Result<void> chooseEmbedder();
    bool embedsAnew() const;
    Result<std::size_t> carriedDimensions() const;
    Result<void> embedChunks();

    // index_switch.cpp: new segments, and the step that puts them into service
    bool hasChanges() const;
    Result<void> chooseCarried();
    Result<void> rewriteFromStore(const std::vector<std::int64_t>& documents);
    Result<void> finishSegments();
    std::vector<const SegmentWriter*> writers() const;
    Result<bool> shouldRefit();
    Result<std::shared_ptr<const LatentSpace>> fitOrLoad();
    Result<void> switchOver();
    Result<void> writeLedger();
    Result<void> recordApprovals();
    Result<void> voidApprovals(const corpus::StoredDocument& document);
    Result<void> writeNotices();
    void fillReport();

    std::filesystem::path m_home;
    std::filesystem::path m_state;
    const IndexOptions& m_options;
    const ModelServices& m_services;
    store::Database& m_database;
    std::stop_token m_stop;
    const ProgressFn& m_progress;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_reported{};
    Timestamp m_now = systemNow();

    std::optional<GenerationRow> m_base;
    std::map<std::string, corpus::StoredDocument> m_before; // by path: the documents of the base generation
    std::map<std::string, LedgerLine> m_ledger;             // by path
    std::vector<corpus::JsonlDocument> m_rows;              // of --from-jsonl
    std::vector<IngestTask> m_tasks;
    std::vector<IngestResult> m_waiting; // read but not yet in the database
    std::size_t m_waitingBytes = 0;
    std::size_t m_done = 0;
    std::uint64_t m_doneBytes = 0;
    std::uint64_t m_totalBytes = 0;

    struct LedgerUpdate {
        std::string path;
        std::string state;
        std::string reason;
        std::string documentId;
        std::string sourceDigest;
        std::uint64_t bytes = 0;
        double milliseconds = 0;
    };
    std::vector<LedgerUpdate> m_updates;
    std::map<std::string, corpus::StoredDocument>
        m_after;                   // by path: the documents of the generation being made
    std::set<std::string> m_fresh; // paths of m_after that are new or changed
    std::vector<Growing> m_growing;
    std::vector<SegmentRow> m_carried;
    std::string m_space;
    std::shared_ptr<const llm::Embedder> m_embedder; // null: the profile names none
    std::string m_vectorsOf;                         // its identity
    IndexReport m_report;
};

} // namespace plumbline::retrieval
