// Rows of runs in an open connection: shared by the repository and by the journal of a run under way.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/evals/run_repository.h"
#include "app/store/database.h"

namespace plumbline::evals {

// The key of a run; `run` is an id, or "latest". NotFound.
Result<std::int64_t> keyOfRun(store::Database& database, std::string_view run);

// A connection with the key of a run. NotFound, and the store's errors.
struct OpenedRun {
    store::Database database;
    std::int64_t key = 0;
};
Result<OpenedRun> openRun(const std::filesystem::path& file, std::string_view run);

// The position of each case of a run's suite, by id.
using Positions = std::map<std::string, std::int64_t, std::less<>>;
Result<Positions> positionsOf(store::Database& database, std::int64_t run);

// Stores or replaces one result.
Result<void> writeResult(store::Database& database, std::int64_t run, std::int64_t position,
                         const CaseResult& result);

// JSON text as it is stored; what is no UTF-8 is replaced.
std::string stored(const nlohmann::ordered_json& value);

// A result without its long texts, from the columns of kLightColumns and the id of its case behind them.
inline constexpr std::string_view kLightColumns =
    "r.variant, r.repeat, r.state, r.refusal, r.passed, r.score, r.cached, r.cost, r.figures, r.finished";
Result<CaseResult> lightResultOf(const store::Row& row);

} // namespace plumbline::evals
