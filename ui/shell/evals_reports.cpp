// Why a case changed, and the run as one HTML file.
#include "app/base/file.h"
#include "app/evals/report_writers.h"
#include "app/evals/run_repository.h"
#include "app/workspace/eval_report.h"
#include "app/workspace/eval_why.h"
#include "app/workspace/workspace.h"
#include "ui/shell/evals_services.h"

namespace plumbline::ui::shell {

namespace {

using plumbline::evals::FlipTrial;
using Shared = std::shared_ptr<workspace::Workspace>;

// "With the candidate's prompt: failed (grounded: …)".
std::string lineOf(const FlipTrial& trial)
{
    std::string line = trial.swapped.empty() ? std::string("As the baseline")
                                             : "With the candidate's " + workspace::namesOf(trial.swapped);
    line += trial.result.passed ? ": passed" : ": failed";
    if (!trial.result.error.empty())
        return line + " (" + trial.result.error + ")";
    for (const auto& check : trial.result.assertions) {
        if (check.outcome != plumbline::evals::Outcome::Passed)
            return line + " (" + check.name + ": " + check.reason + ")";
    }
    return line;
}

Result<std::vector<std::string>> whyChanged(const workspace::Workspace& workspace, const std::string& caseId,
                                            const evals::MatrixColumn& before,
                                            const evals::MatrixColumn& after, std::stop_token stop)
{
    const auto report = workspace::whyCaseChanged(workspace, caseId, {before.run, before.variant},
                                                  {after.run, after.variant}, std::move(stop));
    if (!report)
        return tl::unexpected(report.error());
    std::vector<std::string> lines = {workspace::conclusionOf(report->flip)};
    for (const FlipTrial& trial : report->flip.trials)
        lines.push_back(lineOf(trial));
    for (const std::string& note : report->notes)
        lines.push_back(note + ".");
    return lines;
}

Result<void> writeReport(const workspace::Workspace& workspace, const std::string& id,
                         const std::optional<evals::MatrixColumn>& baseline, const std::string& path)
{
    const auto run = workspace.runs().run(id);
    if (!run)
        return tl::unexpected(run.error());
    workspace::ReportChoice choice;
    choice.context.clear();
    choice.noGates = run->state != plumbline::evals::RunState::Finished; // half a suite is another suite
    if (baseline)
        choice.baseline = baseline->run + "#" + std::to_string(baseline->variant + 1);
    const auto report = workspace::evalReport(workspace, *run, std::nullopt, choice);
    if (!report)
        return tl::unexpected(report.error());
    return writeFileAtomically(path, plumbline::evals::htmlReport(*report));
}

} // namespace

void addEvalReports(evals::Services& services, const Shared& workspace)
{
    services.why = [workspace](const std::string& caseId, const evals::MatrixColumn& before,
                               const evals::MatrixColumn& after, std::stop_token stop) {
        return whyChanged(*workspace, caseId, before, after, std::move(stop));
    };
    services.writeHtml =
        [workspace](const std::string& run, const std::optional<evals::MatrixColumn>& baseline,
                    const std::string& path) { return writeReport(*workspace, run, baseline, path); };
}

} // namespace plumbline::ui::shell
