// The matrix of a run, one case with its sources, and two columns compared.
#include <algorithm>

#include "app/evals/comparison.h"
#include "app/evals/detector.h"
#include "app/evals/gates.h"
#include "app/evals/run_repository.h"
#include "app/workspace/eval_report.h"
#include "app/workspace/workspace.h"
#include "ui/shell/answer_map.h"
#include "ui/shell/evals_services.h"

namespace plumbline::ui::shell {

namespace {

using plumbline::evals::CaseResult;
using plumbline::evals::CaseState;
using plumbline::evals::Measurements;
using plumbline::evals::MetricComparison;
using plumbline::evals::ResultRow;
using Shared = std::shared_ptr<workspace::Workspace>;

constexpr std::size_t kQuestionLength = 240; // code points that a row of the matrix keeps

evals::MatrixCase caseOf(const plumbline::evals::Case& one, const std::string& suiteTier)
{
    evals::MatrixCase entry;
    entry.id = one.id;
    const CodePoints points(one.question);
    entry.question = foldedWhitespace(points.slice({0, std::min(points.size(), kQuestionLength)}));
    entry.cluster = one.cluster;
    entry.riskTier = one.riskTier.empty() ? suiteTier : one.riskTier;
    for (const std::string& tag : one.tags)
        entry.tags += (entry.tags.empty() ? "" : ", ") + tag;
    return entry;
}

void count(evals::MatrixCell& cell, const ResultRow& row)
{
    const float before = cell.score * static_cast<float>(cell.repeats);
    if (cell.repeats == UINT8_MAX)
        return;
    ++cell.repeats;
    cell.score = (before + row.score) / static_cast<float>(cell.repeats);
    cell.passed = static_cast<std::uint8_t>(cell.passed + (row.passed ? 1 : 0));
    cell.broken = static_cast<std::uint8_t>(cell.broken + (row.state == CaseState::Broken ? 1 : 0));
    cell.refused = static_cast<std::uint8_t>(cell.refused + (row.state == CaseState::Refused ? 1 : 0));
    cell.notExecutable = cell.notExecutable || row.notExecuted;
    cell.unsupported = cell.unsupported || row.hallucinated;
}

// One run beside another: its columns begin at `first`. `positions`: from its own cases to the matrix' rows.
Result<void> addResults(const workspace::Workspace& workspace, const std::string& run, std::size_t first,
                        const std::vector<std::size_t>& positions, evals::Matrix& matrix)
{
    const auto rows = workspace.runs().rows(run);
    if (!rows)
        return tl::unexpected(rows.error());
    for (const ResultRow& row : *rows) {
        const std::size_t position = positions.at(static_cast<std::size_t>(row.position));
        if (position < matrix.cases.size())
            count(matrix.cells[position * matrix.columns.size() + first +
                               static_cast<std::size_t>(row.variant)],
                  row);
    }
    return {};
}

Result<void> addColumns(const workspace::Workspace& workspace, const std::string& id, evals::Matrix& matrix)
{
    const auto run = workspace.runs().run(id);
    if (!run)
        return tl::unexpected(run.error());
    int number = 0;
    for (const auto& variant : run->settings.variants)
        matrix.columns.push_back({run->id, number++, variant.prompt, variant.model, variant.profile});
    return {};
}

Result<std::shared_ptr<const evals::Matrix>> matrixOf(const workspace::Workspace& workspace,
                                                      const std::string& id, const std::string& other,
                                                      const std::stop_token& stop)
{
    auto matrix = std::make_shared<evals::Matrix>();
    const auto suite = workspace.runs().suite(id);
    if (!suite)
        return tl::unexpected(suite.error());
    if (auto added = addColumns(workspace, id, *matrix); !added)
        return tl::unexpected(added.error());
    const std::size_t own = matrix->columns.size();
    if (!other.empty()) {
        if (auto added = addColumns(workspace, other, *matrix); !added)
            return tl::unexpected(added.error());
    }
    std::map<std::string, std::size_t, std::less<>> byId;
    for (const auto& one : suite->cases) {
        byId[one.id] = matrix->cases.size();
        matrix->cases.push_back(caseOf(one, suite->riskTier));
    }
    matrix->cells.resize(matrix->cases.size() * matrix->columns.size());
    std::vector<std::size_t> positions(suite->cases.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = i;
    auto done = addResults(workspace, id, 0, positions, *matrix);
    if (done && !other.empty()) {
        const auto theirs = workspace.runs().suite(other);
        if (!theirs)
            return tl::unexpected(theirs.error());
        positions.clear();
        for (const auto& one : theirs->cases) {
            const auto place = byId.find(one.id);
            positions.push_back(place == byId.end() ? matrix->cases.size() : place->second);
        }
        done = addResults(workspace, other, own, positions, *matrix);
    }
    if (!done)
        return tl::unexpected(done.error());
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "stopped");
    return std::shared_ptr<const evals::Matrix>(std::move(matrix));
}

// The repeats that there are, in their order.
Result<std::vector<evals::Attempt>> attemptsOf(const workspace::Workspace& workspace,
                                               const std::string& caseId, const evals::MatrixColumn& column,
                                               const std::stop_token& stop)
{
    const auto run = workspace.runs().run(column.run);
    const auto verdicts = workspace.runs().verdicts(column.run);
    if (!run || !verdicts)
        return tl::unexpected(!run ? run.error() : verdicts.error());
    std::vector<evals::Attempt> attempts;
    for (int repeat = 0; repeat < run->settings.repeats; ++repeat) {
        auto result = workspace.runs().result(column.run, {caseId, column.variant, repeat});
        if (!result && result.error().code == ErrorCode::NotFound)
            continue;
        if (!result)
            return tl::unexpected(result.error());
        evals::Attempt attempt = attemptOf(std::move(*result), stop);
        for (const auto& verdict : *verdicts) {
            if (verdict.of.caseId == caseId && verdict.of.variant == column.variant &&
                verdict.of.repeat == repeat)
                attempt.human = {verdict.agrees ? evals::Opinion::Agree : evals::Opinion::Disagree,
                                 verdict.note, verdict.actor.name, verdict.at};
        }
        attempts.push_back(std::move(attempt));
    }
    return attempts;
}

Result<evals::CaseDetail> caseDetail(const workspace::Workspace& workspace, const evals::CaseRef& ref,
                                     const std::stop_token& stop)
{
    evals::CaseDetail detail;
    auto entry = workspace.runs().testCase(ref.columns.back().run, ref.caseId);
    if (!entry)
        return tl::unexpected(entry.error());
    detail.entry = std::move(*entry);
    for (const evals::MatrixColumn& column : ref.columns) {
        auto attempts = attemptsOf(workspace, ref.caseId, column, stop);
        if (!attempts)
            return tl::unexpected(attempts.error());
        detail.attempts.push_back(std::move(*attempts));
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
    }
    return detail;
}

Result<Measurements> measurementsOf(const workspace::Workspace& workspace, const std::string& run,
                                    const std::stop_token& stop)
{
    const auto suite = workspace.runs().suite(run);
    if (!suite)
        return tl::unexpected(suite.error());
    Measurements measurements(*suite);
    const auto read = workspace.runs().eachResult(run, [&](const CaseResult& result) -> Result<void> {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        measurements.add(result);
        return {};
    });
    if (!read)
        return tl::unexpected(read.error());
    return measurements;
}

evals::Unit unitOf(const std::string& unit)
{
    return unit == "share"       ? evals::Unit::Rate
           : unit == "ms"        ? evals::Unit::Milliseconds
           : unit == "tokens"    ? evals::Unit::Tokens
           : unit == "micro-USD" ? evals::Unit::Dollars
                                 : evals::Unit::Score;
}

evals::Verdict verdictOf(plumbline::evals::MetricVerdict verdict)
{
    using From = plumbline::evals::MetricVerdict;
    return verdict == From::Regressed      ? evals::Verdict::Regressed
           : verdict == From::Improved     ? evals::Verdict::Improved
           : verdict == From::Underpowered ? evals::Verdict::Underpowered
                                           : evals::Verdict::NoEvidence;
}

evals::MetricVerdict metricOf(const MetricComparison& from)
{
    evals::MetricVerdict metric;
    metric.name = from.name;
    metric.label = from.riskTier.empty() ? from.label : from.label + ", risk " + from.riskTier;
    metric.verdict = verdictOf(from.verdict);
    metric.unit = unitOf(from.unit);
    metric.higherIsBetter = from.higherIsBetter;
    metric.blocking = from.blocking;
    const double scale = metric.unit == evals::Unit::Dollars ? 1e-6 : 1;
    metric.baseline = from.before * scale;
    metric.candidate = from.after * scale;
    metric.difference = from.difference * scale;
    metric.interval = evals::Interval{from.low * scale, from.high * scale};
    metric.smallestVisible = from.smallestVisible * scale;
    metric.p = from.pAdjusted;
    metric.cases = from.pairs;
    metric.clusters = from.clusters;
    metric.fixed = from.fixed;
    metric.broken = from.broken;
    metric.note = from.test.empty() ? std::string() : "Test: " + from.test + ".";
    return metric;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 8; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > 8 ? text + " and " + std::to_string(names.size() - 8) + " more" : text;
}

void addNotes(const plumbline::evals::Comparison& from, evals::Comparison& comparison)
{
    const auto note = [&](const std::vector<std::string>& cases, const std::string& words) {
        if (!cases.empty())
            comparison.notes.push_back(words + std::to_string(cases.size()) + ": " + listed(cases) + ".");
    };
    std::vector<std::string> flaky;
    std::vector<std::string> aside;
    std::vector<std::string> overdue;
    for (const auto& one : from.flaky)
        flaky.push_back(one.caseId);
    for (const auto& one : from.setAside)
        aside.push_back(one.caseId + " (" + one.owner + ", until " + toString(one.expires) + ")");
    for (const auto& one : from.overdue)
        overdue.push_back(one.caseId + " (" + one.owner + ')');
    note(flaky, "Cases whose repeats differ, ");
    if (!from.flakinessKnown)
        comparison.notes.emplace_back("One side has no repeats: which cases are flaky is not known.");
    note(aside, "Set aside by quarantine, ");
    note(overdue, "In quarantine past their time, and counted again, ");
    note(from.onlyBefore, "Only the baseline has a result, ");
    note(from.onlyAfter, "Only the candidate has a result, ");
}

void addAgreement(const workspace::Workspace& workspace, const std::string& run,
                  evals::Comparison& comparison)
{
    const auto verdicts = workspace.runs().verdicts(run);
    if (!verdicts || verdicts->empty())
        return;
    const auto agreed =
        std::count_if(verdicts->begin(), verdicts->end(), [](const auto& verdict) { return verdict.agrees; });
    comparison.notes.push_back("People looked at " + std::to_string(verdicts->size()) +
                               " results of the candidate's run and agreed with the machine on " +
                               std::to_string(agreed) + ".");
}

void addGates(const plumbline::evals::GateReport& report, evals::Comparison& comparison)
{
    using From = plumbline::evals::GateState;
    for (const auto& outcome : report.outcomes) {
        evals::GateVerdict gate;
        gate.name = outcome.riskTier.empty() ? outcome.metric : outcome.metric + ", risk " + outcome.riskTier;
        gate.state = outcome.state == From::Passed   ? evals::GateState::Passed
                     : outcome.state == From::Failed ? evals::GateState::Failed
                                                     : evals::GateState::Warned;
        gate.reason = outcome.reason;
        gate.where = outcome.where;
        gate.cases = outcome.cases;
        comparison.gates.push_back(std::move(gate));
    }
}

Result<evals::Comparison> comparisonOf(const workspace::Workspace& workspace,
                                       const evals::MatrixColumn& before, const evals::MatrixColumn& after,
                                       const std::stop_token& stop)
{
    const auto candidate = measurementsOf(workspace, after.run, stop);
    const auto baseline = before.run == after.run ? candidate : measurementsOf(workspace, before.run, stop);
    const auto quarantine = plumbline::evals::readQuarantine(workspace.home() / "suites" / "quarantine.yaml");
    workspace::ReportChoice strictest;
    strictest.context.clear();
    const auto context = workspace::gatesOf(workspace, strictest);
    for (const Error* error :
         {candidate ? nullptr : &candidate.error(), baseline ? nullptr : &baseline.error(),
          quarantine ? nullptr : &quarantine.error(), context ? nullptr : &context.error()}) {
        if (error != nullptr)
            return tl::unexpected(*error);
    }
    plumbline::evals::ComparisonConfig config;
    config.quarantine = *quarantine;
    config.day = today(systemNow());
    if (*context)
        config.blocking = plumbline::evals::blockingMetrics(**context);
    const plumbline::evals::ComparedSide left{&*baseline, before.variant, before.title()};
    const plumbline::evals::ComparedSide right{&*candidate, after.variant, after.title()};
    const auto compared = plumbline::evals::compare(left, right, config);
    evals::Comparison comparison;
    comparison.verdict = verdictOf(compared.verdict);
    for (const MetricComparison& metric : compared.metrics)
        comparison.metrics.push_back(metricOf(metric));
    if (*context) {
        plumbline::evals::MetricsConfig metrics;
        metrics.detector = plumbline::evals::measuredDetector();
        metrics.leftOut = plumbline::evals::setAside(config.quarantine, config.day);
        addGates(plumbline::evals::checkGates(**context, right, metrics, &compared), comparison);
    }
    addNotes(compared, comparison);
    addAgreement(workspace, after.run, comparison);
    return comparison;
}

} // namespace

void addEvalReading(evals::Services& services, const Shared& workspace)
{
    services.matrix = [workspace](const std::string& run, const std::string& other, std::stop_token stop,
                                  const ProgressFn&) { return matrixOf(*workspace, run, other, stop); };
    services.showCase = [workspace](const evals::CaseRef& ref, std::stop_token stop) {
        return caseDetail(*workspace, ref, stop);
    };
    services.compare = [workspace](const evals::MatrixColumn& before, const evals::MatrixColumn& after,
                                   std::stop_token stop, const ProgressFn&) {
        return comparisonOf(*workspace, before, after, stop);
    };
}

} // namespace plumbline::ui::shell
