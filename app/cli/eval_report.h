// What `plumbline eval` makes of a run that has ended: metrics, verdict, gates, and the files that were asked
// for.
#pragma once

#include <optional>
#include <string>

#include "app/cli/session.h"
#include "app/evals/planned_power.h"
#include "app/evals/report.h"

namespace CLI {
class App;
}

namespace plumbline::cli {

struct ReportFlags {
    std::string baseline; // NAME@vN of the run itself, or another run with or without #VARIANT
    std::string gates;    // empty: gates.yaml of the workspace, where there is one
    std::string context = "ci";
    bool noGates = false;
    std::string junit;
    std::string sarif;
    std::string html;
    std::string json;
    std::string markdown;
};

// --gates, --context, --no-gates, --junit, --sarif, --html, --json-out, --markdown.
void addReportFlags(CLI::App& command, ReportFlags& flags);

// A run, and which of its variants: "r-20261126-041313-ab12", "latest#2". Counted from 1 outside and from 0
// here.
struct RunReference {
    std::string run;
    std::optional<int> variant;
};
// BadInput: what stands behind # is no number from 1.
Result<RunReference> parseRunReference(const std::string& text);

// Reads whole results, gates and quarantine; `only` leaves the other variants out. Errors: those of the store
// and of reading; BadInput and NotFound for gates, context and baseline.
Result<evals::Report> reportOf(const workspace::Workspace& workspace, const evals::Run& run,
                               std::optional<int> only, const ReportFlags& flags);

// The flags' files. Errors of writing.
Result<void> writeReports(const evals::Report& report, const ReportFlags& flags);

// What a suite will be able to show, in a sentence.
void printPower(const evals::PlannedPower& power);

// Metrics, verdicts and gates for a person.
void printReport(const evals::Report& report);

} // namespace plumbline::cli
