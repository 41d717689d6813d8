#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/eval_output.h"
#include "app/cli/terminal_text.h"
#include "app/evals/flip.h"
#include "app/workspace/eval_targets.h"

namespace plumbline::cli {

namespace {

struct WhyFlags {
    std::string run;
    std::string caseId;
    std::string against;
    int first = 1;
    int second = 0; // 0 = the last
};

struct Side {
    evals::FlipSide asked;
    evals::Variant was; // as the run has it
};

// A variant of a stored run, as it can be asked now.
Result<Side> sideOf(const workspace::Workspace& workspace, const std::string& id, const std::string& caseId,
                    int number)
{
    auto run = workspace.runs().run(id);
    auto suite = run ? workspace.runs().suite(run->id) : Result<evals::Suite>(tl::unexpected(run.error()));
    auto one = suite ? workspace.runs().testCase(run->id, caseId)
                     : Result<evals::Case>(tl::unexpected(suite.error()));
    if (!one) {
        return tl::unexpected(one.error());
    }
    auto targets = workspace::evalTargetsOf(workspace, *suite, *run);
    if (!targets) {
        return tl::unexpected(targets.error());
    }
    const std::size_t index = number == 0 ? targets->size() : static_cast<std::size_t>(number);
    if (index > targets->size()) {
        return failure(ErrorCode::BadInput,
                       "there is no variant " + std::to_string(number) + "; the run has " +
                           std::to_string(targets->size()),
                       run->id);
    }
    return Side{{std::move((*targets)[index - 1]), std::move(*one), run->settings.asOf},
                run->settings.variants[index - 1]};
}

// What cannot be asked again as it was.
std::vector<std::string> changedSince(const Side& side)
{
    std::vector<std::string> notes;
    const evals::Variant& now = side.asked.target.variant;
    if (side.was.promptDigest != now.promptDigest) {
        notes.push_back(side.was.id() + ": the prompt's text has changed since the run");
    }
    if (side.was.generation != now.generation) {
        notes.push_back(side.was.id() + ": the index has changed since the run, generation " +
                        std::to_string(side.was.generation) + " then, " + std::to_string(now.generation) +
                        " now");
    }
    return notes;
}

std::string namesOf(const std::vector<evals::FlipCause>& causes)
{
    std::string names;
    for (const evals::FlipCause cause : causes) {
        names += (names.empty() ? "" : " and ") + std::string(toString(cause));
    }
    return names;
}

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
        std::cout << (trial.result.passed ? "passed  " : "FAILED  ")
                  << (trial.swapped.empty() ? std::string("as the first variant")
                                            : "with the second's " + namesOf(trial.swapped))
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
    if (report.differs.empty()) {
        std::cout << "Nothing differs between the two.\n";
    } else if (!report.flips) {
        std::cout << "Asked now, both come out alike; what differs: " << namesOf(report.differs) << ".\n";
    } else if (report.causes.empty()) {
        std::cout << "No one thing flips it alone; together they do: " << namesOf(report.differs) << ".\n";
    } else {
        std::cout << "It is the " << namesOf(report.causes) << ".\n";
    }
}

Result<void> why(Session& session, const workspace::Workspace& workspace, const WhyFlags& flags)
{
    auto run = workspace.runs().run(flags.run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    auto first =
        sideOf(workspace, flags.against.empty() ? run->id : flags.against, flags.caseId, flags.first);
    auto second = sideOf(workspace, run->id, flags.caseId, flags.second);
    if (!first || !second) {
        return tl::unexpected(!first ? first.error() : second.error());
    }
    const evals::RunPorts& ports = workspace.runner().ports();
    auto journal = evals::RunJournal::open(ports.database, run->id);
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    auto report = evals::whyFlipped(ports, first->asked, second->asked, run->id, **journal, session.stop);
    if (!report) {
        return tl::unexpected(report.error());
    }
    std::vector<std::string> notes = changedSince(*first);
    for (std::string& note : changedSince(*second)) {
        notes.push_back(std::move(note));
    }
    if (!session.json) {
        printWhy(*report, notes);
        return {};
    }
    nlohmann::ordered_json trials = nlohmann::ordered_json::array();
    for (const evals::FlipTrial& trial : report->trials) {
        trials.push_back({{"swapped", listOf(trial.swapped)}, {"result", resultJson(trial.result)}});
    }
    printJson({{"run", run->id},
               {"case", flags.caseId},
               {"flips", report->flips},
               {"differs", listOf(report->differs)},
               {"causes", listOf(report->causes)},
               {"notes", notes},
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
