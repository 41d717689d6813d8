// The corpus as people see it: its documents with their states, their texts, and the acts of approving and
// releasing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/actor.h"
#include "app/base/date.h"
#include "app/base/result.h"
#include "app/corpus/applicability.h"
#include "app/corpus/document.h"

namespace plumbline::corpus {

// One document version of the generation in service, or one file that is not in it, with the reason.
struct DocumentRow {
    std::int64_t key = 0; // 0 for a file that was skipped
    std::string id;
    std::string title;
    std::string version;
    std::string path; // relative to the workspace
    State state = State::Draft;
    Approval approval = Approval::None;
    Verdict verdict = Verdict::Draft; // at the date asked
    std::string owner;
    std::optional<Date> effective;
    std::optional<Date> expires;
    std::string classification;
    std::vector<std::string> tags;
    std::size_t chunks = 0;
    std::size_t characters = 0;
    std::string digest; // SHA-256 of the stored text
    std::string reason; // skipped or quarantined: why; approval voided: since when
    bool quarantined = false;
    bool skipped = false;
};

struct DocumentView {
    DocumentRow row;
    std::string text; // stored text; empty for skipped files
    std::vector<Block> blocks;
    std::vector<Chunk> chunks;
};

// A ledger entry: what happened to one file when it was last looked at.
struct LedgerEntry {
    std::string path;
    std::string state; // "indexed", "skipped", "quarantined", "removed"
    std::string reason;
    std::string documentId;
    std::uint64_t bytes = 0;
    double milliseconds = 0;
    Timestamp at;
};

// A notice about the corpus as a whole: near-duplicates, supersession, an approval voided by an edit.
struct Notice {
    std::string kind; // "near_duplicate", "superseded", "approval_void", "same_id"
    std::string detail;
    std::vector<std::string> documents; // "ID@version"
};

class Library {
public:
    // `database` is the workspace's store. Every call opens its own connection; any thread.
    explicit Library(std::filesystem::path database);

    // All versions, by id and version; then skipped files by path. `asOf` decides the verdicts.
    Result<std::vector<DocumentRow>> list(Date asOf, std::stop_token stop = {}) const;

    // `document` is an id, "id@version" or a path. Among versions of an id the one usable at `asOf` comes
    // first, else the newest. NotFound names the nearest ids.
    Result<DocumentView> show(std::string_view document, Date asOf) const;

    // Records an approval bound to the digest of the text now indexed. Conflict when quarantined. Takes
    // effect at once.
    Result<DocumentRow> approve(std::string_view document, const Actor& actor, Timestamp now) const;

    // Releases a quarantined document (this digest) by a named person; the next index run takes it in.
    Result<DocumentRow> release(std::string_view document, const Actor& actor, Timestamp now) const;

    Result<std::vector<LedgerEntry>> ledger() const;
    Result<std::vector<Notice>> notices() const;

private:
    std::filesystem::path m_database;
};

} // namespace plumbline::corpus
