#include "app/store/check.h"

#include <sqlite3.h>

#include "app/store/database.h"

namespace plumbline::store {

Result<int> checkWhole(const std::filesystem::path& file)
{
    auto database = Database::open(file);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::string finding;
    auto done = database->run("PRAGMA quick_check(1)", {}, [&](const Row& row) {
        if (row.bytes(0) != "ok") {
            finding = row.text(0);
        }
    });
    if (done) {
        done = database->run("PRAGMA foreign_key_check", {}, [&](const Row& row) {
            finding = "a row of " + row.text(0) + " refers to one of " + row.text(2) + " that is not there";
        });
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (!finding.empty()) {
        return failure(ErrorCode::Corrupt,
                       "the database is damaged: " + finding +
                           "; move the .plumbline folder aside and run `plumbline index`",
                       file.string());
    }
    auto version = database->integer("PRAGMA user_version");
    if (!version) {
        return tl::unexpected(version.error());
    }
    return static_cast<int>(*version);
}

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

} // namespace plumbline::store
