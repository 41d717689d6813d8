#include "app/evals/gates.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/evals/personal_data.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kMostCases = 100;

GateState stateOf(GateAction action)
{
    switch (action) {
    case GateAction::Block:
        return GateState::Failed;
    case GateAction::Warn:
        return GateState::Warned;
    case GateAction::Pass:
        return GateState::Passed;
    }
    return GateState::Failed;
}

std::string casesText(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " case" : " cases");
}

GateOutcome outcomeOf(const Gate& gate, GateState state, std::string reason)
{
    return {gate.metric, gate.riskTier, state, std::move(reason), gate.where, {}};
}

// The cases that stand on the wrong side of a limit, of a metric that each case has or has not.
std::vector<std::string> casesAgainst(const Gate& gate, const ComparedSide& subject,
                                      const MetricsConfig& config)
{
    std::vector<std::string> ids;
    const auto definitions = metricsFrom(gate.metric);
    if (definitions.front().kind != MetricKind::YesNo) {
        return ids;
    }
    const auto& subjects = subject.measurements->subjects();
    for (std::size_t index = 0; index < subjects.size() && ids.size() < kMostCases; ++index) {
        const auto value = subject.measurements->value(subject.variant, gate.metric, index);
        const bool counts = (gate.riskTier.empty() || subjects[index].riskTier == gate.riskTier) &&
                            !config.leftOut.contains(subjects[index].id);
        if (value && counts && (*value > .5) != gate.higherIsBetter) {
            ids.push_back(subjects[index].id);
        }
    }
    return ids;
}

GateOutcome checkLimit(const Gate& gate, const Metric& metric, const ComparedSide& subject,
                       const MetricsConfig& config)
{
    const double limit = gate.limit.value_or(0);
    const bool holds = gate.higherIsBetter ? metric.value >= limit : metric.value <= limit;
    const double doubtful = gate.higherIsBetter ? metric.low : metric.high;
    const bool sure = gate.higherIsBetter ? doubtful >= limit : doubtful <= limit;
    std::string reason = metric.label + " is " + valueText(metric.value, metric.unit) + " (" +
                         valueText(metric.low, metric.unit) + " to " + valueText(metric.high, metric.unit) +
                         ") over " + casesText(metric.n) + "; wanted at " +
                         (gate.higherIsBetter ? "least " : "most ") + valueText(limit, metric.unit);
    if (holds && !sure) {
        reason += "; the interval reaches past the limit";
    }
    GateOutcome outcome = outcomeOf(gate, holds ? GateState::Passed : GateState::Failed, std::move(reason));
    if (!holds) {
        outcome.cases = casesAgainst(gate, subject, config);
    }
    return outcome;
}

GateOutcome checkMargin(const Gate& gate, const MetricComparison& metric)
{
    const double loss = gate.higherIsBetter ? -metric.difference : metric.difference;
    const std::string margin =
        "; at most " + differenceText(gate.margin.value_or(0), metric.unit).substr(1) + " may be lost";
    if (metric.verdict == MetricVerdict::Underpowered) {
        return outcomeOf(gate, stateOf(gate.underpowered), sentence(metric) + margin);
    }
    const bool fails = metric.verdict == MetricVerdict::Regressed && loss > gate.margin.value_or(0);
    GateOutcome outcome =
        outcomeOf(gate, fails ? GateState::Failed : GateState::Passed, sentence(metric) + margin);
    if (fails) {
        for (const CaseChange& change : metric.changes) {
            const bool worse = (change.after < change.before) == gate.higherIsBetter;
            if (worse && outcome.cases.size() < kMostCases) {
                outcome.cases.push_back(change.caseId);
            }
        }
    }
    return outcome;
}

void checkGate(GateReport& report, const Gate& gate, const std::vector<Metric>& metrics,
               const ComparedSide& subject, const MetricsConfig& config, const Comparison* comparison,
               GateAction noBaseline)
{
    const Metric* metric = find(metrics, gate.metric);
    if (metric == nullptr) {
        const std::string cases = gate.riskTier.empty() ? "no case" : "no case of risk tier " + gate.riskTier;
        report.outcomes.push_back(
            outcomeOf(gate, stateOf(gate.underpowered), "not measured: " + cases + " has a value"));
        return;
    }
    if (metric->n < gate.minimumCases) {
        report.outcomes.push_back(
            outcomeOf(gate, stateOf(gate.underpowered),
                      casesText(metric->n) + ", and the gate wants " + std::to_string(gate.minimumCases)));
        return;
    }
    if (gate.limit) {
        report.outcomes.push_back(checkLimit(gate, *metric, subject, config));
    }
    if (!gate.margin) {
        return;
    }
    const MetricComparison* compared =
        comparison == nullptr ? nullptr : find(*comparison, gate.metric, gate.riskTier);
    if (compared == nullptr) {
        report.outcomes.push_back(outcomeOf(
            gate, stateOf(noBaseline), "nothing to compare with: name a baseline other than the candidate"));
    } else {
        report.outcomes.push_back(checkMargin(gate, *compared));
    }
}

void checkNotExecuted(GateReport& report, const GateContext& context, const ComparedSide& subject)
{
    const std::int64_t count = subject.measurements->notExecutedCount(subject.variant);
    if (count == 0) {
        return;
    }
    GateOutcome outcome;
    outcome.metric = "not_executed";
    outcome.state = stateOf(context.notExecuted);
    const NotExecuted& first = subject.measurements->notExecuted(subject.variant).front();
    outcome.reason = std::to_string(count) + (count == 1 ? " assertion" : " assertions") +
                     " could not be run; the first: " + first.assertion + ", " +
                     withoutPersonalData(first.reason);
    outcome.where = first.where;
    for (const NotExecuted& one : subject.measurements->notExecuted(subject.variant)) {
        if (outcome.cases.size() < kMostCases &&
            std::ranges::find(outcome.cases, one.caseId) == outcome.cases.end()) {
            outcome.cases.push_back(one.caseId);
        }
    }
    report.outcomes.push_back(std::move(outcome));
}

} // namespace

std::string_view toString(GateState state)
{
    switch (state) {
    case GateState::Passed:
        return "passed";
    case GateState::Warned:
        return "warned";
    case GateState::Failed:
        return "failed";
    }
    return "failed";
}

bool GateReport::passed() const
{
    return std::ranges::none_of(
        outcomes, [](const GateOutcome& outcome) { return outcome.state == GateState::Failed; });
}

GateReport checkGates(const GateContext& context, const ComparedSide& subject, const MetricsConfig& config,
                      const Comparison* comparison)
{
    GateReport report;
    report.context = context.name;
    report.subject = subject.name;
    std::map<std::string, std::vector<Metric>> byTier;
    for (const Gate& gate : context.gates) {
        auto place = byTier.find(gate.riskTier);
        if (place == byTier.end()) {
            MetricsConfig ofTier = config;
            ofTier.riskTier = gate.riskTier;
            place = byTier.emplace(gate.riskTier, metricsOf(*subject.measurements, subject.variant, ofTier))
                        .first;
        }
        checkGate(report, gate, place->second, subject, config, comparison, context.noBaseline);
    }
    checkNotExecuted(report, context, subject);
    if (comparison != nullptr) {
        for (const QuarantinedCase& one : comparison->overdue) {
            report.outcomes.push_back({"quarantine",
                                       {},
                                       GateState::Warned,
                                       one.caseId + " was set aside until " +
                                           plumbline::toString(one.expires) + " and counts again; " +
                                           one.owner + " owns it",
                                       one.where,
                                       {one.caseId}});
        }
    }
    return report;
}

} // namespace plumbline::evals
