#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/eval_output.h"
#include "app/cli/terminal_text.h"
#include "app/evals/run_repository.h"
#include "app/workspace/eval_why.h"
#include "app/workspace/workspace.h"

namespace plumbline::cli {

namespace {

struct WhyFlags {
    std::string run;
    std::string caseId;
    std::string against;
    int first = 1;
    int second = 0; // 0 = the last
};

nlohmann::ordered_json listOf(const std::vector<evals::FlipCause>& causes)
{
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const evals::FlipCause cause : causes) {
        names.push_back(toString(cause));
    }
    return names;
}

void printWhy(const evals::FlipReport& report, const std::vector<std::string>& notes)
{
    for (const evals::FlipTrial& trial : report.trials) {
        const bool broken = trial.result.state == evals::CaseState::Broken;
        std::cout << (trial.result.passed ? "passed  "
                      : broken            ? "BROKEN  "
                                          : "FAILED  ")
                  << (trial.swapped.empty() ? std::string("as the first variant")
                                            : "with the second's " + workspace::namesOf(trial.swapped))
                  << '\n';
        for (const evals::AssertionResult& one : trial.result.assertions) {
            if (one.outcome != evals::Outcome::Passed) {
                std::cout << "           " << terminalSafe(one.name + ": " + one.reason) << '\n';
            }
        }
    }
    for (const std::string& note : notes) {
        std::cout << "! " << terminalSafe(note) << '\n';
    }
    std::cout << terminalSafe(workspace::conclusionOf(report)) << '\n';
}

Result<void> why(Session& session, const workspace::Workspace& workspace, const WhyFlags& flags)
{
    auto run = workspace.runs().run(flags.run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    const workspace::VariantRef first{flags.against.empty() ? run->id : flags.against, flags.first - 1};
    const workspace::VariantRef second{run->id, flags.second - 1, flags.second == 0};
    const auto report = workspace::whyCaseChanged(workspace, flags.caseId, first, second, session.stop);
    if (!report) {
        return tl::unexpected(report.error());
    }
    if (!report->flip.error.empty()) {
        session.exitCode = kEnvironment;
    }
    if (!session.json) {
        printWhy(report->flip, report->notes);
        return {};
    }
    nlohmann::ordered_json trials = nlohmann::ordered_json::array();
    for (const evals::FlipTrial& trial : report->flip.trials) {
        trials.push_back({{"swapped", listOf(trial.swapped)}, {"result", resultJson(trial.result)}});
    }
    printJson({{"run", run->id},
               {"case", flags.caseId},
               {"flips", report->flip.flips},
               {"differs", listOf(report->flip.differs)},
               {"causes", listOf(report->flip.causes)},
               {"notes", report->notes},
               {"error", report->flip.error.empty() ? nlohmann::ordered_json()
                                                    : nlohmann::ordered_json(report->flip.error)},
               {"trials", std::move(trials)}});
    return {};
}

} // namespace

void addEvalWhy(CLI::App& eval, Session& session)
{
    auto* command = eval.add_subcommand(
        "why", "why a case came out otherwise: asked again with one thing swapped at a time");
    auto flags = std::make_shared<WhyFlags>();
    command->add_option("run", flags->run, "its id, or latest")->required();
    command->add_option("case", flags->caseId, "the case")->required();
    command->add_option("--against", flags->against, "the run that the first variant is of; else the same");
    command->add_option("--first", flags->first, "its number, from 1")->check(CLI::Range(1, 1'000));
    command->add_option("--second", flags->second, "the other's number; else the last")
        ->check(CLI::Range(1, 1'000));
    command->callback([&session, flags] {
        auto opened = session.open();
        auto done = opened ? why(session, **opened, *flags) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
