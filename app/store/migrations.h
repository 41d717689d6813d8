// Numbered migrations, forward only. The number of the newest stands in PRAGMA user_version.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace plumbline::store {

struct Migration {
    int version = 0;      // 1, 2, 3, … without gaps
    std::string_view sql; // runs in one transaction
};

const std::vector<Migration>& migrations();

// The schema version this program writes.
int currentVersion();

// Creates the database, or brings an older one forward; before each step, but for a new one, the file is
// copied to `<file>.backup-v<N>` (kept until the next migration). A database newer than the program is
// refused (Unsupported) and not touched. A file that is not a healthy SQLite database is Corrupt. Safe when
// two processes do it at once.
Result<void> migrate(const std::filesystem::path& file, const std::vector<Migration>& steps = migrations());

} // namespace plumbline::store
