#include <algorithm>

#include "app/evals/failure_text.h"
#include "app/evals/markup_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kMostFailures = 10;
constexpr std::size_t kMostNames = 30;

std::string gatesPart(const GateReport& gates)
{
    std::string out = "| gate | state | why |\n|---|---|---|\n";
    for (const GateOutcome& outcome : gates.outcomes) {
        const std::string tier = outcome.riskTier.empty() ? "" : " (" + outcome.riskTier + ")";
        const bool failed = outcome.state == GateState::Failed;
        out += "| " + markdownCode(outcome.metric + tier) + " | " +
               (failed ? "**failed**" : std::string(toString(outcome.state))) + " | " +
               escapedMarkdown(outcome.reason) + " |\n";
    }
    return out + "\n";
}

std::string names(const std::vector<CaseChange>& changes)
{
    std::string out;
    for (std::size_t index = 0; index < changes.size() && index < kMostNames; ++index) {
        out += (index == 0 ? "" : ", ") + markdownCode(changes[index].caseId);
    }
    return changes.size() > kMostNames ? out + " and " + std::to_string(changes.size() - kMostNames) + " more"
                                       : out;
}

std::string comparisonPart(const Comparison& comparison)
{
    std::string out = "Against " + markdownCode(comparison.before) + ": **" +
                      std::string(toString(comparison.verdict)) + "**\n\n";
    for (const MetricComparison& metric : comparison.metrics) {
        if (metric.blocking || metric.verdict == MetricVerdict::Regressed) {
            out += "- " + escapedMarkdown(sentence(metric)) + "\n";
        }
    }
    if (!comparison.broken.empty()) {
        out += "- broken: " + names(comparison.broken) + "\n";
    }
    if (!comparison.fixed.empty()) {
        out += "- fixed: " + names(comparison.fixed) + "\n";
    }
    if (!comparison.flaky.empty()) {
        out += "- " + std::to_string(comparison.flaky.size()) + " flaky\n";
    }
    if (!comparison.setAside.empty()) {
        out += "- " + std::to_string(comparison.setAside.size()) + " set aside\n";
    }
    return out + "\n";
}

std::string failurePart(const Failure& failure)
{
    std::string out = "- " + markdownCode(failure.caseId) + " " + escapedMarkdown(headline(failure)) +
                      (failure.passedBefore ? " (passed before)" : "") + "\n";
    if (!failure.sentence.text.empty()) {
        out += "  - sentence: " + escapedMarkdown(failure.sentence.text) + "\n";
    }
    if (failure.source) {
        out += "  - source: " + markdownCode(placeText(*failure.source)) + " " +
               escapedMarkdown(failure.source->text) + "\n";
    }
    if (failure.prompt) {
        out += "  - prompt: " + markdownCode(placeText(*failure.prompt)) + " " +
               escapedMarkdown(failure.prompt->text) + "\n";
    }
    return out;
}

std::string failuresPart(const std::vector<Failure>& failures, int variant)
{
    std::vector<const Failure*> own;
    for (const Failure& failure : failures) {
        if (failure.variant == variant && failure.setAsideBy.empty()) {
            own.push_back(&failure);
        }
    }
    if (own.empty()) {
        return "No case failed.\n\n";
    }
    std::ranges::stable_sort(own, {}, [](const Failure* failure) { return !failure->passedBefore; });
    std::string out = "<details><summary>" + std::to_string(own.size()) +
                      (own.size() == 1 ? " case failed" : " cases failed") + "</summary>\n\n";
    for (std::size_t index = 0; index < own.size() && index < kMostFailures; ++index) {
        out += failurePart(*own[index]);
    }
    if (own.size() > kMostFailures) {
        out += "- and " + std::to_string(own.size() - kMostFailures) + " more\n";
    }
    return out + "\n</details>\n\n";
}

} // namespace

std::string markdownReport(const Report& report)
{
    std::string out =
        "## Evaluation of " + escapedMarkdown(report.suite.name) + ": " + verdictText(report) + "\n\n";
    if (!report.finished()) {
        out += std::to_string(report.run.done) + " of " + std::to_string(report.run.planned) +
               " results are there; nothing was compared or gated.\n\n";
    }
    const std::vector<Failure> failures = failuresOf(report);
    for (int variant = 0; variant < static_cast<int>(report.variants.size()); ++variant) {
        const VariantReport& one = report.variants[static_cast<std::size_t>(variant)];
        if (one.baseline) {
            continue;
        }
        out += "### " + markdownCode(one.name) + "\n\n";
        if (const Metric* passes = find(one.metrics, "pass_rate")) {
            out += "Pass rate " + valueText(passes->value, passes->unit) + " (" +
                   valueText(passes->low, passes->unit) + " to " + valueText(passes->high, passes->unit) +
                   ") over " + std::to_string(passes->n) + " cases.\n\n";
        }
        out += one.gates ? gatesPart(*one.gates) : std::string();
        out += one.comparison ? comparisonPart(*one.comparison) : std::string();
        out += failuresPart(failures, variant);
    }
    return out + "Run " + markdownCode(report.run.id) + ", " + std::to_string(report.suite.cases.size()) +
           " cases, " + escapedMarkdown(report.program) + ".\n";
}

} // namespace plumbline::evals
