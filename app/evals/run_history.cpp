#include "app/evals/run_history.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/evals/measurements.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kAtOnce = 500; // runs of one query

tl::unexpected<Error> stopped()
{
    return failure(ErrorCode::Cancelled, "stopped while reading the runs");
}

} // namespace

RunHistory::RunHistory(RunRepository runs, MetricsConfig config)
    : m_runs(std::move(runs)), m_config(std::move(config))
{
}

Result<std::vector<Run>> RunHistory::list() const
{
    std::vector<Run> all;
    for (;;) {
        auto some = m_runs.list(kAtOnce, all.size());
        if (!some)
            return some;
        all.insert(all.end(), some->begin(), some->end());
        if (some->size() < kAtOnce)
            return all;
    }
}

Result<MeasuredRun> RunHistory::measure(const Run& run) const
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_known.find(run.id);
        if (known != m_known.end() && known->second.state == run.state && known->second.done == run.done &&
            known->second.ended == run.ended)
            return MeasuredRun{run, known->second.metrics};
    }
    auto suite = m_runs.suite(run.id);
    if (!suite)
        return tl::unexpected(suite.error());
    auto results = m_runs.results(run.id);
    if (!results)
        return tl::unexpected(results.error());
    Measurements measurements(*suite);
    measurements.add(*results);
    Metrics metrics;
    const auto variants = static_cast<int>(run.settings.variants.size());
    for (int variant = 0; variant < variants; ++variant)
        metrics.push_back(variant < measurements.variants() ? metricsOf(measurements, variant, m_config)
                                                            : std::vector<Metric>());
    const std::scoped_lock lock(m_mutex);
    m_known[run.id] = {run.state, run.done, run.ended, metrics};
    return MeasuredRun{run, std::move(metrics)};
}

Result<MeasuredRuns> RunHistory::read(std::stop_token stop, const ProgressFn& progress) const
{
    const auto runs = list();
    if (!runs)
        return tl::unexpected(runs.error());
    MeasuredRuns measured;
    Progress far;
    far.stage = "measuring runs";
    far.unit = "runs";
    far.total = runs->size();
    for (const Run& run : *runs) {
        if (stop.stop_requested())
            return stopped();
        if (progress)
            progress(far);
        ++far.done;
        if (run.done == 0)
            continue;
        auto one = measure(run);
        if (one)
            measured.runs.push_back(std::move(*one));
        else
            measured.left.push_back(run.id + ": " + one.error().describe());
    }
    return measured;
}

Result<Failures> RunHistory::failures(const FailureQuery& query, std::stop_token stop) const
{
    const std::set<std::string> wanted(query.variants.begin(), query.variants.end());
    const auto runs = list();
    if (!runs)
        return tl::unexpected(runs.error());
    FailureTally tally;
    for (const std::string& id : query.runs) {
        if (stop.stop_requested())
            return stopped();
        const auto run =
            std::find_if(runs->begin(), runs->end(), [&](const Run& one) { return one.id == id; });
        if (run == runs->end())
            continue; // removed meanwhile
        const auto results = m_runs.results(id);
        if (!results)
            return tl::unexpected(results.error());
        const auto& variants = run->settings.variants;
        for (const CaseResult& result : *results) {
            const auto number = static_cast<std::size_t>(result.variant);
            if (number < variants.size() && wanted.count(variants[number].id()) > 0)
                tally.add(*run, result);
        }
    }
    Failures failures = tally.top(query.limit);
    const auto added = addReasons(failures);
    if (!added)
        return tl::unexpected(added.error());
    return failures;
}

// Results are counted without their assertions, which are long; those few that are shown get theirs.
Result<void> RunHistory::addReasons(Failures& failures) const
{
    for (FailingCase& one : failures.cases) {
        if (!one.reason.empty())
            continue;
        const auto whole = m_runs.result(one.lastRun, {one.caseId, one.lastVariant, one.lastRepeat});
        if (whole)
            one.reason = failureReason(*whole);
        else if (whole.error().code != ErrorCode::NotFound)
            return tl::unexpected(whole.error());
    }
    return {};
}

} // namespace plumbline::evals
