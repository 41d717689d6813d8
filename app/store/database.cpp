#include "app/store/database.h"

#include <cerrno>
#include <map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <sys/statvfs.h>

#include "app/store/migrations.h"

namespace plumbline::store {

namespace {

constexpr int kBusyTimeoutMs = 10'000;
constexpr int kStepsBetweenStopChecks = 4'000;

// No room for the file in which connections share where pages lie.
bool lacksSharedMemory(int extendedCode)
{
    return extendedCode == SQLITE_IOERR_SHMSIZE || extendedCode == SQLITE_IOERR_SHMMAP ||
           extendedCode == SQLITE_IOERR_SHMOPEN;
}

// SQLite's result code as one of ours, with what the person at the screen can do.
tl::unexpected<Error> databaseError(const SQLite::Exception& error, const std::string& file)
{
    const std::string message = error.what();
    const int code = lacksSharedMemory(error.getExtendedErrorCode()) ? SQLITE_FULL : error.getErrorCode();
    switch (code) {
    case SQLITE_FULL:
        return failure(ErrorCode::DiskFull,
                       "the disk is full; free some space and try again (nothing was lost)", file);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return failure(ErrorCode::Denied,
                       "the database cannot be opened or written (" + message +
                           "); check the permissions of its folder",
                       file);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return failure(ErrorCode::Corrupt,
                       "the database is damaged (" + message +
                           "); move it aside and copy the newest .backup file back, or remove it and run "
                           "`plumbline index`",
                       file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return failure(ErrorCode::Conflict,
                       "another process is writing to the database; try again when it has finished", file);
    case SQLITE_INTERRUPT:
        return failure(ErrorCode::Cancelled, "cancelled");
    case SQLITE_IOERR:
        return failure(ErrorCode::Io,
                       "the database file cannot be read or written (" + message + "); is the disk full?",
                       file);
    default:
        return failure(ErrorCode::Database, message, file);
    }
}

// On a disk that nobody can write to, with nothing in the log that would still have to be taken in.
bool isFrozen(const std::filesystem::path& file)
{
    struct statvfs disk {};
    std::error_code missing;
    const std::uintmax_t waiting = std::filesystem::file_size(file.string() + "-wal", missing);
    return ::statvfs(file.c_str(), &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0 && (missing || waiting == 0);
}

// The name that makes SQLite read without the files it keeps beside a database.
std::string frozenName(const std::filesystem::path& file)
{
    std::string name = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        static constexpr std::string_view kDigits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#') {
            name += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            name += c;
        }
    }
    return name + "?immutable=1";
}

void bind(SQLite::Statement& statement, int index, const Value& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        statement.bind(index, *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
        statement.bind(index, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        statement.bindNoCopy(index, *text);
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
        statement.bindNoCopy(index, blob->bytes.data(), static_cast<int>(blob->bytes.size()));
    } else {
        statement.bind(index);
    }
}

} // namespace

bool Row::isNull(int column) const
{
    return m_statement.isColumnNull(column);
}

std::int64_t Row::integer(int column) const
{
    return m_statement.getColumn(column).getInt64();
}

double Row::real(int column) const
{
    return m_statement.getColumn(column).getDouble();
}

std::string Row::text(int column) const
{
    return std::string(bytes(column));
}

std::string_view Row::bytes(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    const auto* data = static_cast<const char*>(value.getBlob());
    return {data == nullptr ? "" : data, static_cast<std::size_t>(value.getBytes())};
}

struct Database::State {
    State(const std::string& path, int flags) : file(path), connection(path, flags, kBusyTimeoutMs) {}

    std::string file;
    SQLite::Database connection;
    std::stop_token stop;
    std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> idle; // prepared, not running now

    std::unique_ptr<SQLite::Statement> take(std::string_view sql)
    {
        if (auto found = idle.find(sql); found != idle.end()) {
            auto statement = std::move(found->second);
            idle.erase(found);
            return statement;
        }
        return std::make_unique<SQLite::Statement>(connection, std::string(sql));
    }

    void giveBack(std::string_view sql, std::unique_ptr<SQLite::Statement> statement)
    {
        statement->reset();
        statement->clearBindings();
        idle.insert_or_assign(std::string(sql), std::move(statement));
    }
};

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, std::stop_token stop)
{
    return openAny(file, std::move(stop), false);
}

Result<Database> Database::openAny(const std::filesystem::path& file, std::stop_token stop, bool create)
{
    std::error_code ignored;
    if (!create && !std::filesystem::exists(file, ignored)) {
        return failure(ErrorCode::NotFound, "there is no database here yet; run `plumbline index` first",
                       file.string());
    }
    const int flags = SQLite::OPEN_READWRITE | (create ? SQLite::OPEN_CREATE : 0);
    int code = SQLITE_OK;
    auto opened = openAs(file, file.string(), flags, "", stop, code);
    if (!opened &&
        lacksSharedMemory(code)) { // one connection alone needs none: reading goes on while the disk is full
        opened = openAs(file, file.string(), flags, "PRAGMA locking_mode = EXCLUSIVE;", stop, code);
    }
    if (!opened && (code & 0xFF) == SQLITE_CANTOPEN && isFrozen(file)) {
        opened = openAs(file, frozenName(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI, "", stop, code);
    }
    return opened;
}

Result<Database> Database::openAs(const std::filesystem::path& file, const std::string& name, int flags,
                                  const std::string& first, const std::stop_token& stop, int& code)
{
    try {
        auto state = std::make_unique<State>(name, flags);
        state->file = file.string();
        state->stop = stop;
        // A flag that the handler reads survives being raised before the query starts; sqlite3_interrupt does
        // not.
        sqlite3_progress_handler(
            state->connection.getHandle(), kStepsBetweenStopChecks,
            [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; },
            &state->stop);
        state->connection.exec(
            first + "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;"
                    "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                    "PRAGMA user_version;"); // the first look into the file: can it be read at all?
        return Database(std::move(state));
    } catch (const SQLite::Exception& error) {
        code = error.getExtendedErrorCode();
        return databaseError(error, file.string());
    }
}

void Database::setStop(std::stop_token stop)
{
    m_state->stop = std::move(stop);
}

Result<void> Database::run(std::string_view sql, const std::vector<Value>& parameters,
                           const std::function<void(const Row&)>& onRow)
{
    if (m_state->stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, "cancelled");
    }
    try {
        auto statement = m_state->take(sql);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            bind(*statement, static_cast<int>(i) + 1, parameters[i]);
        }
        while (statement->executeStep()) {
            if (onRow) {
                onRow(Row(*statement));
            }
        }
        m_state->giveBack(sql, std::move(statement));
        return {};
    } catch (const SQLite::Exception& error) {
        return databaseError(error, m_state->file);
    }
}

Result<void> Database::script(const std::string& sql)
{
    try {
        m_state->connection.exec(sql);
        return {};
    } catch (const SQLite::Exception& error) {
        return databaseError(error, m_state->file);
    }
}

Result<std::int64_t> Database::integer(std::string_view sql, const std::vector<Value>& parameters,
                                       std::int64_t otherwise)
{
    bool first = true;
    std::int64_t value = otherwise;
    auto done = run(sql, parameters, [&](const Row& row) {
        if (std::exchange(first, false) && !row.isNull(0)) {
            value = row.integer(0);
        }
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return value;
}

std::int64_t Database::lastInsertId() const
{
    return m_state->connection.getLastInsertRowid();
}

std::int64_t Database::changes() const
{
    return sqlite3_changes(m_state->connection.getHandle());
}

Result<void> Database::transaction(const std::function<Result<void>()>& body)
{
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) {
        return begun;
    }
    auto done = body();
    if (done) {
        done = run("COMMIT");
    }
    if (!done && sqlite3_get_autocommit(m_state->connection.getHandle()) == 0) {
        // Not through run(): a stop that was asked for must not keep the rollback from happening.
        sqlite3_progress_handler(m_state->connection.getHandle(), 0, nullptr, nullptr);
        (void)script("ROLLBACK");
        sqlite3_progress_handler(
            m_state->connection.getHandle(), kStepsBetweenStopChecks,
            [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; },
            &m_state->stop);
    }
    return done;
}

} // namespace plumbline::store
