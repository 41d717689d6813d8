// The system of record: one SQLite file, WAL, foreign keys on. The only room that includes SQLite.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/result.h"

namespace SQLite { // NOLINT(readability-identifier-naming): the library's own name
class Statement;
}

namespace plumbline::store {

struct Blob {
    std::string bytes;
};

using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>; // monostate = NULL

// One row of a result. Column access by position; a NULL or a wrong type reads as the empty value.
class Row {
public:
    explicit Row(SQLite::Statement& statement) : m_statement(statement) {}
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::string_view bytes(int column) const; // of a text or a blob; valid until the next row

private:
    SQLite::Statement& m_statement;
};

struct Migration;

// One connection. Not shared between threads: each job opens its own.
class Database {
public:
    // Opens `file`, which must have been migrated (migrate() in migrations.h). Errors: NotFound, Denied,
    // Corrupt, Database; each says what to do. `stop` aborts a running statement with Cancelled. On a full
    // disk and on one mounted read-only the database is still read; writing then is DiskFull or Denied.
    static Result<Database> open(const std::filesystem::path& file, std::stop_token stop = {});

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // From now on this aborts statements; an empty token: nothing does. For clearing up after a stop.
    void setStop(std::stop_token stop);

    // Runs one statement with positional parameters (?1 …) and calls `onRow` for each row; `onRow` may be
    // empty.
    Result<void> run(std::string_view sql, const std::vector<Value>& parameters = {},
                     const std::function<void(const Row&)>& onRow = {});

    // Runs several statements separated by ';' without parameters.
    Result<void> script(const std::string& sql);

    // The first column of the first row, or `otherwise` when there is no row or it is NULL.
    Result<std::int64_t> integer(std::string_view sql, const std::vector<Value>& parameters = {},
                                 std::int64_t otherwise = 0);

    std::int64_t lastInsertId() const;
    std::int64_t changes() const;

    // Runs `body` inside BEGIN IMMEDIATE … COMMIT; an error from it rolls back and is passed on.
    Result<void> transaction(const std::function<Result<void>()>& body);

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
    friend Result<void> migrate(const std::filesystem::path& file, const std::vector<Migration>& steps);
    static Result<Database> openAny(const std::filesystem::path& file, std::stop_token stop, bool create);
    static Result<Database> openAs(const std::filesystem::path& file, const std::string& name, int flags,
                                   const std::string& first, const std::stop_token& stop, int& code);
};

} // namespace plumbline::store
