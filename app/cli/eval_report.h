// What `plumbline eval` makes of a run that has ended: metrics, verdict, gates, and the files that were asked
// for.
#pragma once

#include <string>

#include "app/cli/session.h"
#include "app/evals/planned_power.h"
#include "app/evals/report.h"
#include "app/workspace/eval_report.h"

namespace CLI {
class App;
}

namespace plumbline::cli {

struct ReportFlags : workspace::ReportChoice {
    std::string junit;
    std::string sarif;
    std::string html;
    std::string json;
    std::string markdown;
};

// --gates, --context, --no-gates, --junit, --sarif, --html, --json-out, --markdown.
void addReportFlags(CLI::App& command, ReportFlags& flags);

// The flags' files. Errors of writing.
Result<void> writeReports(const evals::Report& report, const ReportFlags& flags);

// What a suite will be able to show, in a sentence.
void printPower(const evals::PlannedPower& power);

// Metrics, verdicts and gates for a person.
void printReport(const evals::Report& report);

} // namespace plumbline::cli
