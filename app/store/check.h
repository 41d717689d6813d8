// Is a database whole?
#pragma once

#include <filesystem>
#include <string>

#include "app/base/result.h"

namespace plumbline::store {

// PRAGMA quick_check and foreign_key_check; gives the schema version. Corrupt names the first finding.
Result<int> checkWhole(const std::filesystem::path& file);

std::string sqliteVersion();

} // namespace plumbline::store
