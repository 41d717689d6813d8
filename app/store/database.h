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

namespace plumbline::store {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>; // monostate = NULL

// One row of a result. Column access by position; a NULL or a wrong type reads as the empty value.
class Row {
public:
    explicit Row(void* statement) : m_statement(statement) {}
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::string_view textView(int column) const; // valid until the next row

private:
    void* m_statement;
};

// One connection. Not shared between threads: each job opens its own.
class Database {
public:
    // Opens `file`, which must have been migrated (migrate() in migrations.h). Errors: NotFound, Denied, Corrupt, Database;
    // each says what to do. `stop` aborts a running statement with Cancelled.
    static Result<Database> open(const std::filesystem::path& file, std::stop_token stop = {});

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // Runs one statement with positional parameters (?1 …) and calls `onRow` for each row; `onRow` may be empty.
    Result<void> run(std::string_view sql, const std::vector<Value>& parameters = {},
                     const std::function<void(const Row&)>& onRow = {});

    // Runs several statements separated by ';' without parameters.
    Result<void> script(std::string_view sql);

    std::int64_t lastInsertId() const;
    std::int64_t changes() const;

    // Runs `body` inside BEGIN IMMEDIATE … COMMIT; an error from it rolls back and is passed on.
    Result<void> transaction(const std::function<Result<void>()>& body);

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
    friend Result<void> migrate(const std::filesystem::path& file);
};

} // namespace plumbline::store
