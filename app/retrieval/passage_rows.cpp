#include "app/retrieval/passage_rows.h"

#include <algorithm>

#include "app/base/digest.h"
#include "app/corpus/document_rows.h"

namespace plumbline::retrieval {

Result<void> readWords(store::Database& database, Passage& passage)
{
    return database.run("SELECT c.heading, c.start, c.finish, substr(t.text, c.start + 1, c.finish - c.start)"
                        " FROM chunks c JOIN document_texts t ON t.document = c.document WHERE c.key = ?1",
                        {passage.chunkKey}, [&](const store::Row& row) {
                            passage.heading = row.text(0);
                            passage.span = {static_cast<std::size_t>(row.integer(1)),
                                            static_cast<std::size_t>(row.integer(2))};
                            passage.text = row.text(3);
                        });
}

Result<void> readUnits(store::Database& database, Passage& passage)
{
    auto done = database.run("SELECT units FROM chunks WHERE key = ?1", {passage.chunkKey},
                             [&](const store::Row& row) {
                                 passage.units = corpus::decodeUnits(row.bytes(0), passage.span.start);
                             });
    for (const corpus::Unit& unit : passage.units) {
        const bool known = !unit.header || passage.span.contains(*unit.header) ||
                           std::ranges::any_of(passage.outside, [&](const Slice& slice) {
                               return slice.span == *unit.header;
                           });
        if (done && !known) {
            done = database.run("SELECT substr(text, ?2, ?3) FROM document_texts WHERE document = ?1",
                                {passage.documentKey, static_cast<std::int64_t>(unit.header->start) + 1,
                                 static_cast<std::int64_t>(unit.header->size())},
                                [&](const store::Row& row) {
                                    passage.outside.push_back({*unit.header, row.text(0)});
                                });
        }
    }
    return done;
}

Result<void> verifyText(store::Database& database, std::int64_t document, const std::filesystem::path& file)
{
    std::string path;
    bool sound = false;
    auto done = database.run("SELECT d.path, d.digest, t.text FROM documents d"
                             " JOIN document_texts t ON t.document = d.key WHERE d.key = ?1",
                             {document}, [&](const store::Row& row) {
                                 path = row.text(0);
                                 sound = sha256Hex(row.bytes(2)) == row.bytes(1);
                             });
    if (done && !sound) {
        return failure(ErrorCode::Corrupt,
                       "the database is damaged (the text of " + (path.empty() ? "a document" : path) +
                           "): run `plumbline index --rebuild`",
                       file.string());
    }
    return done;
}

} // namespace plumbline::retrieval
