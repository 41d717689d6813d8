#include "app/evals/run_repository.h"

#include "app/base/digest.h"
#include "app/evals/run_json.h"
#include "app/evals/run_rows.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using store::Database;
using store::Row;
using store::Value;

constexpr std::string_view kRunColumns =
    "SELECT r.id, r.settings, r.state, r.error, r.actor, r.started, r.ended, r.planned,"
    " (SELECT count(*) FROM eval_results x WHERE x.run = r.key) FROM eval_runs r";

Result<Run> runOf(const Row& row)
{
    auto settings = settingsFrom(ordered_json::parse(row.bytes(1), nullptr, false));
    auto state = runStateFrom(row.bytes(2));
    auto started = parseTimestamp(row.bytes(5));
    if (!settings || !state || !started) {
        return tl::unexpected(!settings ? settings.error() : !state ? state.error() : started.error());
    }
    Run run;
    run.id = row.text(0);
    run.settings = std::move(*settings);
    run.state = *state;
    run.error = row.text(3);
    run.actor = row.text(4);
    run.started = *started;
    if (auto ended = parseTimestamp(row.bytes(6))) {
        run.ended = *ended;
    }
    run.planned = row.integer(7);
    run.done = row.integer(8);
    return run;
}

// Collects what `read` makes of each row; the first error ends it.
template <typename T, typename Fn>
Result<std::vector<T>> collect(Database& database, std::string_view sql, const std::vector<Value>& parameters,
                               Fn&& read)
{
    std::vector<T> all;
    std::optional<Error> broken;
    auto done = database.run(sql, parameters, [&](const Row& row) {
        if (broken) {
            return;
        }
        Result<T> one = read(row);
        if (one) {
            all.push_back(std::move(*one));
        } else {
            broken = one.error();
        }
    });
    if (!done || broken) {
        return tl::unexpected(broken ? *broken : done.error());
    }
    return all;
}

Result<std::int64_t> keepSuite(Database& database, const Suite& suite)
{
    Sha256 sum;
    const std::string head = stored(headJson(suite));
    sum.add(head);
    std::vector<std::string> cases;
    for (const Case& one : suite.cases) {
        cases.push_back(stored(toJson(one)));
        sum.add("\n" + cases.back());
    }
    const std::string digest = sum.hex();
    auto there = database.integer("SELECT key FROM eval_suites WHERE digest = ?1", {digest}, -1);
    if (!there || *there >= 0) {
        return there;
    }
    if (auto kept = database.run("INSERT INTO eval_suites (digest, head, cases) VALUES (?1, ?2, ?3)",
                                 {digest, head, static_cast<std::int64_t>(cases.size())});
        !kept) {
        return tl::unexpected(kept.error());
    }
    const std::int64_t key = database.lastInsertId();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (auto kept = database.run("INSERT INTO eval_cases (suite, position, id, content) VALUES (?1, ?2, "
                                     "?3, ?4)",
                                     {key, static_cast<std::int64_t>(i), suite.cases[i].id, cases[i]});
            !kept) {
            return tl::unexpected(kept.error());
        }
    }
    return key;
}

} // namespace

Result<void> RunRepository::create(const Run& run, const Suite& suite) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return database->transaction([&]() -> Result<void> {
        auto there = database->integer("SELECT count(*) FROM eval_runs WHERE id = ?1", {run.id});
        if (!there || *there > 0) {
            return !there ? Result<void>(tl::unexpected(there.error()))
                          : failure(ErrorCode::Conflict, "there is a run '" + run.id + "' already");
        }
        auto kept = keepSuite(*database, suite);
        if (!kept) {
            return tl::unexpected(kept.error());
        }
        return database->run(
            "INSERT INTO eval_runs (id, suite, settings, state, error, actor, started, ended, planned)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            {run.id, *kept, stored(toJson(run.settings)), std::string(toString(run.state)), run.error,
             run.actor, plumbline::toString(run.started),
             run.ended ? Value(plumbline::toString(*run.ended)) : Value(), run.planned});
    });
}

Result<Run> RunRepository::run(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto found =
        collect<Run>(opened->database, std::string(kRunColumns) + " WHERE r.key = ?1", {opened->key}, runOf);
    if (!found) {
        return tl::unexpected(found.error());
    }
    return std::move(found->front());
}

Result<std::vector<Run>> RunRepository::list(std::size_t count, std::size_t skip) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return collect<Run>(*database,
                        std::string(kRunColumns) + " ORDER BY r.started DESC, r.key DESC LIMIT ?1 OFFSET ?2",
                        {static_cast<std::int64_t>(count), static_cast<std::int64_t>(skip)}, runOf);
}

Result<Suite> RunRepository::suite(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto heads = collect<Suite>(
        opened->database,
        "SELECT s.head FROM eval_suites s JOIN eval_runs r ON r.suite = s.key WHERE r.key = ?1",
        {opened->key},
        [](const Row& row) { return headFrom(ordered_json::parse(row.bytes(0), nullptr, false)); });
    auto cases = collect<Case>(
        opened->database,
        "SELECT c.content FROM eval_cases c JOIN eval_runs r ON r.suite = c.suite WHERE r.key = ?1 ORDER BY "
        "c.position",
        {opened->key},
        [](const Row& row) { return caseFrom(ordered_json::parse(row.bytes(0), nullptr, false)); });
    if (!heads || !cases) {
        return tl::unexpected(!heads ? heads.error() : cases.error());
    }
    Suite suite = std::move(heads->front());
    suite.cases = std::move(*cases);
    return suite;
}

Result<Case> RunRepository::testCase(std::string_view run, std::string_view caseId) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto cases = collect<Case>(
        opened->database,
        "SELECT c.content FROM eval_cases c JOIN eval_runs r ON r.suite = c.suite WHERE r.key = ?1 AND c.id "
        "= ?2",
        {opened->key, std::string(caseId)},
        [](const Row& row) { return caseFrom(ordered_json::parse(row.bytes(0), nullptr, false)); });
    if (!cases) {
        return tl::unexpected(cases.error());
    }
    if (cases->empty()) {
        return failure(ErrorCode::NotFound, "this run has no case '" + std::string(caseId) + "'",
                       std::string(run));
    }
    return std::move(cases->front());
}

Result<void> RunRepository::finish(std::string_view run, RunState state, std::string_view error,
                                   Timestamp at) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    return opened->database.run(
        "UPDATE eval_runs SET state = ?2, error = ?3, ended = ?4 WHERE key = ?1",
        {opened->key, std::string(toString(state)), std::string(error), plumbline::toString(at)});
}

Result<void> RunRepository::reopen(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    return opened->database.run(
        "UPDATE eval_runs SET state = 'running', error = '', ended = NULL WHERE key = ?1", {opened->key});
}

Result<void> RunRepository::remove(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Database& database = opened->database;
    return database.transaction([&]() -> Result<void> {
        if (auto gone = database.run("DELETE FROM eval_runs WHERE key = ?1", {opened->key}); !gone) {
            return gone;
        }
        return database.run("DELETE FROM eval_suites WHERE key NOT IN (SELECT suite FROM eval_runs)");
    });
}

Result<void> RunRepository::add(std::string_view run, const std::vector<CaseResult>& results) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto positions = positionsOf(opened->database, opened->key);
    if (!positions) {
        return tl::unexpected(positions.error());
    }
    return opened->database.transaction([&]() -> Result<void> {
        for (const CaseResult& one : results) {
            const auto position = positions->find(one.caseId);
            if (position == positions->end()) {
                return failure(ErrorCode::NotFound, "this run has no case '" + one.caseId + "'",
                               std::string(run));
            }
            if (auto written = writeResult(opened->database, opened->key, position->second, one); !written) {
                return written;
            }
        }
        return {};
    });
}

} // namespace plumbline::evals
