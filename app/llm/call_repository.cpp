#include "app/llm/call_repository.h"

#include "app/store/database.h"

namespace plumbline::llm {

namespace {

using store::Database;
using store::Row;
using store::Value;

std::string dayOf(Timestamp at)
{
    return toString(today(at));
}

// What stands as day and as key of a group.
std::string columnsOf(CallGrouping grouping)
{
    switch (grouping) {
    case CallGrouping::Day:
        return "day, ''";
    case CallGrouping::Model:
        return "'', model";
    case CallGrouping::Workflow:
        return "'', workflow";
    case CallGrouping::Run:
        return "'', run";
    default:
        return "day, model";
    }
}

constexpr const char* kSums =
    ", count(*), sum(outcome <> 'ok'), sum(estimated), sum(replayed), sum(simulated),"
    " sum(cost IS NULL AND NOT simulated), sum(iif(simulated, 0, input)), sum(iif(simulated, 0, cached)),"
    " sum(iif(simulated, 0, output)), sum(iif(simulated, 0, reasoning)),"
    " sum(iif(simulated, 0, coalesce(cost, 0))), sum(iif(simulated, coalesce(cost, 0), 0))"
    " FROM model_calls WHERE day >= ?1 AND day <= ?2 AND (?3 = '' OR run = ?3)";

std::vector<Value> parametersOf(const CallFilter& filter)
{
    return {filter.from ? toString(*filter.from) : std::string(),
            filter.until ? toString(*filter.until) : std::string("9999-12-31"), filter.run};
}

CallTotal totalOf(const Row& row)
{
    CallTotal total;
    total.day = row.text(0);
    total.key = row.text(1);
    total.calls = row.integer(2);
    total.failed = row.integer(3);
    total.estimated = row.integer(4);
    total.replayed = row.integer(5);
    total.simulated = row.integer(6);
    total.unknown = row.integer(7);
    total.usage = {
        {row.integer(8)}, {row.integer(9)}, {row.integer(10)}, {row.integer(11)}, total.estimated > 0};
    total.cost = {row.integer(12)};
    total.simulatedCost = {row.integer(13)};
    return total;
}

CallRecord recordOf(const Row& row)
{
    CallRecord call;
    call.id = row.integer(0);
    if (auto at = parseTimestamp(row.bytes(1))) {
        call.at = *at;
    }
    call.workflow = row.text(2);
    call.run = row.text(3);
    call.prompt = row.text(4);
    call.endpoint = row.text(5);
    call.model = row.text(6);
    call.usage = {
        {row.integer(7)}, {row.integer(8)}, {row.integer(9)}, {row.integer(10)}, row.integer(11) != 0};
    if (!row.isNull(12)) {
        call.cost = Money{row.integer(12)};
    }
    call.held = {row.integer(13)};
    call.simulated = row.integer(14) != 0;
    call.replayed = row.integer(15) != 0;
    call.outcome = row.text(16);
    call.latencyMs = row.real(17);
    call.firstTokenMs = row.real(18);
    call.attempts = static_cast<int>(row.integer(19));
    return call;
}

} // namespace

Result<void> insertCall(Database& database, const CallRecord& call)
{
    const Usage& usage = call.usage;
    return database.run(
        "INSERT INTO model_calls (at, day, workflow, run, prompt, endpoint, model, input, cached, output,"
        " reasoning, estimated, cost, held, simulated, replayed, outcome, latency_ms, first_token_ms, "
        "attempts)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        {toString(call.at),
         dayOf(call.at),
         call.workflow,
         call.run,
         call.prompt,
         call.endpoint,
         call.model,
         usage.input.count,
         usage.cached.count,
         usage.output.count,
         usage.reasoning.count,
         std::int64_t{usage.estimated},
         call.cost ? Value(call.cost->microUsd) : Value(),
         call.held.microUsd,
         std::int64_t{call.simulated},
         std::int64_t{call.replayed},
         call.outcome,
         call.latencyMs,
         call.firstTokenMs,
         std::int64_t{call.attempts}});
}

Result<std::int64_t> CallRepository::record(const CallRecord& call) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    if (auto inserted = insertCall(*database, call); !inserted) {
        return tl::unexpected(inserted.error());
    }
    return database->lastInsertId();
}

Result<std::vector<CallTotal>> CallRepository::totals(CallGrouping grouping, const CallFilter& filter) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    const bool byDay = grouping == CallGrouping::Day || grouping == CallGrouping::DayAndModel;
    std::vector<CallTotal> all;
    auto done = database->run("SELECT " + columnsOf(grouping) + kSums + " GROUP BY 1, 2 ORDER BY " +
                                  (byDay ? "1, 2" : "13 DESC, 2"),
                              parametersOf(filter), [&](const Row& row) { all.push_back(totalOf(row)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

Result<CallTotal> CallRepository::total(const CallFilter& filter) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    CallTotal total;
    auto done = database->run(std::string("SELECT '', ''") + kSums, parametersOf(filter),
                              [&](const Row& row) { total = totalOf(row); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return total;
}

Result<std::vector<CallRecord>> CallRepository::latest(std::size_t count) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<CallRecord> all;
    auto done = database->run(
        "SELECT id, at, workflow, run, prompt, endpoint, model, input, cached, output, reasoning, estimated,"
        " cost, held, simulated, replayed, outcome, latency_ms, first_token_ms, attempts FROM model_calls"
        " ORDER BY id DESC LIMIT ?1",
        {static_cast<std::int64_t>(count)}, [&](const Row& row) { all.push_back(recordOf(row)); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

} // namespace plumbline::llm
