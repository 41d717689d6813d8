#include "app/evals/runner.h"

#include <algorithm>
#include <cstdio>

#include "app/evals/reuse.h"
#include "app/evals/run_execution.h"
#include "app/evals/run_lock.h"
#include "app/llm/token_estimate.h"

namespace plumbline::evals {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kUsualAnswer = 300; // tokens, where a prompt sets no limit
constexpr double kTokensPerWord = 1.4;     // of English

Result<void> checkPlan(const RunPlan& plan)
{
    if (plan.suite.cases.empty()) {
        return failure(ErrorCode::BadInput, "the suite has no case", plan.suite.path);
    }
    if (plan.targets.empty() || plan.repeats < 1 || plan.concurrency < 1) {
        return failure(ErrorCode::BadInput,
                       "expected a prompt or a model to run, and one repeat and one case at a time at least");
    }
    for (const Target& target : plan.targets) {
        const std::string& model = target.variant.model;
        if (target.plain && model == assistant::kEmbedded) {
            return failure(
                ErrorCode::BadInput,
                "the suite's own prompts need a model that writes, or `echo`; name one with --model",
                plan.suite.path);
        }
        if (!target.plain && model == kEcho) {
            return failure(ErrorCode::BadInput,
                           "`echo` gives a suite's own prompts back, and this suite has none",
                           plan.suite.path);
        }
    }
    return {};
}

RunSettings settingsOf(const RunPlan& plan)
{
    RunSettings settings;
    settings.suiteName = plan.suite.name;
    settings.suitePath = plan.suite.path;
    settings.suiteDigest = plan.suite.digest;
    for (const Target& target : plan.targets) {
        settings.variants.push_back(target.variant);
    }
    settings.repeats = plan.repeats;
    settings.concurrency = plan.concurrency;
    settings.seed = plan.seed;
    settings.asOf = plan.asOf;
    settings.javascript = plan.javascript;
    return settings;
}

void count(const CaseResult& result, RunProgress& progress)
{
    ++progress.done;
    progress.failed += result.state != CaseState::Broken && !result.passed ? 1 : 0;
    progress.broken += result.state == CaseState::Broken ? 1 : 0;
    progress.cached += result.cached ? 1 : 0;
    if (!result.cached) {
        progress.spent += result.cost.value_or(Money{});
        progress.unknownCost += result.cost || result.state == CaseState::Broken ? 0 : 1;
    }
}

// Rate and time left of what is asked now; what a resumed run found done does not count for it.
class Pace {
public:
    Pace(std::int64_t found, std::function<void(const RunProgress&)> onProgress)
        : m_found(found), m_onProgress(std::move(onProgress))
    {
    }

    void show(RunProgress& progress, bool last)
    {
        const auto now = Clock::now();
        if (!m_onProgress || (!last && now - m_shown < std::chrono::milliseconds(50))) {
            return;
        }
        m_shown = now;
        const double seconds = std::chrono::duration<double>(now - m_begun).count();
        const auto fresh = static_cast<double>(progress.done - m_found);
        progress.perSecond = seconds > 0 ? fresh / seconds : 0;
        progress.timeLeft.reset();
        if (progress.perSecond > 0) {
            progress.timeLeft = std::chrono::milliseconds(static_cast<std::int64_t>(
                1000 * static_cast<double>(progress.total - progress.done) / progress.perSecond));
        }
        m_onProgress(progress);
    }

private:
    std::int64_t m_found;
    std::function<void(const RunProgress&)> m_onProgress;
    Clock::time_point m_begun = Clock::now();
    Clock::time_point m_shown;
};

RunState endState(const std::optional<Error>& error)
{
    if (!error) {
        return RunState::Finished;
    }
    if (error->code == ErrorCode::Cancelled) {
        return RunState::Stopped;
    }
    return error->where.starts_with("budgets") ? RunState::OverBudget : RunState::Failed;
}

std::string changed(const Variant& was, const Variant& is)
{
    if (was.promptDigest != is.promptDigest) {
        return "the prompt's text";
    }
    if (was.profileDigest != is.profileDigest) {
        return "the retrieval profile '" + is.profile + "'";
    }
    if (!was.modelDigest.empty() && was.modelDigest != is.modelDigest) {
        return "the endpoint '" + is.model + "'";
    }
    return was.generation != is.generation ? "the index (generation " + std::to_string(was.generation) +
                                                 ", now " + std::to_string(is.generation) + ")"
                                           : std::string();
}

Result<void> checkVariants(const Run& run, const std::vector<Target>& targets)
{
    const auto& variants = run.settings.variants;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const std::string what = i < targets.size() && targets[i].variant.id() == variants[i].id()
                                     ? changed(variants[i], targets[i].variant)
                                     : "what is run";
        if (!what.empty()) {
            return failure(ErrorCode::Conflict,
                           what + " of " + variants[i].id() +
                               " has changed since the run was started; start a new run",
                           run.id);
        }
    }
    return {};
}

} // namespace

bool Runner::isRunning(const std::string& id) const
{
    return RunLock::isHeld(m_ports.database.parent_path(), id);
}

std::string newRunId(Timestamp now, std::uint16_t random)
{
    std::string stamp; // 2026-11-26T04:13:13.123Z -> 20261126-041313
    for (const char c : plumbline::toString(now).substr(0, 19)) {
        if (c == 'T') {
            stamp += '-';
        } else if (c != '-' && c != ':') {
            stamp += c;
        }
    }
    std::string tail(5, '\0');
    std::snprintf(tail.data(), tail.size(), "%04x", static_cast<unsigned>(random));
    return "r-" + stamp + "-" + tail.substr(0, 4);
}

Result<Run> Runner::start(const RunPlan& plan, const std::string& id, const Actor& actor,
                          std::stop_token stop, const RunHooks& hooks) const
{
    if (auto checked = checkPlan(plan); !checked) {
        return tl::unexpected(checked.error());
    }
    Run run;
    run.id = id;
    run.settings = settingsOf(plan);
    run.actor = actor.name;
    run.started = m_ports.clock();
    run.planned = plan.planned();
    const auto lock = RunLock::take(m_ports.database.parent_path(), id);
    if (!lock) {
        return tl::unexpected(lock.error());
    }
    if (auto created = m_runs.create(run, plan.suite); !created) {
        return tl::unexpected(created.error());
    }
    if (!plan.reuse.empty()) {
        auto untouched = untouchedResults(m_runs, plan.reuse, plan);
        auto added =
            untouched ? m_runs.add(run.id, *untouched) : Result<void>(tl::unexpected(untouched.error()));
        if (!added) {
            return tl::unexpected(added.error());
        }
    }
    return execute(std::move(run), plan, std::move(stop), hooks);
}

Result<Run> Runner::resume(const std::string& id, const std::vector<Target>& targets, std::stop_token stop,
                           const RunHooks& hooks) const
{
    auto run = m_runs.run(id);
    if (!run) {
        return run;
    }
    if (auto same = checkVariants(*run, targets); !same) {
        return tl::unexpected(same.error());
    }
    const auto lock = RunLock::take(m_ports.database.parent_path(), run->id);
    auto suite = m_runs.suite(run->id);
    if (!lock || !suite) {
        return tl::unexpected(!lock ? lock.error() : suite.error());
    }
    RunPlan plan;
    plan.suite = std::move(*suite);
    plan.targets = targets;
    plan.repeats = run->settings.repeats;
    plan.concurrency = run->settings.concurrency;
    plan.seed = run->settings.seed;
    plan.asOf = run->settings.asOf;
    plan.javascript = run->settings.javascript;
    if (auto reopened = m_runs.reopen(run->id); !reopened) {
        return tl::unexpected(reopened.error());
    }
    return execute(std::move(*run), plan, std::move(stop), hooks);
}

Result<Run> Runner::execute(Run run, const RunPlan& plan, std::stop_token stop, const RunHooks& hooks) const
{
    auto finished = m_runs.results(run.id);
    auto journal = m_ports.writer ? RunJournal::open(m_ports.writer, run.id)
                                  : RunJournal::open(m_ports.database, run.id);
    if (!finished || !journal) {
        return tl::unexpected(!finished ? finished.error() : journal.error());
    }
    RunProgress progress;
    progress.total = run.planned;
    for (const CaseResult& one : *finished) {
        if (one.state != CaseState::Broken) {
            count(one, progress);
        }
    }
    const auto tasks = tasksOf(plan, *finished);
    Pace pace(progress.done, hooks.onProgress);
    RunExecution execution(m_ports, plan, run.id, **journal);
    auto error = execution.work(
        tasks, stop,
        [&](const CaseResult& result) {
            count(result, progress);
            if (hooks.onResult) {
                hooks.onResult(result);
            }
        },
        [&] { pace.show(progress, false); });
    pace.show(progress, true);
    if (auto flushed = (*journal)->flush(); !flushed && !error) {
        error = flushed.error();
    }
    journal->reset();
    const RunState state = endState(error);
    const std::string why = error && state != RunState::Stopped ? error->describe() : std::string();
    if (auto ended = m_runs.finish(run.id, state, why, m_ports.clock()); !ended) {
        return tl::unexpected(ended.error());
    }
    if (state == RunState::Failed) {
        return tl::unexpected(*error);
    }
    return m_runs.run(run.id);
}

RunEstimate Runner::estimate(const RunPlan& plan)
{
    RunEstimate estimate;
    estimate.results = plan.planned();
    estimate.cost = Money{};
    for (const Target& target : plan.targets) {
        if (!target.asksModel()) {
            continue;
        }
        Tokens input;
        for (const Case& one : plan.suite.cases) {
            const std::string text = target.plain ? target.plain->text : target.prompt.text;
            input += llm::estimatedTokens(text) + llm::estimatedTokens(one.question);
        }
        const auto cases = static_cast<std::int64_t>(plan.suite.cases.size());
        if (!target.plain) {
            const auto words = static_cast<double>(target.profile.top) * target.profile.chunks.targetWords;
            input += Tokens{cases * static_cast<std::int64_t>(words * kTokensPerWord)};
        }
        const std::int64_t each = target.prompt.parameters.maxOutputTokens.value_or(kUsualAnswer);
        const std::int64_t repeats = plan.repeats;
        estimate.calls += cases * repeats;
        estimate.input += Tokens{input.count * repeats};
        estimate.output += Tokens{cases * each * repeats};
        if (!target.inputPerMillion || !target.outputPerMillion) {
            estimate.cost.reset();
        } else if (estimate.cost) {
            *estimate.cost += Money{(input.count * repeats * target.inputPerMillion->microUsd +
                                     cases * each * repeats * target.outputPerMillion->microUsd) /
                                    1'000'000};
        }
    }
    return estimate;
}

} // namespace plumbline::evals
