// What the Dashboard page asks of the engine. All blocking and callable from any thread.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/evals/run_history.h"
#include "app/evals/run_series.h"

namespace plumbline::ui::dashboard {

// All runs of the workspace with their figures, and what was changed between them.
struct Reading {
    plumbline::evals::RunSeries series;
    std::vector<plumbline::evals::EventMark> marks; // by time
    std::vector<std::string> left;                  // runs that could not be measured, each with its reason
};

struct Services {
    std::function<Result<Reading>(std::stop_token, const ProgressFn&)> read;
    std::function<Result<plumbline::evals::Failures>(const plumbline::evals::FailureQuery&, std::stop_token)>
        failures;
    std::function<Timestamp()> now;
};

} // namespace plumbline::ui::dashboard
