#include <algorithm>
#include <limits>

#include "app/evals/run_json.h"
#include "app/evals/run_repository.h"
#include "app/evals/run_rows.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using store::Database;
using store::Row;

std::int64_t clamped(std::size_t value)
{
    return static_cast<std::int64_t>(
        std::min<std::size_t>(value, static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())));
}

Result<std::int64_t> positionOf(OpenedRun& opened, const std::string& caseId)
{
    auto position = opened.database.integer(
        "SELECT c.position FROM eval_cases c JOIN eval_runs r ON r.suite = c.suite WHERE r.key = ?1 AND c.id "
        "= ?2",
        {opened.key, caseId}, -1);
    if (position && *position < 0) {
        return failure(ErrorCode::NotFound, "this run has no case '" + caseId + "'");
    }
    return position;
}

CaseState stateOf(std::string_view word)
{
    return word == "answered"  ? CaseState::Answered
           : word == "refused" ? CaseState::Refused
                               : CaseState::Broken;
}

} // namespace

Result<std::vector<ResultRow>> RunRepository::rows(std::string_view run, std::size_t first,
                                                   std::size_t cases) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::vector<ResultRow> all;
    auto done = opened->database.run(
        "SELECT r.position, r.variant, r.repeat, r.state, r.passed, r.cached, r.score, r.latency_ms,"
        " coalesce(r.cost, -1), (SELECT CASE min(v.agrees) WHEN 1 THEN 1 WHEN 0 THEN -1 END FROM "
        "eval_verdicts v WHERE v.run = "
        "r.run AND v.position = r.position AND v.variant = r.variant AND v.repeat = r.repeat),"
        " coalesce(json_extract(r.figures, '$.not_executed'), 0),"
        " coalesce(json_extract(r.figures, '$.figures.hallucinated'), 0)"
        " FROM eval_results r WHERE r.run = ?1 AND r.position >= ?2 AND r.position < ?2 + ?3"
        " ORDER BY r.position, r.variant, r.repeat",
        {opened->key, clamped(first), clamped(cases)}, [&](const Row& row) {
            ResultRow one;
            one.position = static_cast<std::int32_t>(row.integer(0));
            one.variant = static_cast<std::int16_t>(row.integer(1));
            one.repeat = static_cast<std::int16_t>(row.integer(2));
            one.state = stateOf(row.bytes(3));
            one.passed = row.integer(4) != 0;
            one.cached = row.integer(5) != 0;
            one.score = static_cast<float>(row.real(6));
            one.latencyMs = static_cast<float>(row.real(7));
            one.cost = row.integer(8);
            one.agreement = row.isNull(9) ? std::int8_t{0} : static_cast<std::int8_t>(row.integer(9));
            one.notExecuted = row.integer(10) != 0;
            one.hallucinated = row.real(11) > 0;
            all.push_back(one);
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

Result<std::vector<VariantTally>> RunRepository::tallies() const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<VariantTally> all;
    auto done = database->run(
        "SELECT u.id, r.variant, count(*), sum(r.passed), sum(r.state = 'broken'), coalesce(sum(r.cost), 0),"
        " sum(r.cost IS NULL AND r.state != 'broken')"
        " FROM eval_results r JOIN eval_runs u ON u.key = r.run GROUP BY r.run, r.variant",
        {}, [&](const Row& row) {
            VariantTally one;
            one.run = row.text(0);
            one.variant = static_cast<int>(row.integer(1));
            one.results = row.integer(2);
            one.passed = row.integer(3);
            one.broken = row.integer(4);
            one.cost = {row.integer(5)};
            one.unknownCost = row.integer(6);
            all.push_back(std::move(one));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

Result<std::vector<CaseResult>> RunRepository::results(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::vector<CaseResult> all;
    std::optional<Error> broken;
    auto done = opened->database.run(
        "SELECT " + std::string(kLightColumns) +
            ", c.id FROM eval_results r JOIN eval_runs u ON u.key = r.run JOIN eval_cases c ON c.suite = "
            "u.suite AND c.position = r.position WHERE r.run = ?1 ORDER BY r.position, r.variant, r.repeat",
        {opened->key}, [&](const Row& row) {
            auto one = lightResultOf(row);
            if (one && !broken) {
                all.push_back(std::move(*one));
            } else if (!one) {
                broken = one.error();
            }
        });
    if (!done || broken) {
        return tl::unexpected(broken ? *broken : done.error());
    }
    return all;
}

Result<CaseResult> RunRepository::result(std::string_view run, const ResultKey& key) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto position = positionOf(*opened, key.caseId);
    if (!position) {
        return tl::unexpected(position.error());
    }
    Result<CaseResult> found =
        failure(ErrorCode::NotFound,
                "case '" + key.caseId + "' has no result for variant " + std::to_string(key.variant + 1) +
                    ", repeat " + std::to_string(key.repeat + 1),
                std::string(run));
    auto done = opened->database.run(
        "SELECT content FROM eval_details WHERE run = ?1 AND position = ?2 AND variant = ?3 AND repeat = ?4",
        {opened->key, *position, std::int64_t{key.variant}, std::int64_t{key.repeat}},
        [&](const Row& row) { found = resultFrom(ordered_json::parse(row.bytes(0), nullptr, false)); });
    return done ? found : Result<CaseResult>(tl::unexpected(done.error()));
}

Result<void> RunRepository::eachResult(std::string_view run,
                                       const std::function<Result<void>(CaseResult)>& each) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    Result<void> first;
    auto done = opened->database.run(
        "SELECT content FROM eval_details WHERE run = ?1 ORDER BY run, position, variant, repeat",
        {opened->key}, [&](const Row& row) {
            if (!first) {
                return;
            }
            auto one = resultFrom(ordered_json::parse(row.bytes(0), nullptr, false));
            first = one ? each(std::move(*one)) : Result<void>(tl::unexpected(one.error()));
        });
    return done ? first : done;
}

Result<CaseRecords> RunRepository::records(std::string_view suiteName) const
{
    auto database = Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    CaseRecords records;
    auto done = database->run(
        "SELECT c.id, count(*), sum(r.passed) FROM eval_results r JOIN eval_runs u ON u.key = r.run"
        " JOIN eval_suites s ON s.key = u.suite JOIN eval_cases c ON c.suite = u.suite AND c.position ="
        " r.position WHERE s.head ->> 'name' = ?1 GROUP BY c.id",
        {std::string(suiteName)}, [&](const Row& row) {
            records[row.text(0)] = {static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return records;
}

Result<void> RunRepository::judge(std::string_view run, const HumanVerdict& verdict) const
{
    auto there = result(run, verdict.of);
    if (!there) {
        return tl::unexpected(there.error());
    }
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto position = positionOf(*opened, verdict.of.caseId);
    if (!position) {
        return tl::unexpected(position.error());
    }
    return opened->database.run(
        "INSERT OR REPLACE INTO eval_verdicts (run, position, variant, repeat, actor, known_how, agrees, "
        "note, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        {opened->key, *position, std::int64_t{verdict.of.variant}, std::int64_t{verdict.of.repeat},
         verdict.actor.name, verdict.actor.knownHow, std::int64_t{verdict.agrees}, verdict.note,
         plumbline::toString(verdict.at)});
}

Result<std::vector<HumanVerdict>> RunRepository::verdicts(std::string_view run) const
{
    auto opened = openRun(m_database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::vector<HumanVerdict> all;
    auto done = opened->database.run(
        "SELECT c.id, v.variant, v.repeat, v.agrees, v.note, v.actor, v.known_how, v.at FROM eval_verdicts v"
        " JOIN eval_runs u ON u.key = v.run JOIN eval_cases c ON c.suite = u.suite AND c.position = "
        "v.position WHERE v.run = ?1 ORDER BY v.position, v.variant, v.repeat, v.at",
        {opened->key}, [&](const Row& row) {
            HumanVerdict one;
            one.of = {row.text(0), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
            one.agrees = row.integer(3) != 0;
            one.note = row.text(4);
            one.actor = {row.text(5), row.text(6)};
            if (auto at = parseTimestamp(row.bytes(7))) {
                one.at = *at;
            }
            all.push_back(std::move(one));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

} // namespace plumbline::evals
