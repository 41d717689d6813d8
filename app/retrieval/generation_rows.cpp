#include "app/retrieval/generation_rows.h"

#include <cstring>

namespace plumbline::retrieval {

namespace {

using store::Blob;
using store::Database;
using store::Row;

GenerationRow generationOf(const Row& row)
{
    GenerationRow generation;
    generation.number = row.integer(0);
    if (auto at = parseTimestamp(row.bytes(1))) {
        generation.at = *at;
    }
    generation.space = row.text(2);
    generation.drift = row.real(3);
    generation.documents = static_cast<std::size_t>(row.integer(4));
    generation.chunks = static_cast<std::size_t>(row.integer(5));
    generation.embedder = row.text(6);
    return generation;
}

constexpr std::string_view kSelect =
    "SELECT number, at, space, drift, documents, chunks, embedder FROM generations";

} // namespace

Result<std::optional<GenerationRow>> readGeneration(Database& database, std::int64_t number)
{
    std::optional<GenerationRow> found;
    auto done = database.run(std::string(kSelect) + " WHERE number = ?1", {number},
                             [&](const Row& row) { found = generationOf(row); });
    if (done && found) {
        done = database.run("SELECT s.number, s.folder, s.chunks FROM generation_segments g JOIN segments s "
                            "ON s.number = g.segment"
                            " WHERE g.generation = ?1 ORDER BY g.position",
                            {number}, [&](const Row& row) {
                                found->segments.push_back(
                                    {row.integer(0), row.text(1), static_cast<std::size_t>(row.integer(2))});
                            });
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    return found;
}

Result<std::vector<GenerationRow>> readGenerations(Database& database)
{
    std::vector<GenerationRow> all;
    auto done = database.run(std::string(kSelect) + " ORDER BY number DESC", {},
                             [&](const Row& row) { all.push_back(generationOf(row)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

Result<std::vector<ChunkOwner>> readOwners(Database& database, std::int64_t segment)
{
    static_assert(sizeof(ChunkOwner) == 16, "the column `keys` is an array of these");
    std::vector<ChunkOwner> owners;
    auto done = database.run("SELECT keys FROM segments WHERE number = ?1", {segment}, [&](const Row& row) {
        const std::string_view bytes = row.bytes(0);
        owners.resize(bytes.size() / sizeof(ChunkOwner));
        std::memcpy(owners.data(), bytes.data(), owners.size() * sizeof(ChunkOwner));
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return owners;
}

Result<std::int64_t> insertSegment(Database& database, const std::string& folder,
                                   const std::vector<ChunkOwner>& owners)
{
    std::string bytes(reinterpret_cast<const char*>(owners.data()), owners.size() * sizeof(ChunkOwner));
    auto done = database.run("INSERT INTO segments (folder, chunks, keys) VALUES (?1, ?2, ?3)",
                             {folder, static_cast<std::int64_t>(owners.size()), Blob{std::move(bytes)}});
    if (!done) {
        return tl::unexpected(done.error());
    }
    return database.lastInsertId();
}

Result<std::int64_t> putIntoService(Database& database, const GenerationRow& generation,
                                    const std::vector<std::int64_t>& documents)
{
    auto last = database.integer("SELECT max(number) FROM generations");
    if (!last) {
        return last;
    }
    const std::int64_t number = *last + 1;
    auto done = database.run("INSERT INTO generations (number, at, space, drift, documents, chunks, embedder)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                             {number, plumbline::toString(generation.at), generation.space, generation.drift,
                              static_cast<std::int64_t>(documents.size()),
                              static_cast<std::int64_t>(generation.chunks), generation.embedder});
    std::int64_t position = 0;
    for (const SegmentRow& segment : generation.segments) {
        if (done) {
            done = database.run("INSERT INTO generation_segments VALUES (?1, ?2, ?3)",
                                {number, position++, segment.number});
        }
    }
    for (const std::int64_t document : documents) {
        if (done) {
            done = database.run("INSERT INTO generation_documents VALUES (?1, ?2)", {number, document});
        }
    }
    if (done) {
        done = database.run("UPDATE service SET generation = ?1, epoch = epoch + 1", {number});
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    return number;
}

Result<void> forgetOldGenerations(Database& database, std::size_t keep)
{
    return database.transaction([&]() -> Result<void> {
        auto done = database.run("DELETE FROM generations WHERE number NOT IN"
                                 " (SELECT number FROM generations ORDER BY number DESC LIMIT ?1)"
                                 " AND number IS NOT (SELECT generation FROM service)",
                                 {static_cast<std::int64_t>(keep)});
        if (done) {
            done = database.run(
                "DELETE FROM segments WHERE number NOT IN (SELECT segment FROM generation_segments)");
        }
        if (done) {
            done = database.run("DELETE FROM documents WHERE NOT EXISTS"
                                " (SELECT 1 FROM generation_documents g WHERE g.document = documents.key)");
        }
        return done;
    });
}

Result<std::vector<std::string>> neededFiles(Database& database)
{
    std::vector<std::string> files;
    auto done = database.run("SELECT folder FROM segments UNION SELECT space FROM generations", {},
                             [&](const Row& row) { files.push_back(row.text(0)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return files;
}

} // namespace plumbline::retrieval
