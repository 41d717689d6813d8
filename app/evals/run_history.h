// Runs read back from the store with their metrics, and what failed in them, for views over many runs.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/evals/failure_tally.h"
#include "app/evals/metrics.h"
#include "app/evals/run_repository.h"
#include "app/evals/run_series.h"

namespace plumbline::evals {

struct MeasuredRuns {
    std::vector<MeasuredRun> runs; // newest first
    std::vector<std::string> left; // "r-…: why": runs that could not be read
};

// Which results are counted.
struct FailureQuery {
    std::vector<std::string> runs;     // ids
    std::vector<std::string> variants; // Variant::id(); results of others do not count
    std::size_t limit = 50;            // of cases, and of prompts
};

// Any thread. A run is measured once and remembered while it stays as it is: intervals are drawn by lot
// thousands of times, and a run that has ended does not change.
class RunHistory {
public:
    RunHistory(RunRepository runs, MetricsConfig config);

    // All runs that have results. A run that cannot be read is left out and said; Cancelled on `stop`, else
    // the errors of RunRepository::list.
    Result<MeasuredRuns> read(std::stop_token stop, const ProgressFn& progress) const;

    // A run of the query that is gone is left out. Cancelled on `stop`, else the errors of the store.
    Result<Failures> failures(const FailureQuery& query, std::stop_token stop) const;

private:
    using Metrics = std::vector<std::vector<Metric>>;
    struct Known {
        RunState state = RunState::Running;
        std::int64_t done = 0;
        std::optional<Timestamp> ended;
        Metrics metrics;
    };

    Result<std::vector<Run>> list() const;
    Result<MeasuredRun> measure(const Run& run) const;
    Result<void> addReasons(Failures& failures) const;

    RunRepository m_runs;
    MetricsConfig m_config;
    mutable std::mutex m_mutex; // guards what follows
    mutable std::map<std::string, Known> m_known;
};

} // namespace plumbline::evals
