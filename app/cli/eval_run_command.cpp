#include <algorithm>
#include <iostream>
#include <memory>
#include <random>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/eval_output.h"
#include "app/cli/eval_report.h"
#include "app/cli/eval_report_check.h"
#include "app/cli/file_watch.h"
#include "app/evals/planned_power.h"
#include "app/evals/report_writers.h"
#include "app/evals/suite_file.h"
#include "app/workspace/eval_targets.h"

namespace plumbline::cli {

namespace {

struct RunFlags {
    std::string suite;
    std::vector<std::string> prompts;
    std::vector<std::string> models;
    ReportFlags report;
    std::string profile;
    std::string asOf;
    std::vector<std::string> tags;
    int repeats = 1;
    int concurrency = 4;
    std::uint64_t seed = 1;
    bool javascript = false;
    bool dryRun = false;
    bool watch = false;
    std::string reuse; // the run before, while watching
};

Result<evals::RunPlan> planOf(const workspace::Workspace& workspace, const RunFlags& flags)
{
    auto date = dateOr(flags.asOf);
    auto suite = evals::loadSuite(flags.suite, workspace.home());
    if (!date || !suite) {
        return tl::unexpected(!date ? date.error() : suite.error());
    }
    suite = evals::withTags(std::move(*suite), flags.tags);
    if (!suite) {
        return tl::unexpected(suite.error());
    }
    workspace::EvalChoice choice{flags.prompts, flags.models, flags.profile};
    const bool prompt = flags.report.baseline.find('@') != std::string::npos;
    const bool asked = std::ranges::find(flags.prompts, flags.report.baseline) != flags.prompts.end();
    if (prompt && !asked) { // runs with the others, before them
        choice.prompts.insert(choice.prompts.begin(), flags.report.baseline);
    }
    auto targets = workspace::evalTargets(workspace, *suite, choice);
    if (!targets) {
        return tl::unexpected(targets.error());
    }
    evals::RunPlan plan;
    plan.suite = std::move(*suite);
    plan.targets = std::move(*targets);
    plan.repeats = flags.repeats;
    plan.concurrency = flags.concurrency;
    plan.seed = flags.seed;
    plan.asOf = *date;
    plan.javascript = flags.javascript;
    plan.reuse = flags.reuse;
    return plan;
}

evals::RunHooks hooksOf(const Session& session)
{
    evals::RunHooks hooks;
    const ProgressFn bar = session.progress();
    if (bar) {
        hooks.onProgress = [bar](const evals::RunProgress& now) {
            Progress progress;
            progress.stage = std::to_string(now.failed) + " failed, " + std::to_string(now.broken) +
                             " broken, " + toShortString(now.spent);
            progress.done = static_cast<std::uint64_t>(now.done);
            progress.total = static_cast<std::uint64_t>(now.total);
            progress.unit = "cases";
            progress.timeLeft = now.timeLeft;
            bar(progress);
        };
    }
    return hooks;
}

nlohmann::ordered_json reportJson(const evals::Run& run, const evals::Report& report)
{
    nlohmann::ordered_json json = summaryJson(run, report.results, true);
    for (std::size_t index = 0; index < report.variants.size(); ++index) {
        const evals::VariantReport& one = report.variants[index];
        nlohmann::ordered_json& variant = json["variants"][index];
        variant["baseline"] = one.baseline;
        variant["metrics"] = evals::metricsJson(one.metrics);
        variant["comparison"] =
            one.comparison ? evals::comparisonJson(*one.comparison) : nlohmann::ordered_json();
        variant["gates"] = one.gates ? evals::gatesJson(*one.gates) : nlohmann::ordered_json();
    }
    json["passed"] = report.passed();
    return json;
}

// What was paid for is shown also where no report can be made of it.
void printPaidFor(const Session& session, const workspace::Workspace& workspace, const evals::Run& run)
{
    const auto results = workspace.runs().results(run.id);
    const auto& shown = results ? *results : std::vector<evals::CaseResult>();
    if (session.json) {
        printJson(summaryJson(run, shown, true));
    } else {
        printSummary(run, shown);
    }
}

// What a run that has ended shows, and the exit code that its end asks for. One that did not end has no
// verdict: half a suite is another suite.
Result<void> report(Session& session, const workspace::Workspace& workspace, const evals::Run& run,
                    ReportFlags flags)
{
    const bool whole = run.state == evals::RunState::Finished;
    if (!whole) {
        flags.noGates = true;
        flags.baseline.clear();
    }
    const auto made = workspace::evalReport(workspace, run, std::nullopt, flags);
    if (!made) {
        printPaidFor(session, workspace, run);
        return tl::unexpected(made.error());
    }
    if (session.json) {
        printJson(reportJson(run, *made));
    } else {
        printSummary(run, made->results);
        printReport(*made);
    }
    if (auto written = writeReports(*made, flags); !written) {
        return tl::unexpected(written.error());
    }
    if (run.state == evals::RunState::Stopped) {
        session.exitCode = kInterrupted;
    } else if (!whole) {
        session.exitCode = kEnvironment;
    } else if (!made->passed()) {
        session.exitCode = kNo;
    }
    return {};
}

void printPlan(const Session& session, const evals::RunPlan& plan)
{
    const evals::RunEstimate estimate = evals::Runner::estimate(plan);
    const evals::PlannedPower power = evals::plannedPower(plan.suite);
    if (!session.json) {
        printEstimate(estimate);
        printPower(power);
        return;
    }
    const auto cost = estimate.cost
                          ? nlohmann::ordered_json(static_cast<double>(estimate.cost->microUsd) / 1e6)
                          : nlohmann::ordered_json();
    printJson({{"results", estimate.results},
               {"calls", estimate.calls},
               {"input_tokens", estimate.input.count},
               {"output_tokens", estimate.output.count},
               {"cost_usd", cost},
               {"cases", power.cases},
               {"clusters", power.clusters},
               {"smallest_visible", power.smallestVisible}});
}

Result<void> runSuite(Session& session, const workspace::Workspace& workspace, const RunFlags& flags)
{
    auto plan = planOf(workspace, flags);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (flags.dryRun) {
        printPlan(session, *plan);
        return {};
    }
    ReportFlags asked = flags.report;
    if (auto checked = checkReportFlags(workspace, asked); !checked) {
        return checked;
    }
    std::random_device random;
    const std::string id = evals::newRunId(systemNow(), static_cast<std::uint16_t>(random() & 0xffffU));
    auto run = workspace.runner().start(*plan, id, workspace.actor(), session.stop, hooksOf(session));
    if (!run) {
        return tl::unexpected(run.error());
    }
    return report(session, workspace, *run, asked);
}

Result<void> resume(Session& session, const workspace::Workspace& workspace, const std::string& id,
                    ReportFlags flags)
{
    if (auto checked = checkReportFlags(workspace, flags); !checked) {
        return checked;
    }
    auto run = workspace.runs().run(id);
    if (!run) {
        return tl::unexpected(run.error());
    }
    auto suite = workspace.runs().suite(run->id);
    if (!suite) {
        return tl::unexpected(suite.error());
    }
    auto targets = workspace::evalTargetsOf(workspace, *suite, *run);
    if (!targets) {
        return tl::unexpected(targets.error());
    }
    run = workspace.runner().resume(run->id, *targets, session.stop, hooksOf(session));
    if (!run) {
        return tl::unexpected(run.error());
    }
    return report(session, workspace, *run, flags);
}

// Runs again after each edit of the suite or a prompt, until stopped. A mistake in a file is said, and the
// next edit may mend it.
Result<void> watchSuite(Session& session, const workspace::Workspace& workspace, RunFlags flags)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::path suite = flags.suite;
    FileWatch watch({fs::exists(suite, ignored) ? suite : workspace.home() / suite, // as loadSuite() looks
                     workspace.home() / "prompts"});
    do {
        auto done = runSuite(session, workspace, flags);
        if (!done) {
            session.fail(done.error());
        } else if (auto last = workspace.runs().run("latest"); last && !flags.dryRun) {
            flags.reuse = last->id;
        }
        std::cout << std::flush;
    } while (!session.stop.stop_requested() && watch.wait(session.stop));
    session.exitCode = kInterrupted;
    return {};
}

void addRun(CLI::App& eval, Session& session)
{
    auto* command = eval.add_subcommand("run", "run a suite and keep what came of it");
    auto flags = std::make_shared<RunFlags>();
    command->add_option("suite", flags->suite, "a suite, YAML or JSON Lines")->required();
    command->add_option(
        "--prompt", flags->prompts,
        "NAME@vN, NAME@LABEL or NAME, or the label of a prompt of the suite; may be given again");
    command->add_option("--model", flags->models,
                        "a model of workspace.yaml, embedded or echo; may be given again");
    command->add_option("--baseline", flags->report.baseline, "what to compare with: NAME@vN, or a run");
    command->add_option("--profile", flags->profile, "a retrieval profile of workspace.yaml");
    command->add_option("--as-of", flags->asOf,
                        "the date of cases that name none (YYYY-MM-DD); today without it");
    command->add_option("--tag", flags->tags, "only cases with this tag; may be given again: all of them");
    command->add_option("--repeat", flags->repeats, "how often each case is asked")
        ->check(CLI::Range(1, 1'000));
    command->add_option("--concurrency", flags->concurrency, "cases at once")->check(CLI::Range(1, 1'000));
    command->add_option("--seed", flags->seed, "of the second and further repeats");
    addReportFlags(*command, flags->report);
    command->add_flag("--javascript", flags->javascript, "run `javascript` assertions");
    command->add_flag("--watch", flags->watch,
                      "run again what an edit of the suite or of a prompt touches, until Ctrl+C");
    command->add_flag("--dry-run", flags->dryRun, "say what it would take, and ask nothing");
    command->footer(
        "Example: plumbline eval run suites/golden.jsonl --prompt policy-answer@v3 --tag half:tune");
    command->callback([&session, flags] {
        auto opened = session.open();
        auto done = !opened        ? Result<void>(tl::unexpected(opened.error()))
                    : flags->watch ? watchSuite(session, **opened, *flags)
                                   : runSuite(session, **opened, *flags);
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace

void addEvalRun(CLI::App& eval, Session& session)
{
    addRun(eval, session);
    auto* command = eval.add_subcommand("resume", "go on with a run that was broken off");
    auto id = std::make_shared<std::string>();
    auto flags = std::make_shared<ReportFlags>();
    command->add_option("run", *id, "its id, or latest")->required();
    command->add_option("--baseline", flags->baseline, "what to compare with: NAME@vN, or a run");
    addReportFlags(*command, *flags);
    command->callback([&session, id, flags] {
        auto opened = session.open();
        auto done =
            opened ? resume(session, **opened, *id, *flags) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
