// The threads of a run under way, and what they have done so far.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/evals/runner.h"

namespace plumbline::evals {

// One case, one variant, one repeat, by index.
struct RunTask {
    std::size_t testCase = 0;
    int variant = 0;
    int repeat = 0;
};

// Cases in order, the variants of one beside each other, so that what changes over time meets them alike.
std::vector<RunTask> tasksOf(const RunPlan& plan, const std::vector<CaseResult>& finished);

// What came of all tasks; an error is that of the first task that ends the run.
class RunExecution {
public:
    RunExecution(const RunPorts& ports, const RunPlan& plan, std::string run, RunJournal& journal);

    // Blocking. Results go to the journal, and to `onResult` on this thread.
    std::optional<Error> work(const std::vector<RunTask>& tasks, const std::stop_token& stop,
                              const std::function<void(const CaseResult&)>& onResult,
                              const std::function<void()>& onTick);

private:
    void workUntilDone(const std::vector<RunTask>& tasks, const std::stop_token& stop);
    void deliver(const std::function<void(const CaseResult&)>& onResult);

    const RunPorts& m_ports;
    const RunPlan& m_plan;
    std::string m_run;
    RunJournal& m_journal;
    std::atomic<std::size_t> m_next = 0;
    std::stop_source m_halt; // ends the other threads when one meets an error
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<CaseResult> m_results; // not yet delivered; without their long texts
    std::size_t m_working = 0;
    std::optional<Error> m_error;
};

} // namespace plumbline::evals
