#include "app/evals/failure_text.h"
#include "app/evals/report_writers.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// listOf() must know them all.
ordered_json jsonOf(const Metric& value);
ordered_json jsonOf(const CaseChange& value);
ordered_json jsonOf(const MetricComparison& value);
ordered_json jsonOf(const FlakyCase& value);
ordered_json jsonOf(const QuarantinedCase& value);
ordered_json jsonOf(const GateOutcome& value);
ordered_json jsonOf(const EvidencePlace& value);
ordered_json jsonOf(const PromptPlace& value);
ordered_json jsonOf(const NotExecuted& value);
ordered_json jsonOf(const VariantReport& value);

ordered_json jsonOf(const Metric& metric)
{
    return {
        {"name", metric.name},         {"label", metric.label}, {"value", metric.value},
        {"low", metric.low},           {"high", metric.high},   {"n", metric.n},
        {"clusters", metric.clusters}, {"unit", metric.unit},   {"higher_is_better", metric.higherIsBetter},
        {"method", metric.method}};
}

ordered_json jsonOf(const CaseChange& change)
{
    return {{"case", change.caseId}, {"before", change.before}, {"after", change.after}};
}

template <typename T>
ordered_json listOf(const std::vector<T>& values)
{
    ordered_json list = ordered_json::array();
    for (const T& value : values) {
        list.push_back(jsonOf(value));
    }
    return list;
}

ordered_json jsonOf(const MetricComparison& metric)
{
    return {{"name", metric.name},
            {"label", metric.label},
            {"risk_tier", metric.riskTier},
            {"unit", metric.unit},
            {"higher_is_better", metric.higherIsBetter},
            {"blocking", metric.blocking},
            {"before", metric.before},
            {"after", metric.after},
            {"difference", metric.difference},
            {"low", metric.low},
            {"high", metric.high},
            {"p", metric.p},
            {"p_adjusted", metric.pAdjusted},
            {"test", metric.test},
            {"pairs", metric.pairs},
            {"clusters", metric.clusters},
            {"fixed", metric.fixed},
            {"broken", metric.broken},
            {"smallest_visible", metric.smallestVisible},
            {"relevant", metric.relevant},
            {"verdict", toJson(metric.verdict)},
            {"sentence", sentence(metric)},
            {"changes", listOf(metric.changes)}};
}

ordered_json optionalNumber(const std::optional<double>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json jsonOf(const FlakyCase& flaky)
{
    return {{"case", flaky.caseId},
            {"before", optionalNumber(flaky.before)},
            {"after", optionalNumber(flaky.after)},
            {"set_aside", flaky.setAside}};
}

ordered_json jsonOf(const QuarantinedCase& one)
{
    return {{"case", one.caseId},
            {"owner", one.owner},
            {"expires", plumbline::toString(one.expires)},
            {"reason", one.reason},
            {"where", one.where}};
}

ordered_json jsonOf(const GateOutcome& outcome)
{
    return {{"metric", outcome.metric}, {"risk_tier", outcome.riskTier}, {"state", toString(outcome.state)},
            {"reason", outcome.reason}, {"where", outcome.where},        {"cases", outcome.cases}};
}

ordered_json jsonOf(const EvidencePlace& place)
{
    return {{"document", place.document},
            {"version", place.version},
            {"start", place.start},
            {"end", place.end},
            {"text", place.text}};
}

ordered_json jsonOf(const PromptPlace& place)
{
    return {{"path", place.path}, {"line", place.line}, {"text", place.text}, {"changed", place.changed}};
}

template <typename T>
ordered_json optionalJson(const std::optional<T>& value)
{
    return value ? jsonOf(*value) : ordered_json();
}

ordered_json jsonOf(const NotExecuted& one)
{
    return {{"case", one.caseId}, {"assertion", one.assertion}, {"reason", one.reason}, {"where", one.where}};
}

ordered_json jsonOf(const VariantReport& variant)
{
    return {{"variant", variant.name},
            {"baseline", variant.baseline},
            {"metrics", listOf(variant.metrics)},
            {"comparison", variant.comparison ? comparisonJson(*variant.comparison) : ordered_json()},
            {"gates", variant.gates ? gatesJson(*variant.gates) : ordered_json()}};
}

} // namespace

ordered_json comparisonJson(const Comparison& comparison)
{
    return {{"before", comparison.before},
            {"after", comparison.after},
            {"verdict", toJson(comparison.verdict)},
            {"metrics", listOf(comparison.metrics)},
            {"fixed", listOf(comparison.fixed)},
            {"broken", listOf(comparison.broken)},
            {"flakiness_known", comparison.flakinessKnown},
            {"flaky", listOf(comparison.flaky)},
            {"set_aside", listOf(comparison.setAside)},
            {"overdue", listOf(comparison.overdue)},
            {"only_before", comparison.onlyBefore},
            {"only_after", comparison.onlyAfter}};
}

ordered_json gatesJson(const GateReport& gates)
{
    return {{"context", gates.context},
            {"subject", gates.subject},
            {"passed", gates.passed()},
            {"outcomes", listOf(gates.outcomes)}};
}

ordered_json metricsJson(const std::vector<Metric>& metrics)
{
    return listOf(metrics);
}

ordered_json failureJson(const Failure& failure)
{
    return {{"case", failure.caseId},
            {"where", failure.caseWhere},
            {"question", failure.question},
            {"variant", failure.variant},
            {"state", toString(failure.state)},
            {"outcome", toString(failure.outcome)},
            {"check", failure.check},
            {"reason", failure.reason},
            {"check_where", failure.checkWhere},
            {"sentence", jsonOf(failure.sentence)},
            {"source", optionalJson(failure.source)},
            {"prompt", optionalJson(failure.prompt)},
            {"failed_repeats", failure.failedRepeats},
            {"repeats", failure.repeats},
            {"passed_before", failure.passedBefore},
            {"set_aside_by", failure.setAsideBy}};
}

ordered_json jsonReport(const Report& report)
{
    ordered_json failures = ordered_json::array();
    for (const Failure& failure : failuresOf(report)) {
        failures.push_back(failureJson(failure));
    }
    return {{"program", report.program},
            {"run", report.run.id},
            {"state", toString(report.run.state)},
            {"started", plumbline::toString(report.run.started)},
            {"actor", report.run.actor},
            {"suite",
             {{"name", report.suite.name},
              {"path", report.suite.path},
              {"digest", report.suite.digest},
              {"cases", report.suite.cases.size()}}},
            {"repeats", report.run.settings.repeats},
            {"seed", report.run.settings.seed},
            {"baseline", report.baseline.empty() ? ordered_json() : ordered_json(report.baseline)},
            {"passed", report.passed()},
            {"variants", listOf(report.variants)},
            {"not_executed", listOf(report.notExecuted)},
            {"failures", std::move(failures)}};
}

} // namespace plumbline::evals
