// Batches: JSON Lines in, JSON Lines out, one row in, one row out, same order, same id.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/cli/session.h"

namespace plumbline::cli {

// The answer to one row (without its id). An Error becomes {"id", "error": {code, message}} and the others go
// on; Cancelled ends the batch.
using RowFn = std::function<Result<nlohmann::ordered_json>(const nlohmann::json& row)>;

// Reads `in` row by row and writes `out` through OUT.partial, renamed when whole. Sets session.exitCode: 0, 2
// when a row was bad, 3 when a file cannot be read or written, 130 when stopped (the finished rows stay in
// OUT.partial). Keys: the row's `id` or `_id`.
void runBatch(Session& session, const std::filesystem::path& in, const std::filesystem::path& out,
              const RowFn& answer);

// A string field of a row. BadInput names it.
Result<std::string> textField(const nlohmann::json& row, const char* name);

} // namespace plumbline::cli
