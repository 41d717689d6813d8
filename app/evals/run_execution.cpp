#include "app/evals/run_execution.h"

#include <algorithm>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

namespace plumbline::evals {

std::vector<RunTask> tasksOf(const RunPlan& plan, const std::vector<CaseResult>& finished)
{
    std::set<std::tuple<std::string_view, int, int>> done;
    for (const CaseResult& one : finished) {
        if (one.state != CaseState::Broken) {
            done.emplace(one.caseId, one.variant, one.repeat);
        }
    }
    std::vector<RunTask> tasks;
    for (int repeat = 0; repeat < plan.repeats; ++repeat) {
        for (std::size_t i = 0; i < plan.suite.cases.size(); ++i) {
            for (int variant = 0; variant < static_cast<int>(plan.targets.size()); ++variant) {
                if (!done.contains({plan.suite.cases[i].id, variant, repeat})) {
                    tasks.push_back({i, variant, repeat});
                }
            }
        }
    }
    return tasks;
}

RunExecution::RunExecution(const RunPorts& ports, const RunPlan& plan, std::string run, RunJournal& journal)
    : m_ports(ports), m_plan(plan), m_run(std::move(run)), m_journal(journal)
{
}

void RunExecution::workUntilDone(const std::vector<RunTask>& tasks, const std::stop_token& stop)
{
    const std::stop_callback passOn(stop, [this] { m_halt.request_stop(); });
    const std::stop_token halted = m_halt.get_token();
    for (;;) {
        const std::size_t index = m_next.fetch_add(1);
        if (index >= tasks.size() || halted.stop_requested()) {
            return;
        }
        const RunTask& task = tasks[index];
        const CaseTurn turn{&m_plan.suite.cases[task.testCase],
                            &m_plan.targets[static_cast<std::size_t>(task.variant)],
                            task.variant,
                            task.repeat,
                            m_plan.asOf,
                            m_plan.seed,
                            m_run,
                            m_plan.javascript};
        auto result = runCase(m_ports, turn, m_journal, halted);
        if (!result) {
            const std::lock_guard lock(m_mutex);
            // Those that the first one stopped say no more than that.
            if (!m_error || m_error->code == ErrorCode::Cancelled) {
                m_error = result.error();
            }
            m_halt.request_stop();
            return;
        }
        CaseResult shown = *result;
        shown.answerJson.clear();
        m_journal.keepResult(std::move(*result));
        const std::lock_guard lock(m_mutex);
        m_results.push_back(std::move(shown));
        m_wake.notify_one();
    }
}

void RunExecution::deliver(const std::function<void(const CaseResult&)>& onResult)
{
    std::deque<CaseResult> ready;
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, std::chrono::milliseconds(100),
                        [&] { return !m_results.empty() || m_working == 0; });
        ready.swap(m_results);
    }
    for (const CaseResult& one : ready) {
        onResult(one);
    }
}

std::optional<Error> RunExecution::work(const std::vector<RunTask>& tasks, const std::stop_token& stop,
                                        const std::function<void(const CaseResult&)>& onResult,
                                        const std::function<void()>& onTick)
{
    const std::size_t count =
        std::min<std::size_t>(tasks.size(), static_cast<std::size_t>(std::max(1, m_plan.concurrency)));
    m_working = count;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&] {
            workUntilDone(tasks, stop);
            const std::lock_guard lock(m_mutex);
            --m_working;
            m_wake.notify_one();
        });
    }
    for (bool working = count > 0; working;) {
        deliver(onResult);
        onTick();
        const std::lock_guard lock(m_mutex);
        working = m_working > 0 || !m_results.empty();
    }
    threads.clear();
    return stop.stop_requested() && (!m_error || m_error->code == ErrorCode::Cancelled)
               ? Error{ErrorCode::Cancelled, "stopped", {}}
               : m_error;
}

} // namespace plumbline::evals
