#include "ui/shell/dashboard_services.h"

#include "app/base/date.h"
#include "app/evals/detector.h"
#include "app/evals/run_history.h"
#include "app/workspace/workspace.h"

namespace plumbline::ui::shell {

namespace {

using Shared = std::shared_ptr<workspace::Workspace>;

Result<dashboard::Reading> readingOf(const Shared& workspace, const plumbline::evals::RunHistory& history,
                                     std::stop_token stop, const ProgressFn& progress)
{
    auto measured = history.read(std::move(stop), progress);
    if (!measured)
        return tl::unexpected(measured.error());
    const auto generations = workspace->indexer().generations();
    if (!generations)
        return tl::unexpected(generations.error());
    dashboard::Reading reading;
    reading.series = plumbline::evals::seriesOf(measured->runs);
    reading.left = std::move(measured->left);
    const auto labels = workspace->prompts().labels();
    if (labels)
        reading.marks = plumbline::evals::marksOf(*labels, *generations, reading.series);
    else { // the runs can be shown all the same, but not without a word
        reading.marks = plumbline::evals::marksOf({}, *generations, reading.series);
        reading.left.push_back("moves of labels: " + labels.error().describe());
    }
    return reading;
}

} // namespace

dashboard::Services dashboardServices(const Shared& workspace)
{
    plumbline::evals::MetricsConfig config;
    config.detector = plumbline::evals::measuredDetector();
    const auto history =
        std::make_shared<const plumbline::evals::RunHistory>(workspace->runs(), std::move(config));
    dashboard::Services services;
    services.read = [workspace, history](std::stop_token stop, const ProgressFn& progress) {
        return readingOf(workspace, *history, std::move(stop), progress);
    };
    services.failures = [workspace, history](const plumbline::evals::FailureQuery& query,
                                             std::stop_token stop) {
        return history->failures(query, std::move(stop));
    };
    services.now = systemNow;
    return services;
}

} // namespace plumbline::ui::shell
