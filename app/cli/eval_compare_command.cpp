#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/eval_commands.h"
#include "app/cli/eval_report.h"
#include "app/cli/eval_report_check.h"
#include "app/evals/report_writers.h"
#include "app/evals/run_repository.h"

namespace plumbline::cli {

namespace {

struct CompareFlags {
    std::string before;
    std::string after;
    ReportFlags report;
};

// Two names of one run mean its first two variants.
void tellApart(workspace::RunReference& before, workspace::RunReference& after)
{
    if (before.run == after.run && !before.variant && !after.variant) {
        before.variant = 0;
        after.variant = 1;
    }
}

Result<void> compareRuns(Session& session, const workspace::Workspace& workspace, CompareFlags flags)
{
    auto before = workspace::parseRunReference(flags.before);
    auto after = workspace::parseRunReference(flags.after);
    if (!before || !after) {
        return tl::unexpected(!before ? before.error() : after.error());
    }
    tellApart(*before, *after);
    auto run = workspace.runs().run(after->run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    auto other = workspace.runs().run(before->run);
    if (!other) {
        return tl::unexpected(other.error());
    }
    for (evals::Run* one : {&*other, &*run}) {
        if (auto finished = requireFinished(*one); !finished) {
            return finished;
        }
    }
    const int variant = after->variant.value_or(0);
    if (static_cast<std::size_t>(variant) >= run->settings.variants.size()) {
        return failure(ErrorCode::NotFound,
                       "run " + run->id + " has " + std::to_string(run->settings.variants.size()) +
                           " variants",
                       flags.after);
    }
    flags.report.baseline =
        before->run + (before->variant ? "#" + std::to_string(*before->variant + 1) : std::string());
    auto report = workspace::evalReport(workspace, *run, variant, flags.report);
    if (!report) {
        return tl::unexpected(report.error());
    }
    if (auto written = writeReports(*report, flags.report); !written) {
        return tl::unexpected(written.error());
    }
    const evals::VariantReport& one = report->variants.front();
    if (session.json) {
        nlohmann::ordered_json json = evals::comparisonJson(*one.comparison);
        json["gates"] = one.gates ? evals::gatesJson(*one.gates) : nlohmann::ordered_json();
        printJson(json);
    } else {
        printReport(*report);
    }
    session.exitCode = report->passed() ? kDone : kNo;
    return {};
}

} // namespace

void addEvalCompare(CLI::App& eval, Session& session)
{
    auto* command = eval.add_subcommand("compare", "two runs, or two variants of one, case by case");
    auto flags = std::make_shared<CompareFlags>();
    command->add_option("before", flags->before, "RUN or RUN#VARIANT; latest is a run")->required();
    command->add_option("after", flags->after, "RUN or RUN#VARIANT")->required();
    addReportFlags(*command, flags->report);
    command->footer("Example: plumbline eval compare latest#1 latest#2 --html compared.html");
    command->callback([&session, flags] {
        auto opened = session.open();
        auto done =
            opened ? compareRuns(session, **opened, *flags) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
