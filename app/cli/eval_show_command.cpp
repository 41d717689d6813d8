#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/eval_output.h"
#include "app/evals/run_json.h"

namespace plumbline::cli {

namespace {

// Reads a run that seems to be broken off again: it may have ended since it was read.
Result<bool> isBrokenOff(const workspace::Workspace& workspace, evals::Run& run)
{
    if (run.state != evals::RunState::Running || workspace.runner().isRunning(run.id)) {
        return false;
    }
    auto now = workspace.runs().run(run.id);
    if (!now) {
        return tl::unexpected(now.error());
    }
    run = std::move(*now);
    return run.state == evals::RunState::Running;
}

Result<void> list(Session& session, const workspace::Workspace& workspace)
{
    auto runs = workspace.runs().list();
    if (!runs) {
        return tl::unexpected(runs.error());
    }
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (evals::Run& run : *runs) {
        const auto brokenOff = isBrokenOff(workspace, run);
        if (!brokenOff) {
            return tl::unexpected(brokenOff.error());
        }
        if (session.json) {
            all.push_back(runJson(run));
            all.back()["broken_off"] = *brokenOff;
        } else {
            printRunLine(run, *brokenOff);
        }
    }
    if (session.json) {
        printJson({{"runs", std::move(all)}});
    }
    return {};
}

Result<void> showRun(Session& session, const workspace::Workspace& workspace, evals::Run& run)
{
    const auto brokenOff = isBrokenOff(workspace, run);
    auto results = workspace.runs().results(run.id);
    if (!brokenOff || !results) {
        return tl::unexpected(!brokenOff ? brokenOff.error() : results.error());
    }
    if (session.json) {
        nlohmann::ordered_json json = summaryJson(run, *results, true);
        json["broken_off"] = *brokenOff;
        printJson(json);
        return {};
    }
    printSummary(run, *results, *brokenOff);
    std::string failed;
    for (const evals::CaseResult& one : *results) {
        if (!one.passed) {
            failed += "   " + one.caseId + "  " + std::to_string(one.variant + 1) + "  " +
                      std::string(toString(one.state)) + '\n';
        }
    }
    if (!failed.empty()) {
        std::cout << "\nNot passed (case, variant):\n" << failed;
    }
    return {};
}

Result<void> showCase(Session& session, const workspace::Workspace& workspace, const evals::Run& run,
                      const std::string& id)
{
    auto one = workspace.runs().testCase(run.id, id);
    if (!one) {
        return tl::unexpected(one.error());
    }
    std::vector<evals::CaseResult> results;
    for (int variant = 0; variant < static_cast<int>(run.settings.variants.size()); ++variant) {
        for (int repeat = 0; repeat < run.settings.repeats; ++repeat) {
            auto result = workspace.runs().result(run.id, {id, variant, repeat});
            if (result) {
                results.push_back(std::move(*result));
            } else if (result.error().code != ErrorCode::NotFound) { // a run under way has gaps
                return tl::unexpected(result.error());
            }
        }
    }
    if (!session.json) {
        printCase(run, *one, results);
        return {};
    }
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const evals::CaseResult& result : results) {
        all.push_back(resultJson(result));
    }
    printJson({{"run", run.id}, {"case", evals::toJson(*one)}, {"results", std::move(all)}});
    return {};
}

} // namespace

void addEvalShow(CLI::App& eval, Session& session)
{
    auto* listing = eval.add_subcommand("list", "the runs there are, newest first");
    listing->callback([&session] {
        auto opened = session.open();
        auto done = opened ? list(session, **opened) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    });
    auto* show = eval.add_subcommand("show", "what came of a run, or of one case of it");
    auto id = std::make_shared<std::string>();
    auto caseId = std::make_shared<std::string>();
    show->add_option("run", *id, "its id, or latest")->required();
    show->add_option("--case", *caseId, "one case, with its answers and checks");
    show->callback([&session, id, caseId] {
        auto opened = session.open();
        if (!opened) {
            session.fail(opened.error());
            return;
        }
        auto run = (*opened)->runs().run(*id);
        auto done = !run              ? Result<void>(tl::unexpected(run.error()))
                    : caseId->empty() ? showRun(session, **opened, *run)
                                      : showCase(session, **opened, *run, *caseId);
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
