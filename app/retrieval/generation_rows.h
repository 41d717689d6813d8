// Index generations in the store: which segments and which document versions make up each, and which one is
// in service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

// Whose a chunk of a segment is, by ordinal.
struct ChunkOwner {
    std::int64_t chunk = 0;
    std::int64_t document = 0;
};

struct SegmentRow {
    std::int64_t number = 0;
    std::string folder; // below .plumbline/index
    std::size_t chunks = 0;
};

struct GenerationRow {
    std::int64_t number = 0;
    Timestamp at;
    std::string space; // file of the latent space below .plumbline/index
    double drift = 0;
    std::size_t documents = 0;
    std::size_t chunks = 0;
    std::string embedder;             // identity of what its endpoint vectors are from; empty = it has none
    std::vector<SegmentRow> segments; // in order: global ordinals run through them
};

// The generation with this number; nothing when it is gone.
Result<std::optional<GenerationRow>> readGeneration(store::Database& database, std::int64_t number);
Result<std::vector<GenerationRow>> readGenerations(store::Database& database); // newest first
Result<std::vector<ChunkOwner>> readOwners(store::Database& database, std::int64_t segment);

Result<std::int64_t> insertSegment(store::Database& database, const std::string& folder,
                                   const std::vector<ChunkOwner>& owners);

// Writes the generation as the newest and puts it into service; gives its number. To be called inside a
// transaction.
Result<std::int64_t> putIntoService(store::Database& database, const GenerationRow& generation,
                                    const std::vector<std::int64_t>& documents);

// Forgets all but the newest `keep` generations (and the one in service), and the documents and segments
// nothing refers to any more.
Result<void> forgetOldGenerations(store::Database& database, std::size_t keep);

// Folders and files below .plumbline/index that some generation still needs.
Result<std::vector<std::string>> neededFiles(store::Database& database);

} // namespace plumbline::retrieval
