#include "app/corpus/document_rows.h"

#include <nlohmann/json.hpp>

namespace plumbline::corpus {

namespace {

using store::Blob;
using store::Database;
using store::Row;
using store::Value;

Value dateValue(const std::optional<Date>& date)
{
    return date ? Value(plumbline::toString(*date)) : Value();
}

std::optional<Date> dateOf(const Row& row, int column)
{
    if (row.isNull(column)) {
        return std::nullopt;
    }
    auto date = parseDate(row.bytes(column));
    return date ? std::optional<Date>(*date) : std::nullopt;
}

std::vector<std::string> listOf(const Row& row, int column)
{
    const auto json = nlohmann::json::parse(row.bytes(column), nullptr, false);
    return json.is_array() ? json.get<std::vector<std::string>>() : std::vector<std::string>{};
}

std::string listText(const std::vector<std::string>& list)
{
    return nlohmann::json(list).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// What the records of approval make of what a file declares.
void resolve(StoredDocument& document, std::string_view record, bool approvedByDefault, bool voided)
{
    const auto declared = document.facts.state;
    document.approvalVoid = voided && record.empty();
    if (declared == State::Superseded) {
        document.state = State::Superseded;
        document.approval = Approval::FrontMatter;
    } else if (!record.empty()) {
        document.state = State::Approved;
        document.approval = record == "record" ? Approval::Recorded : Approval::FrontMatter;
    } else if (declared == State::Draft || declared == State::InReview) {
        document.state = *declared;
    } else if (document.imported || (approvedByDefault && !voided)) { // a voided approval is no default
        document.state = State::Approved;
        document.approval = Approval::ByDefault;
    } else {
        document.state = declared || voided ? State::InReview : State::Draft;
    }
}

constexpr std::string_view kSelectDocuments = R"sql(
SELECT d.key, d.path, d.source_digest, d.digest, d.id, d.version, d.title, d.owner, d.state, d.effective, d.expires,
       d.classification, d.tags, d.supersedes, d.imported, d.characters, d.chunks,
       (SELECT a.source FROM approvals a WHERE a.digest = d.digest AND a.id = d.id AND a.void_at IS NULL
        ORDER BY a.source DESC LIMIT 1),
       (SELECT approved_by_default FROM service),
       EXISTS (SELECT 1 FROM approvals a WHERE a.id = d.id AND a.version = d.version AND a.void_at IS NOT NULL)
FROM generation_documents g JOIN documents d ON d.key = g.document
WHERE g.generation = ?1 ORDER BY d.key)sql";

StoredDocument documentOf(const Row& row)
{
    StoredDocument document;
    document.key = row.integer(0);
    document.path = row.text(1);
    document.sourceDigest = row.text(2);
    document.digest = row.text(3);
    FrontMatter& facts = document.facts;
    facts.id = row.text(4);
    facts.version = row.text(5);
    facts.title = row.text(6);
    facts.owner = row.text(7);
    if (!row.isNull(8)) {
        if (auto state = parseState(row.bytes(8))) {
            facts.state = *state;
        }
    }
    facts.effective = dateOf(row, 9);
    facts.expires = dateOf(row, 10);
    facts.classification = row.text(11);
    facts.tags = listOf(row, 12);
    facts.supersedes = listOf(row, 13);
    document.imported = row.integer(14) != 0;
    document.characters = static_cast<std::size_t>(row.integer(15));
    document.chunks = static_cast<std::size_t>(row.integer(16));
    resolve(document, row.bytes(17), row.integer(18) != 0, row.integer(19) != 0);
    return document;
}

Result<void> insertChunks(Database& database, std::int64_t document, std::int64_t firstChunk,
                          const std::vector<Chunk>& chunks)
{
    std::int64_t key = firstChunk;
    for (const Chunk& chunk : chunks) {
        auto done =
            database.run("INSERT INTO chunks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                         {key++, document, chunk.heading, static_cast<std::int64_t>(chunk.span.start),
                          static_cast<std::int64_t>(chunk.span.end), static_cast<std::int64_t>(chunk.words),
                          encodeUnits(chunk.units, chunk.span.start)});
        if (!done) {
            return done;
        }
    }
    return {};
}

} // namespace

Result<InsertedDocument> insertDocument(Database& database, const StoredDocument& document,
                                        const ExtractedText& text, const std::vector<Chunk>& chunks,
                                        const MinHashSignature& shingles)
{
    const FrontMatter& facts = document.facts;
    std::string signature(reinterpret_cast<const char*>(shingles.data()), sizeof(shingles));
    const Value state = facts.state ? Value(std::string(toString(*facts.state))) : Value();
    auto done = database.run(
        "INSERT INTO documents (path, source_digest, digest, id, version, title, owner, state, effective, "
        "expires, classification,"
        " tags, supersedes, imported, characters, chunks, outline, shingles, warnings)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        {document.path, document.sourceDigest, document.digest, facts.id, facts.version, facts.title,
         facts.owner, state, dateValue(facts.effective), dateValue(facts.expires), facts.classification,
         listText(facts.tags), listText(facts.supersedes), std::int64_t{document.imported ? 1 : 0},
         static_cast<std::int64_t>(document.characters), static_cast<std::int64_t>(chunks.size()),
         encodeBlocks(text.blocks), Blob{std::move(signature)}, listText(text.warnings)});
    if (!done) {
        return tl::unexpected(done.error());
    }
    InsertedDocument inserted;
    inserted.key = database.lastInsertId();
    if (done = database.run("INSERT INTO document_texts VALUES (?1, ?2)", {inserted.key, text.text}); !done) {
        return tl::unexpected(done.error());
    }
    auto last = database.integer("SELECT max(key) FROM chunks");
    if (!last) {
        return tl::unexpected(last.error());
    }
    inserted.firstChunk = *last + 1;
    if (done = insertChunks(database, inserted.key, inserted.firstChunk, chunks); !done) {
        return tl::unexpected(done.error());
    }
    return inserted;
}

Result<std::int64_t> generationInService(Database& database)
{
    return database.integer("SELECT generation FROM service");
}

Result<std::vector<StoredDocument>> readDocuments(Database& database, std::int64_t generation)
{
    std::vector<StoredDocument> documents;
    auto done = database.run(kSelectDocuments, {generation},
                             [&](const Row& row) { documents.push_back(documentOf(row)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return documents;
}

Result<std::string> readText(Database& database, std::int64_t document)
{
    std::string text;
    auto done = database.run("SELECT text FROM document_texts WHERE document = ?1", {document},
                             [&](const Row& row) { text = row.text(0); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return text;
}

Result<std::vector<Block>> readOutline(Database& database, std::int64_t document)
{
    std::vector<Block> blocks;
    auto done = database.run("SELECT outline FROM documents WHERE key = ?1", {document},
                             [&](const Row& row) { blocks = decodeBlocks(row.bytes(0)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return blocks;
}

Result<std::vector<Chunk>> readChunks(Database& database, std::int64_t document)
{
    std::vector<Chunk> chunks;
    auto done = database.run(
        "SELECT heading, start, finish, words, units FROM chunks WHERE document = ?1 ORDER BY key",
        {document}, [&](const Row& row) {
            Chunk chunk;
            chunk.heading = row.text(0);
            chunk.span = {static_cast<std::size_t>(row.integer(1)), static_cast<std::size_t>(row.integer(2))};
            chunk.words = static_cast<std::size_t>(row.integer(3));
            chunk.units = decodeUnits(row.bytes(4), chunk.span.start);
            chunks.push_back(std::move(chunk));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return chunks;
}

std::vector<Verdict> judge(const std::vector<StoredDocument>& documents, Date asOf)
{
    std::vector<Version> versions;
    versions.reserve(documents.size());
    for (const StoredDocument& document : documents) {
        versions.push_back({document.facts.id, document.facts.version, document.state, document.approval,
                            false, document.facts.effective, document.facts.expires,
                            document.facts.supersedes});
    }
    return judge(versions, asOf);
}

} // namespace plumbline::corpus
