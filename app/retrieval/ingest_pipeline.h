// Reads, cuts and indexes many files on two threads while the caller's thread keeps what comes out. Which
// writer takes which file depends only on the list, so the same folder always gives the same index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/corpus/ingest.h"
#include "app/retrieval/ranked_index.h"

namespace plumbline::retrieval {

struct IngestTask {
    std::string path;                           // as kept in the documents table
    const corpus::JsonlDocument* row = nullptr; // an imported row instead of a file
    std::uint64_t bytes = 0;
    std::string knownDigest;   // source digest of what is kept already; equal = nothing to do
    bool inQuarantine = false; // what is known is that it is in quarantine
};

struct IngestResult {
    std::size_t task = 0;
    bool unchanged = false;
    corpus::Ingested made;
    std::size_t writer = 0;         // Ready: whose segment holds its chunks, …
    std::uint32_t firstOrdinal = 0; // … from this ordinal on
    double milliseconds = 0;
};

class IngestPipeline {
public:
    // `folders[i]` is where writer i makes its segment; there are as many threads.
    IngestPipeline(std::filesystem::path home, std::vector<std::filesystem::path> folders,
                   corpus::IngestSettings settings, std::set<std::string> released);

    // Calls `keep` on this thread, once per task, in the order of completion. An error of `keep` or of a
    // writer ends the run. Files that cannot be read are results, not errors.
    Result<void> run(const std::vector<IngestTask>& tasks, std::stop_token stop,
                     const std::function<Result<void>(IngestResult&&)>& keep);

    // One per folder; null where there was nothing to write.
    std::vector<std::unique_ptr<SegmentWriter>>& writers() { return m_writers; }

private:
    struct Exchange;
    void work(std::size_t worker, const std::vector<IngestTask>& tasks, std::size_t first, std::size_t last,
              Exchange& exchange);
    Result<IngestResult> one(std::size_t worker, const std::vector<IngestTask>& tasks, std::size_t index,
                             const std::stop_token& stop);
    Result<void> index(std::size_t worker, IngestResult& result);

    std::filesystem::path m_home;
    std::vector<std::filesystem::path> m_folders;
    corpus::IngestSettings m_settings;
    std::set<std::string> m_released;
    std::vector<std::unique_ptr<SegmentWriter>> m_writers;
};

} // namespace plumbline::retrieval
