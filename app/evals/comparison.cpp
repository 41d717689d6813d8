#include "app/evals/comparison.h"

#include <algorithm>
#include <cmath>

#include "app/evals/pairing.h"

namespace plumbline::evals {

namespace {

using CaseIds = std::set<std::string, std::less<>>;

struct Wanted {
    MetricDefinition definition;
    std::string riskTier;
    double margin = 0;
    bool blocking = false;
};

std::vector<Wanted> wantedMetrics(const std::vector<std::string>& columns, const ComparisonConfig& config)
{
    std::vector<BlockingMetric> blocking = config.blocking;
    if (blocking.empty()) {
        blocking.push_back({"pass_rate", {}, 0, true});
    }
    std::vector<Wanted> wanted;
    std::vector<Wanted> others;
    for (const std::string& column : columns) {
        for (const MetricDefinition& definition : metricsFrom(column)) {
            bool decides = false;
            for (const BlockingMetric& block : blocking) {
                if (block.metric == definition.name) {
                    wanted.push_back({definition, block.riskTier, block.margin, true});
                    wanted.back().definition.higherIsBetter = block.higherIsBetter;
                    decides = decides || block.riskTier.empty();
                }
            }
            // Stages of the latency take long to compare and rarely decide.
            const bool stage =
                definition.kind == MetricKind::Percentile && definition.column != "latency:total";
            if (!decides && !stage && definition.name != "hallucination_corrected") {
                others.push_back({definition, {}, 0, false});
            }
        }
    }
    wanted.insert(wanted.end(), others.begin(), others.end());
    return wanted;
}

void judge(MetricComparison& metric)
{
    if (metric.pairs > 0 && metric.pAdjusted <= kAlpha) {
        const bool better = (metric.difference > 0) == metric.higherIsBetter;
        metric.verdict = better ? MetricVerdict::Improved : MetricVerdict::Regressed;
    } else {
        metric.verdict = metric.pairs == 0 || metric.smallestVisible > metric.relevant
                             ? MetricVerdict::Underpowered
                             : MetricVerdict::NoEvidence;
    }
}

// The blocking metrics are one family of tests, all others another: twenty tests without correction would
// find a difference between equals most of the time.
void correctAndJudge(std::vector<MetricComparison>& metrics)
{
    for (const bool blocking : {true, false}) {
        std::vector<double> p;
        for (const MetricComparison& metric : metrics) {
            if (metric.blocking == blocking) {
                p.push_back(metric.p);
            }
        }
        const std::vector<double> adjusted = holm(p);
        std::size_t next = 0;
        for (MetricComparison& metric : metrics) {
            if (metric.blocking == blocking) {
                metric.pAdjusted = adjusted[next++];
                judge(metric);
            }
        }
    }
}

void listPassChanges(Comparison& comparison, const Pairs& passes)
{
    for (std::size_t index = 0; index < passes.ids.size(); ++index) {
        const CaseChange change{passes.ids[index], passes.before[index].value, passes.after[index].value};
        const bool before = change.before > .5;
        const bool after = change.after > .5;
        if (before != after) {
            (after ? comparison.fixed : comparison.broken).push_back(change);
        }
    }
}

std::optional<double> whereFlaky(const ComparedSide& side, std::string_view caseId)
{
    const auto subject = side.measurements->subjectOf(caseId);
    const auto passed =
        subject ? side.measurements->value(side.variant, "pass_rate", *subject) : std::optional<double>{};
    return passed && *passed > 0 && *passed < 1 ? passed : std::nullopt;
}

void listFlaky(Comparison& comparison, const ComparedSide& before, const ComparedSide& after,
               const CaseIds& leftOut)
{
    comparison.flakinessKnown = before.measurements->repeats() > 1 && after.measurements->repeats() > 1;
    for (const Measurements::Subject& subject : after.measurements->subjects()) {
        FlakyCase flaky{subject.id, whereFlaky(before, subject.id), whereFlaky(after, subject.id),
                        leftOut.contains(subject.id)};
        if (flaky.before || flaky.after) {
            comparison.flaky.push_back(std::move(flaky));
        }
    }
}

std::vector<std::string> onlyOn(const ComparedSide& side, const ComparedSide& other)
{
    std::vector<std::string> ids;
    const auto has = [](const ComparedSide& one, std::string_view caseId) {
        const auto subject = one.measurements->subjectOf(caseId);
        return subject && one.measurements->value(one.variant, "pass_rate", *subject);
    };
    for (const Measurements::Subject& subject : side.measurements->subjects()) {
        if (has(side, subject.id) && !has(other, subject.id)) {
            ids.push_back(subject.id);
        }
    }
    return ids;
}

MetricVerdict verdictOver(const std::vector<MetricComparison>& metrics)
{
    for (const MetricVerdict verdict :
         {MetricVerdict::Regressed, MetricVerdict::Underpowered, MetricVerdict::Improved}) {
        if (std::ranges::any_of(metrics, [&](const MetricComparison& metric) {
                return metric.blocking && metric.verdict == verdict;
            })) {
            return verdict;
        }
    }
    return MetricVerdict::NoEvidence;
}

double relevantDifference(const Wanted& want, const MetricComparison& metric, const ComparisonConfig& config)
{
    if (want.blocking && want.margin > 0) {
        return want.margin;
    }
    return want.definition.isShare() ? config.relevantShare : config.relevantPart * std::abs(metric.before);
}

} // namespace

Comparison compare(const ComparedSide& before, const ComparedSide& after, const ComparisonConfig& config)
{
    Comparison comparison;
    comparison.before = before.name;
    comparison.after = after.name;
    const CaseIds leftOut = setAside(config.quarantine, config.day);
    comparison.overdue = overdue(config.quarantine, config.day);
    for (const QuarantinedCase& one : config.quarantine) {
        if (leftOut.contains(one.caseId) && after.measurements->subjectOf(one.caseId)) {
            comparison.setAside.push_back(one);
        }
    }
    for (const Wanted& want : wantedMetrics(after.measurements->columns(after.variant), config)) {
        const Pairs pairs = pairsOf(before, after, want.definition.column, want.riskTier, leftOut);
        if (pairs.ids.empty() && !want.blocking) {
            continue;
        }
        MetricComparison metric = compareMetric(want.definition, pairs, config.seed);
        metric.riskTier = want.riskTier;
        metric.blocking = want.blocking;
        metric.relevant = relevantDifference(want, metric, config);
        comparison.metrics.push_back(std::move(metric));
    }
    correctAndJudge(comparison.metrics);
    comparison.verdict = verdictOver(comparison.metrics);
    listPassChanges(comparison, pairsOf(before, after, "pass_rate", {}, leftOut));
    listFlaky(comparison, before, after, leftOut);
    comparison.onlyBefore = onlyOn(before, after);
    comparison.onlyAfter = onlyOn(after, before);
    return comparison;
}

const MetricComparison* find(const Comparison& comparison, std::string_view metric, std::string_view riskTier)
{
    const auto place = std::ranges::find_if(comparison.metrics, [&](const MetricComparison& one) {
        return one.name == metric && one.riskTier == riskTier;
    });
    return place == comparison.metrics.end() ? nullptr : &*place;
}

} // namespace plumbline::evals
