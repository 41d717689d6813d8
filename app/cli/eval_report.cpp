#include "app/cli/eval_report.h"

#include <algorithm>
#include <iostream>
#include <span>

#include <CLI/CLI.hpp>

#include "app/base/file.h"
#include "app/cli/terminal_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::cli {

namespace {

constexpr std::size_t kBrokenShown = 20; // on the terminal

void write(Result<void>& done, const std::string& path, const std::string& text)
{
    if (done && !path.empty()) {
        done = writeFileAtomically(path, text);
    }
}

// What a person looks at first; the files have all of them.
bool isHeadline(const evals::Metric& metric)
{
    return metric.unit == "share" || metric.name == "latency:total:p50" ||
           metric.name == "latency:total:p95" || (metric.name == "cost" && metric.high > 0);
}

void printMetrics(const std::vector<evals::Metric>& metrics)
{
    for (const evals::Metric& metric : metrics) {
        if (isHeadline(metric)) {
            std::cout << "   " << terminalSafe(metric.label) << " "
                      << evals::valueText(metric.value, metric.unit) << " ("
                      << evals::valueText(metric.low, metric.unit) << " to "
                      << evals::valueText(metric.high, metric.unit) << "), " << metric.n << " cases\n";
        }
    }
}

std::span<const evals::CaseChange> firstOf(const std::vector<evals::CaseChange>& changes)
{
    return std::span(changes).first(std::min(changes.size(), kBrokenShown));
}

// Metrics that gates speak of are said there.
void printComparison(const evals::Comparison& comparison, bool gated)
{
    std::cout << "   against " << terminalSafe(comparison.before) << ": " << toString(comparison.verdict)
              << "\n";
    for (const evals::MetricComparison& metric : comparison.metrics) {
        const bool regressed = metric.verdict == evals::MetricVerdict::Regressed;
        if (metric.blocking ? !gated : regressed) {
            std::cout << "   " << terminalSafe(evals::sentence(metric)) << "\n";
        }
    }
    for (const evals::CaseChange& change : firstOf(comparison.broken)) {
        std::cout << "   broken " << terminalSafe(change.caseId) << "\n";
    }
    if (comparison.broken.size() > kBrokenShown) {
        std::cout << "   and " << comparison.broken.size() - kBrokenShown
                  << " more; the reports and `eval compare --json` name them all\n";
    }
}

void printGates(const evals::GateReport& gates)
{
    for (const evals::GateOutcome& outcome : gates.outcomes) {
        std::cout << "   gate " << terminalSafe(outcome.metric)
                  << (outcome.riskTier.empty() ? "" : " (" + terminalSafe(outcome.riskTier) + ")") << " "
                  << toString(outcome.state) << ": " << terminalSafe(outcome.reason) << "\n";
    }
}

} // namespace

void addReportFlags(CLI::App& command, ReportFlags& flags)
{
    command.add_option("--gates", flags.gates, "what it must hold; gates.yaml of the workspace without it");
    command.add_option("--context", flags.context, "which gates of the file: ci, release or canary");
    command.add_flag("--no-gates", flags.noGates, "hold it to nothing");
    command.add_option("--junit", flags.junit, "write JUnit XML there");
    command.add_option("--sarif", flags.sarif, "write SARIF 2.1.0 there");
    command.add_option("--html", flags.html, "write one HTML file there");
    command.add_option("--json-out", flags.json, "write all of it as JSON there");
    command.add_option("--markdown", flags.markdown, "write a summary for a pull request there");
}

Result<void> writeReports(const evals::Report& report, const ReportFlags& flags)
{
    Result<void> done;
    write(done, flags.junit, flags.junit.empty() ? std::string() : evals::junitReport(report));
    write(done, flags.sarif, flags.sarif.empty() ? std::string() : evals::sarifReport(report));
    write(done, flags.html, flags.html.empty() ? std::string() : evals::htmlReport(report));
    write(done, flags.json, flags.json.empty() ? std::string() : dump(evals::jsonReport(report)) + "\n");
    write(done, flags.markdown, flags.markdown.empty() ? std::string() : evals::markdownReport(report));
    return done;
}

void printPower(const evals::PlannedPower& power)
{
    const evals::PowerAssumptions assumed;
    std::cout << power.cases << " cases in " << power.clusters << " clusters; where "
              << evals::valueText(assumed.discordance, "share")
              << " of them change, they can show a difference of "
              << evals::differenceText(power.smallestVisible, "share").substr(1) << " or more\n";
}

void printReport(const evals::Report& report)
{
    for (const evals::VariantReport& variant : report.variants) {
        std::cout << "\n" << terminalSafe(variant.name) << (variant.baseline ? ", the baseline\n" : "\n");
        printMetrics(variant.metrics);
        if (variant.comparison) {
            printComparison(*variant.comparison, variant.gates.has_value());
        }
        if (variant.gates) {
            printGates(*variant.gates);
        }
    }
}

} // namespace plumbline::cli
