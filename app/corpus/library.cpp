#include "app/corpus/library.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/text.h"
#include "app/corpus/document_rows.h"
#include "app/store/database.h"

namespace plumbline::corpus {

namespace {

using store::Database;
using store::Row;

DocumentRow rowOf(const StoredDocument& document, Verdict verdict)
{
    DocumentRow row;
    row.key = document.key;
    row.id = document.facts.id;
    row.title = document.facts.title;
    row.version = document.facts.version;
    row.path = document.imported ? std::string() : document.path;
    row.state = document.state;
    row.approval = document.approval;
    row.verdict = verdict;
    row.owner = document.facts.owner;
    row.effective = document.facts.effective;
    row.expires = document.facts.expires;
    row.classification = document.facts.classification;
    row.tags = document.facts.tags;
    row.chunks = document.chunks;
    row.characters = document.characters;
    row.digest = document.digest;
    if (document.approvalVoid) {
        row.reason = "the text changed after it was approved: approve it again";
    }
    return row;
}

// Files of the ledger that are not in the generation: quarantined and skipped ones.
Result<std::vector<DocumentRow>> outside(Database& database)
{
    std::vector<DocumentRow> rows;
    auto done = database.run(
        "SELECT path, state, reason, document_id FROM ledger WHERE state IN ('skipped', 'quarantined')"
        " ORDER BY state, path",
        {}, [&](const Row& entry) {
            DocumentRow row;
            row.path = entry.text(0);
            row.quarantined = entry.bytes(1) == "quarantined";
            row.skipped = !row.quarantined;
            row.reason = entry.text(2);
            row.id = entry.bytes(3).empty() ? row.path : entry.text(3);
            row.title = row.id;
            row.verdict = row.quarantined ? Verdict::Quarantined : Verdict::Draft;
            rows.push_back(std::move(row));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return rows;
}

Result<std::vector<DocumentRow>> allRows(Database& database, Date asOf)
{
    auto generation = generationInService(database);
    if (!generation) {
        return tl::unexpected(generation.error());
    }
    auto documents = readDocuments(database, *generation);
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    const std::vector<Verdict> verdicts = judge(*documents, asOf);
    std::vector<DocumentRow> rows;
    rows.reserve(documents->size());
    for (std::size_t i = 0; i < documents->size(); ++i) {
        rows.push_back(rowOf((*documents)[i], verdicts[i]));
    }
    std::ranges::sort(rows, [](const DocumentRow& left, const DocumentRow& right) {
        return left.id != right.id ? left.id < right.id : compareVersions(left.version, right.version) < 0;
    });
    auto others = outside(database);
    if (!others) {
        return tl::unexpected(others.error());
    }
    rows.insert(rows.end(), std::make_move_iterator(others->begin()), std::make_move_iterator(others->end()));
    return rows;
}

std::size_t commonPrefix(std::string_view left, std::string_view right)
{
    return static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
}

tl::unexpected<Error> unknownDocument(std::string_view name, const std::vector<DocumentRow>& rows)
{
    std::vector<std::pair<std::size_t, std::string>> near;
    const std::string wanted = asciiLower(name);
    for (const DocumentRow& row : rows) {
        const std::string id = asciiLower(row.id);
        const std::size_t shared =
            id.find(wanted) != std::string::npos ? id.size() + 1 : commonPrefix(id, wanted);
        if (shared > 0 &&
            std::ranges::none_of(near, [&](const auto& pair) { return pair.second == row.id; })) {
            near.emplace_back(shared, row.id);
        }
    }
    std::ranges::stable_sort(near, std::greater<>(), [](const auto& pair) { return pair.first; });
    std::string message = "there is no document '" + std::string(name) + "'";
    for (std::size_t i = 0; i < std::min<std::size_t>(near.size(), 3); ++i) {
        message += (i == 0 ? "; nearest: " : ", ") + near[i].second;
    }
    return failure(ErrorCode::NotFound, message + "; `plumbline corpus list` shows all");
}

bool isNamed(const DocumentRow& row, std::string_view name)
{
    return row.id == name || row.path == name || (!row.version.empty() && row.id + "@" + row.version == name);
}

// A row that answers before another under one name: usable first, then what is in the index, then the newest.
bool answersBefore(const DocumentRow& left, const DocumentRow& right)
{
    const bool leftUsable = left.verdict == Verdict::Usable;
    const bool rightUsable = right.verdict == Verdict::Usable;
    if (leftUsable != rightUsable) {
        return leftUsable;
    }
    if ((left.key != 0) != (right.key != 0)) {
        return left.key != 0;
    }
    return compareVersions(left.version, right.version) > 0;
}

Result<DocumentRow> find(Database& database, std::string_view name, Date asOf)
{
    auto rows = allRows(database, asOf);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    const DocumentRow* best = nullptr;
    for (const DocumentRow& row : *rows) {
        if (isNamed(row, name) && (best == nullptr || answersBefore(row, *best))) {
            best = &row;
        }
    }
    if (best == nullptr) {
        return unknownDocument(name, *rows);
    }
    return *best;
}

Result<void> recordApproval(Database& database, const DocumentRow& row, const Actor& actor, Timestamp now)
{
    return database.transaction([&]() -> Result<void> {
        auto done = database.run(
            "INSERT INTO approvals (id, version, digest, actor, known_how, at, source)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'record')",
            {row.id, row.version, row.digest, actor.name, actor.knownHow, plumbline::toString(now)});
        return done ? database.run("UPDATE service SET epoch = epoch + 1") : done;
    });
}

} // namespace

Library::Library(std::filesystem::path database) : m_database(std::move(database)) {}

Result<std::vector<DocumentRow>> Library::list(Date asOf, std::stop_token stop) const
{
    auto database = Database::open(m_database, std::move(stop));
    if (!database) {
        return tl::unexpected(database.error());
    }
    return allRows(*database, asOf);
}

Result<DocumentView> Library::show(std::string_view document, Date asOf) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto row = find(*database, document, asOf);
    if (!row) {
        return tl::unexpected(row.error());
    }
    DocumentView view;
    view.row = *row;
    if (row->key == 0) {
        return view;
    }
    auto text = readText(*database, row->key);
    auto blocks = readOutline(*database, row->key);
    auto chunks = readChunks(*database, row->key);
    if (!text || !blocks || !chunks) {
        return tl::unexpected(!text ? text.error() : !blocks ? blocks.error() : chunks.error());
    }
    view.text = std::move(*text);
    view.blocks = std::move(*blocks);
    view.chunks = std::move(*chunks);
    return view;
}

Result<DocumentRow> Library::approve(std::string_view document, const Actor& actor, Timestamp now) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto row = find(*database, document, today(now));
    if (!row) {
        return row;
    }
    if (row->quarantined) {
        return failure(ErrorCode::Conflict,
                       "is in quarantine (" + row->reason + "); read it, then `plumbline corpus release " +
                           row->id + "`",
                       row->path);
    }
    if (row->skipped) {
        return failure(ErrorCode::Conflict, "was not indexed: " + row->reason, row->path);
    }
    if (row->state == State::Superseded) {
        return failure(ErrorCode::Conflict, "says of itself that it is superseded; approve its successor",
                       row->path);
    }
    if (auto done = recordApproval(*database, *row, actor, now); !done) {
        return tl::unexpected(done.error());
    }
    return find(*database, row->id + "@" + row->version, today(now));
}

Result<DocumentRow> Library::release(std::string_view document, const Actor& actor, Timestamp now) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto rows = allRows(*database, today(now));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    const auto row = std::ranges::find_if(*rows, [&](const DocumentRow& candidate) {
        return candidate.quarantined && isNamed(candidate, document);
    });
    if (row == rows->end()) {
        auto known = find(*database, document, today(now));
        return known ? failure(ErrorCode::Conflict, "is not in quarantine", known->path)
                     : tl::unexpected(known.error());
    }
    auto done = database->run("INSERT OR REPLACE INTO quarantine_releases"
                              " SELECT source_digest, path, ?2, ?3, ?4 FROM ledger WHERE path = ?1",
                              {row->path, actor.name, actor.knownHow, plumbline::toString(now)});
    if (!done) {
        return tl::unexpected(done.error());
    }
    return *row;
}

Result<std::vector<LedgerEntry>> Library::ledger() const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<LedgerEntry> entries;
    auto done = database->run(
        "SELECT path, state, reason, document_id, bytes, milliseconds, at FROM ledger ORDER BY path", {},
        [&](const Row& row) {
            LedgerEntry entry{row.text(0),
                              row.text(1),
                              row.text(2),
                              row.text(3),
                              static_cast<std::uint64_t>(row.integer(4)),
                              row.real(5),
                              {}};
            if (auto at = parseTimestamp(row.bytes(6))) {
                entry.at = *at;
            }
            entries.push_back(std::move(entry));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return entries;
}

Result<std::vector<Notice>> Library::notices() const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<Notice> notices;
    auto done = database->run("SELECT kind, detail, documents FROM notices ORDER BY kind, rowid", {},
                              [&](const Row& row) {
                                  const auto names = nlohmann::json::parse(row.bytes(2), nullptr, false);
                                  notices.push_back({row.text(0), row.text(1),
                                                     names.is_array() ? names.get<std::vector<std::string>>()
                                                                      : std::vector<std::string>{}});
                              });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return notices;
}

} // namespace plumbline::corpus
