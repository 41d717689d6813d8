#include "app/store/migrations.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <unistd.h>

#include "app/base/file.h"
#include "app/store/database.h"

namespace plumbline::store {

namespace {

Result<void> backUp(Database& database, const std::filesystem::path& file, std::int64_t version)
{
    const std::filesystem::path target = file.string() + ".backup-v" + std::to_string(version);
    std::string partial = target.string() + ".XXXXXX"; // of this process alone: another may copy it too
    const int descriptor = ::mkstemp(partial.data());
    if (descriptor < 0) {
        return tl::unexpected(fileError(errno, "keep the backup", target.string()));
    }
    ::close(descriptor); // SQLite writes into a file that is empty
    if (auto copied = database.run("VACUUM INTO ?1", {partial}); !copied) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        return copied;
    }
    std::error_code failed;
    std::filesystem::rename(partial, target, failed);
    if (failed) {
        return tl::unexpected(fileError(failed.value(), "keep the backup", target.string()));
    }
    return syncDirectory(file.parent_path());
}

Result<void> step(Database& database, const Migration& migration)
{
    return database.transaction([&]() -> Result<void> {
        auto version = database.integer("PRAGMA user_version");
        if (!version) {
            return tl::unexpected(version.error());
        }
        if (*version >= migration.version) { // another process was faster
            return {};
        }
        if (auto done = database.script(std::string(migration.sql)); !done) {
            return done;
        }
        return database.script("PRAGMA user_version = " + std::to_string(migration.version));
    });
}

// SQLite does not wait where two change the journal at once (it could be for ever), so the waiting is ours.
Result<void> switchToWal(Database& database)
{
    constexpr auto kPatience = std::chrono::seconds(10);
    const auto begun = std::chrono::steady_clock::now();
    for (;;) {
        auto switched = database.run("PRAGMA journal_mode = WAL");
        if (switched || switched.error().code != ErrorCode::Conflict ||
            std::chrono::steady_clock::now() - begun > kPatience) {
            return switched;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

} // namespace

Result<void> migrate(const std::filesystem::path& file, const std::vector<Migration>& steps)
{
    auto database = Database::openAny(file, {}, true);
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto version = database->integer("PRAGMA user_version");
    if (!version) {
        return tl::unexpected(version.error());
    }
    if (*version > steps.back().version) {
        return failure(ErrorCode::Unsupported,
                       "the database was written by a newer plumbline (schema " + std::to_string(*version) +
                           ", this program knows " + std::to_string(steps.back().version) +
                           "); use that program, or move the .plumbline folder aside and index again",
                       file.string());
    }
    if (*version == steps.back().version) {
        return {};
    }
    if (auto wal = switchToWal(*database); !wal) {
        return wal;
    }
    for (const Migration& migration : steps) {
        if (migration.version <= *version) {
            continue;
        }
        if (*version > 0) { // a new database has nothing to keep
            if (auto kept = backUp(*database, file, migration.version - 1); !kept) {
                return kept;
            }
        }
        if (auto done = step(*database, migration); !done) {
            return done;
        }
    }
    return {};
}

} // namespace plumbline::store
