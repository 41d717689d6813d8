#include <algorithm>
#include <cmath>

#include "app/evals/failure_text.h"
#include "app/evals/html_page.h"
#include "app/evals/markup_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::evals {

namespace {

using html::Cell;

constexpr std::size_t kMostFailures = 500;

std::string kindOf(MetricVerdict verdict)
{
    switch (verdict) {
    case MetricVerdict::Regressed:
        return "bad";
    case MetricVerdict::Improved:
        return "good";
    case MetricVerdict::NoEvidence:
        return "";
    case MetricVerdict::Underpowered:
        return "warn";
    }
    return "";
}

std::string kindOf(GateState state)
{
    return state == GateState::Passed ? "good" : state == GateState::Warned ? "warn" : "bad";
}

std::string reachText(double low, double high, const std::string& unit)
{
    return valueText(low, unit) + " to " + valueText(high, unit);
}

std::string gatesPart(const GateReport& gates)
{
    std::vector<std::vector<Cell>> rows;
    for (const GateOutcome& outcome : gates.outcomes) {
        rows.push_back({{std::string(toString(outcome.state)), false, {}, kindOf(outcome.state)},
                        {outcome.metric},
                        {outcome.riskTier.empty() ? "all" : outcome.riskTier},
                        {outcome.reason},
                        {outcome.where}});
    }
    return html::heading(3, std::string("Gates for ") + gates.context + ": " +
                                (gates.passed() ? "passed" : "failed")) +
           html::table("What the candidate must hold", {"State", "Metric", "Risk tier", "Why", "Stated at"},
                       rows);
}

std::string comparisonPart(const Comparison& comparison)
{
    std::vector<std::vector<Cell>> rows;
    for (const MetricComparison& metric : comparison.metrics) {
        const double reach = std::max({std::abs(metric.low), std::abs(metric.high), metric.relevant});
        const std::string interval = intervalText(metric);
        const std::string tier = metric.riskTier.empty() ? "" : " (risk tier " + metric.riskTier + ")";
        rows.push_back({{metric.label + tier + (metric.blocking ? ", blocking" : "")},
                        {std::string(toString(metric.verdict)), false, {}, kindOf(metric.verdict)},
                        {valueText(metric.before, metric.unit), true},
                        {valueText(metric.after, metric.unit), true},
                        {differenceText(metric.difference, metric.unit) + " (" + interval + ")", true,
                         html::bar(metric.difference, metric.low, metric.high, -reach, reach, interval)},
                        {std::to_string(metric.fixed) + " / " + std::to_string(metric.broken), true},
                        {differenceText(metric.smallestVisible, metric.unit).substr(1), true},
                        {metric.test}});
    }
    std::string out =
        html::heading(3, "Against " + comparison.before + ": " + std::string(toString(comparison.verdict)));
    out += html::table(
        "Paired by case; interval of 95 %. Smallest visible: the difference that these cases would show "
        "four times in five",
        {"Metric", "Verdict", "Before", "After", "Difference", "Better / worse", "Smallest visible", "Test"},
        rows);
    const auto listed = [](const char* title, const std::vector<CaseChange>& changes) {
        std::string ids;
        for (const CaseChange& change : changes) {
            ids += (ids.empty() ? "" : ", ") + change.caseId;
        }
        return ids.empty() ? std::string() : html::paragraph(title + ids);
    };
    return out + listed("Broken: ", comparison.broken) + listed("Fixed: ", comparison.fixed);
}

std::string flakyPart(const Comparison& comparison)
{
    std::string out;
    const auto share = [](const std::optional<double>& value) {
        return value ? valueText(*value, "share") : std::string("agrees");
    };
    if (!comparison.flaky.empty()) {
        std::vector<std::vector<Cell>> rows;
        for (const FlakyCase& flaky : comparison.flaky) {
            rows.push_back({{flaky.caseId},
                            {share(flaky.before), true},
                            {share(flaky.after), true},
                            {flaky.setAside ? "set aside" : "counts"}});
        }
        out += html::table("Flaky: share of repeats that passed", {"Case", "Before", "After", "Now"}, rows);
    } else if (!comparison.flakinessKnown) {
        out += html::paragraph("Flaky cases are not known: both sides need repeats.");
    }
    for (const QuarantinedCase& one : comparison.setAside) {
        out += html::paragraph(one.caseId + " is set aside until " + plumbline::toString(one.expires) +
                               " by " + one.owner + ": " + one.reason);
    }
    for (const QuarantinedCase& one : comparison.overdue) {
        out += html::paragraph(one.caseId + " was set aside until " + plumbline::toString(one.expires) +
                               " by " + one.owner + " and counts again");
    }
    return out;
}

std::string metricsPart(const VariantReport& variant)
{
    std::vector<std::vector<Cell>> rows;
    for (const Metric& metric : variant.metrics) {
        if (metric.unit != "share" && metric.high <= 0) {
            continue; // a stage that this answerer does not have
        }
        const double most = metric.unit == "share" ? 1 : std::max(metric.high, metric.value);
        rows.push_back({{metric.label},
                        {valueText(metric.value, metric.unit), true},
                        {reachText(metric.low, metric.high, metric.unit), true,
                         html::bar(metric.value, metric.low, metric.high, 0, most,
                                   reachText(metric.low, metric.high, metric.unit))},
                        {std::to_string(metric.n), true},
                        {metric.higherIsBetter ? "higher" : "lower"},
                        {metric.method}});
    }
    return html::table("Metrics", {"Metric", "Value", "95 % interval", "Cases", "Better", "Method"}, rows);
}

std::string failurePart(const Failure& failure)
{
    std::string out = "<details" + std::string(failure.passedBefore ? " open" : "") + "><summary>" +
                      escapedMarkup(failure.caseId) + " <span class=\"bad\">" + escapedMarkup(failure.check) +
                      "</span>" + (failure.passedBefore ? ", passed before" : "") +
                      (failure.setAsideBy.empty() ? "" : ", set aside") + " <span class=\"soft\">" +
                      escapedMarkup(failure.question) + "</span></summary><div><dl>\n";
    out += html::entry("Check", headline(failure) +
                                    (failure.checkWhere.empty() ? "" : " (" + failure.checkWhere + ")"));
    out += html::entry("Sentence", failure.sentence.text, true);
    out += html::entry("at", placeText(failure.sentence));
    if (failure.source) {
        out += html::entry("Source", placeText(*failure.source));
        out += html::entry("says", failure.source->text, true);
    }
    if (failure.prompt) {
        out += html::entry("Prompt", placeText(*failure.prompt) +
                                         (failure.prompt->changed ? ", differs from the baseline" : ""));
        out += html::entry("reads", failure.prompt->text);
    }
    out += html::entry("Answer", failure.output);
    return out + html::entry("Case", failure.caseWhere) + "</dl></div></details>\n";
}

std::string failuresPart(const std::vector<Failure>& failures, int variant)
{
    std::string out;
    std::size_t shown = 0;
    std::size_t all = 0;
    for (const bool news : {true, false}) { // what the baseline passed first
        for (const Failure& failure : failures) {
            if (failure.variant == variant && failure.passedBefore == news) {
                ++all;
                if (shown < kMostFailures) {
                    out += failurePart(failure);
                    ++shown;
                }
            }
        }
    }
    std::string title = std::to_string(all) + (all == 1 ? " case failed" : " cases failed");
    title += all > shown ? ", the first " + std::to_string(shown) : "";
    return html::heading(3, title) + out;
}

std::string variantPart(const Report& report, const std::vector<Failure>& failures, int variant)
{
    const VariantReport& one = report.variants[static_cast<std::size_t>(variant)];
    std::string out = html::heading(2, one.name + (one.baseline ? ", the baseline" : ""));
    out += one.gates ? gatesPart(*one.gates) : std::string();
    if (one.comparison) {
        out += comparisonPart(*one.comparison) + flakyPart(*one.comparison);
    }
    out += one.baseline ? std::string() : failuresPart(failures, variant);
    return out + metricsPart(one);
}

std::string notExecutedPart(const Report& report)
{
    if (report.notExecuted.empty()) {
        return {};
    }
    std::vector<std::vector<Cell>> rows;
    for (std::size_t index = 0; index < report.notExecuted.size() && index < kMostFailures; ++index) {
        const NotExecuted& one = report.notExecuted[index];
        rows.push_back({{one.caseId}, {one.assertion}, {one.reason}, {one.where}});
    }
    return html::heading(2, "Not executed") +
           html::table("These assertions could not be run, and passed nowhere",
                       {"Case", "Assertion", "Why", "Stated at"}, rows);
}

} // namespace

std::string htmlReport(const Report& report)
{
    const bool gated = std::ranges::any_of(
        report.variants, [](const VariantReport& variant) { return variant.gates.has_value(); });
    std::string body = html::heading(1, "Evaluation of " + report.suite.name);
    body += "<p class=\"soft\">" +
            escapedMarkup("Run " + report.run.id + ", " + plumbline::toString(report.run.started) + ", by " +
                          report.run.actor + "; " + std::to_string(report.suite.cases.size()) + " cases, " +
                          std::to_string(report.run.settings.repeats) + " x each; state " +
                          std::string(toString(report.run.state)) + "; " + report.program) +
            "</p>\n";
    const char* kind = !report.finished() || !gated ? "warn" : report.passed() ? "good" : "bad";
    body += "<p>Verdict: <span class=\"" + std::string(kind) + "\">" + verdictText(report) + "</span></p>\n";
    if (report.detector.known()) {
        body += html::paragraph("The detector of hallucinations finds " +
                                valueText(report.detector.sensitivity, "share") + " of the bad (of " +
                                std::to_string(report.detector.sensitivityOf) + " judged) and leaves alone " +
                                valueText(report.detector.specificity, "share") + " of the good (of " +
                                std::to_string(report.detector.specificityOf) + ").");
    }
    const std::vector<Failure> failures = failuresOf(report);
    for (const bool baseline : {false, true}) { // what is judged first
        for (int variant = 0; variant < static_cast<int>(report.variants.size()); ++variant) {
            if (report.variants[static_cast<std::size_t>(variant)].baseline == baseline) {
                body += variantPart(report, failures, variant);
            }
        }
    }
    return html::page("Evaluation of " + report.suite.name, body + notExecutedPart(report));
}

} // namespace plumbline::evals
