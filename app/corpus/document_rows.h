// Document versions in the store: rows in and out. Used by Library, and by the index and search of
// app/retrieval.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/corpus/applicability.h"
#include "app/corpus/document.h"
#include "app/corpus/near_duplicates.h"
#include "app/store/database.h"

namespace plumbline::corpus {

// A document version as it is kept, without its text.
struct StoredDocument {
    std::int64_t key = 0;
    std::string path;         // relative to the workspace, or "import:<id>"
    std::string sourceDigest; // of the bytes it was made from
    std::string digest;       // of the stored text
    FrontMatter facts;        // id, title and version are never empty
    bool imported = false;
    std::size_t characters = 0;
    std::size_t chunks = 0;
    Approval approval = Approval::None; // resolved from the records; not written by insertDocument
    State state = State::Draft;         // likewise
    bool approvalVoid = false;          // likewise: it was approved with another text under the same version
};

// Writes a version with its text and chunks; gives its key. The chunks' keys are consecutive from
// `firstChunk`.
struct InsertedDocument {
    std::int64_t key = 0;
    std::int64_t firstChunk = 0;
};
Result<InsertedDocument> insertDocument(store::Database& database, const StoredDocument& document,
                                        const ExtractedText& text, const std::vector<Chunk>& chunks,
                                        const MinHashSignature& shingles);

// The number of the generation in service, 0 = none yet.
Result<std::int64_t> generationInService(store::Database& database);

// The versions of a generation by key, with state and approval as the records say now.
Result<std::vector<StoredDocument>> readDocuments(store::Database& database, std::int64_t generation);

Result<std::string> readText(store::Database& database, std::int64_t document);
Result<std::vector<Block>> readOutline(store::Database& database, std::int64_t document);
Result<std::vector<Chunk>> readChunks(store::Database& database, std::int64_t document);

// The gate over a set of versions, same order.
std::vector<Verdict> judge(const std::vector<StoredDocument>& documents, Date asOf);

// Compact text forms of the two lists, for the columns `outline` and `units`.
std::string encodeBlocks(const std::vector<Block>& blocks);
std::vector<Block> decodeBlocks(std::string_view text);
std::string encodeUnits(const std::vector<Unit>& units, std::size_t chunkStart);
std::vector<Unit> decodeUnits(std::string_view text, std::size_t chunkStart);

} // namespace plumbline::corpus
