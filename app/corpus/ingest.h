// One file, or one imported row, to a document version ready to be kept: load, screen, cut.
#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>

#include "app/base/result.h"
#include "app/corpus/chunker.h"
#include "app/corpus/document_rows.h"
#include "app/corpus/loader.h"
#include "app/corpus/near_duplicates.h"

namespace plumbline::corpus {

struct IngestSettings {
    LoadLimits limits;
    ChunkSizes sizes;
};

enum class IngestOutcome { Ready, Skipped, Quarantined };

struct Ingested {
    IngestOutcome outcome = IngestOutcome::Skipped;
    std::string reason; // Skipped, Quarantined: why; never holds what was found
    StoredDocument document;
    ExtractedText text; // of a quarantined document: empty, its text is not kept
    std::vector<Chunk> chunks;
    MinHashSignature shingles{};
};

// The content of a document file and its sidecar, with the digest that says whether anything changed
// (content, sidecar and the settings that cut it). Errors: those of readFile.
struct SourceBytes {
    std::string bytes;
    std::string sidecar;
    std::string digest;
};
Result<SourceBytes> readSource(const std::filesystem::path& home, const std::string& path,
                               const IngestSettings& settings);

// Never fails but when cancelled: what cannot be read is Skipped with its reason. `released` = a named person
// let this very source out of quarantine.
Result<Ingested> ingestFile(const std::string& path, const SourceBytes& source,
                            const IngestSettings& settings, bool released, std::stop_token stop);

// A row of --from-jsonl, screened like a file; its state is approved by default. `released` = a named person
// let this very row out of quarantine.
Ingested ingestImport(const JsonlDocument& row, const IngestSettings& settings, bool released);
std::string importPath(const std::string& id);
std::string importDigest(const JsonlDocument& row, const IngestSettings& settings);

} // namespace plumbline::corpus
