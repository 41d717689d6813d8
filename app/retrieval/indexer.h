// From a folder of documents to an index generation in service.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/corpus/chunker.h"
#include "app/corpus/loader.h"
#include "app/retrieval/model_services.h"
#include "app/retrieval/profile.h"

namespace plumbline::retrieval {

struct IndexOptions {
    bool rebuild = false;                             // take nothing over from the generation before
    bool refit = false;                               // fit the latent space anew over the stored texts
    std::optional<std::filesystem::path> jsonl;       // import these rows instead of reading the folder
    std::vector<std::string> include = {"documents"}; // folders or files below the workspace
    std::vector<std::string> exclude;                 // glob patterns against the relative path
    bool approvedByDefault = false;                   // approval.default of the workspace
    corpus::LoadLimits limits;
    Profile profile;
};

struct SkippedFile {
    std::string path;
    std::string reason;
};

struct IndexReport {
    std::int64_t generation = 0;
    std::size_t documents = 0;
    std::size_t chunks = 0;
    std::size_t added = 0;
    std::size_t updated = 0;
    std::size_t removed = 0;
    std::size_t unchanged = 0;
    std::vector<SkippedFile> skipped;
    std::vector<SkippedFile> quarantined;
    double seconds = 0;
    double drift = 0;      // of the latent space: 0 = as fitted, 1 = knows nothing of the new text
    bool refitted = false; // whether the latent space was fitted in this run
    std::string embedder;  // identity of what the endpoint vectors are from; empty = the profile names none
    std::size_t embedded = 0; // texts sent to it in this run
    std::size_t reused = 0;   // chunks written whose vector was kept from before
};

struct GenerationInfo {
    std::int64_t number = 0;
    Timestamp at;
    std::size_t documents = 0;
    std::size_t chunks = 0;
    bool inService = false;
    double drift = 0;
    std::string embedder; // identity of what its endpoint vectors are from; empty = it has none
};

class Indexer {
public:
    // `services`: where the profile's embedder is looked up.
    Indexer(std::filesystem::path home, std::filesystem::path state, ModelServices services = {});

    // Looks at every file, takes in what changed and puts a new generation into service in one step. Nothing
    // changed: the generation in service stays. Killed or cancelled at any moment, the last generation stays
    // in service and the next run completes. One writer at a time: Conflict names the other process. Errors:
    // Denied, DiskFull, Corrupt, Database, Cancelled; with an embedder also those of its look-up and Network:
    // the generation in service stays, and what was embedded is kept for the next run.
    Result<IndexReport> run(const IndexOptions& options, std::stop_token stop, const ProgressFn& progress);

    // Puts the generation before the one in service back. NotFound when there is none.
    Result<GenerationInfo> rollback();

    Result<std::vector<GenerationInfo>> generations() const; // newest first

private:
    std::filesystem::path m_home;
    std::filesystem::path m_state;
    ModelServices m_services;
};

} // namespace plumbline::retrieval
