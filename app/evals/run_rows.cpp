#include "app/evals/run_rows.h"

#include <algorithm>

#include "app/evals/run_json.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using store::Value;

bool notExecuted(const std::vector<AssertionResult>& assertions)
{
    return std::ranges::any_of(assertions, [](const AssertionResult& one) {
        return one.outcome == Outcome::NotExecutable || notExecuted(one.parts);
    });
}

// The parts of a whole result that its light row keeps as JSON.
ordered_json figuresOf(const ordered_json& whole, const CaseResult& result)
{
    ordered_json kept = {{"figures", whole.at("figures")},
                         {"named", whole.at("named")},
                         {"latency", whole.at("latency")},
                         {"usage", whole.at("usage")}};
    if (notExecuted(result.assertions)) {
        kept["not_executed"] = true;
    }
    return kept;
}

} // namespace

std::string stored(const ordered_json& value)
{
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<std::int64_t> keyOfRun(store::Database& database, std::string_view run)
{
    auto key =
        run == "latest"
            ? database.integer("SELECT key FROM eval_runs ORDER BY started DESC, key DESC LIMIT 1", {}, -1)
            : database.integer("SELECT key FROM eval_runs WHERE id = ?1", {std::string(run)}, -1);
    if (key && *key < 0) {
        return failure(ErrorCode::NotFound, run == "latest" ? std::string("there are no runs yet")
                                                            : "there is no run '" + std::string(run) +
                                                                  "'; `plumbline eval list` shows them");
    }
    return key;
}

Result<OpenedRun> openRun(const std::filesystem::path& file, std::string_view run)
{
    auto database = store::Database::open(file);
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto key = keyOfRun(*database, run);
    if (!key) {
        return tl::unexpected(key.error());
    }
    return OpenedRun{std::move(*database), *key};
}

Result<Positions> positionsOf(store::Database& database, std::int64_t run)
{
    Positions positions;
    auto read =
        database.run("SELECT c.id, c.position FROM eval_cases c JOIN eval_runs r ON r.suite = c.suite "
                     "WHERE r.key = ?1",
                     {run}, [&](const store::Row& row) { positions[row.text(0)] = row.integer(1); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return positions;
}

Result<void> writeResult(store::Database& database, std::int64_t run, std::int64_t position,
                         const CaseResult& result)
{
    const ordered_json whole = toJson(result);
    const std::int64_t variant = result.variant;
    const std::int64_t repeat = result.repeat;
    auto light = database.run(
        "INSERT OR REPLACE INTO eval_results (run, position, variant, repeat, state, refusal, passed, score, "
        "cached, cost, latency_ms, figures, finished)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        {run, position, variant, repeat, std::string(toString(result.state)), result.refusalKind,
         std::int64_t{result.passed}, result.score, std::int64_t{result.cached},
         result.cost ? Value(result.cost->microUsd) : Value(), result.latency.total,
         stored(figuresOf(whole, result)), plumbline::toString(result.finished)});
    if (!light) {
        return light;
    }
    return database.run("INSERT OR REPLACE INTO eval_details (run, position, variant, repeat, content)"
                        " VALUES (?1, ?2, ?3, ?4, ?5)",
                        {run, position, variant, repeat, stored(whole)});
}

Result<CaseResult> lightResultOf(const store::Row& row)
{
    ordered_json value = ordered_json::parse(row.bytes(8), nullptr, false);
    if (value.is_discarded()) {
        return failure(ErrorCode::Corrupt, "the figures of a stored result cannot be read");
    }
    value["case"] = row.text(10);
    value["variant"] = row.integer(0);
    value["repeat"] = row.integer(1);
    value["state"] = row.text(2);
    value["refusal"] = row.text(3);
    value["passed"] = row.integer(4) != 0;
    value["score"] = row.real(5);
    value["cached"] = row.integer(6) != 0;
    if (!row.isNull(7)) {
        value["cost"] = row.integer(7);
    }
    value["finished"] = row.text(9);
    value["error"] = "";
    value["output"] = "";
    value["answer"] = "";
    value["assertions"] = ordered_json::array();
    return resultFrom(value);
}

} // namespace plumbline::evals
