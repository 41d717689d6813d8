#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/terminal_text.h"
#include "app/evals/lint.h"
#include "app/evals/run_file.h"
#include "app/evals/suite_file.h"

namespace plumbline::cli {

namespace {

Result<void> lintSuite(Session& session, const workspace::Workspace& workspace, const std::string& file)
{
    auto suite = evals::loadSuite(file, workspace.home());
    if (!suite) {
        return tl::unexpected(suite.error());
    }
    auto records = workspace.runs().records(suite->name);
    if (!records) {
        return tl::unexpected(records.error());
    }
    const auto findings = evals::lint(*suite, *records);
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const evals::LintFinding& finding : findings) {
        all.push_back({{"rule", toString(finding.rule)},
                       {"case", finding.caseId},
                       {"other", finding.other},
                       {"detail", finding.detail},
                       {"where", finding.where}});
    }
    if (session.json) {
        printJson({{"suite", suite->name},
                   {"digest", suite->digest},
                   {"cases", suite->cases.size()},
                   {"findings", std::move(all)}});
    } else {
        for (const evals::LintFinding& finding : findings) {
            std::cout << terminalSafe(finding.where) << ": " << toString(finding.rule) << ": "
                      << terminalSafe(finding.caseId + (finding.caseId.empty() ? "" : " ") + finding.detail)
                      << '\n';
        }
        std::cout << suite->cases.size() << " cases, " << findings.size() << " findings\n";
    }
    session.exitCode = findings.empty() ? kDone : kNo;
    return {};
}

Result<void> exportRun(Session& session, const workspace::Workspace& workspace, const std::string& id,
                       const std::string& file)
{
    auto run = workspace.runs().run(id);
    auto done = run ? evals::exportRun(workspace.runs(), run->id, file, session.stop)
                    : Result<void>(tl::unexpected(run.error()));
    if (done && session.json) {
        printJson({{"run", run->id}, {"file", file}});
    }
    return done;
}

Result<void> importRun(Session& session, const workspace::Workspace& workspace, const std::string& file)
{
    auto id = evals::importRun(workspace.runs(), file, session.stop);
    if (!id) {
        return tl::unexpected(id.error());
    }
    if (session.json) {
        printJson({{"run", *id}});
    } else {
        std::cout << *id << '\n';
    }
    return {};
}

template <typename Fn>
void finish(Session& session, Fn&& work)
{
    auto opened = session.open();
    auto done = opened ? work(**opened) : Result<void>(tl::unexpected(opened.error()));
    if (!done) {
        session.fail(done.error());
    }
}

} // namespace

void addEvalFiles(CLI::App& eval, Session& session)
{
    auto suite = std::make_shared<std::string>();
    auto* lint = eval.add_subcommand("lint", "what is wrong with a suite; exit 1 when something is");
    lint->add_option("suite", *suite, "a suite, YAML or JSON Lines")->required();
    lint->callback([&session, suite] {
        finish(session,
               [&](const workspace::Workspace& workspace) { return lintSuite(session, workspace, *suite); });
    });
    auto id = std::make_shared<std::string>();
    auto file = std::make_shared<std::string>();
    auto* out = eval.add_subcommand("export", "a run as one file, for a reviewer on another machine");
    out->add_option("run", *id, "its id, or latest")->required();
    out->add_option("file", *file, "the file to write")->required();
    out->callback([&session, id, file] {
        finish(session, [&](const workspace::Workspace& workspace) {
            return exportRun(session, workspace, *id, *file);
        });
    });
    auto* in = eval.add_subcommand("import-run", "take in a run that another machine exported");
    in->add_option("file", *file, "the file")->required();
    in->callback([&session, file] {
        finish(session,
               [&](const workspace::Workspace& workspace) { return importRun(session, workspace, *file); });
    });
}

} // namespace plumbline::cli
