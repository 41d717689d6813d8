#include "app/evals/report.h"

#include <algorithm>

#include "app/evals/personal_data.h"

namespace plumbline::evals {

namespace {

std::string nameOf(const Run& run, int variant)
{
    const auto index = static_cast<std::size_t>(variant);
    return index < run.settings.variants.size() ? run.settings.variants[index].id() : std::string();
}

std::string promptTextOf(const ReportRequest& request, std::size_t variant)
{
    return variant < request.promptTexts.size() ? request.promptTexts[variant] : std::string();
}

bool isBaseline(const ReportRequest& request, int variant)
{
    return std::ranges::find(request.baselineVariants, variant) != request.baselineVariants.end();
}

// Which variant of the run this one is held against; unset: none of this run.
std::optional<int> baselineFor(const ReportRequest& request, int variant)
{
    if (request.baselineVariants.empty() || isBaseline(request, variant)) {
        return std::nullopt;
    }
    const auto& variants = request.run.settings.variants;
    const auto same = std::ranges::find_if(request.baselineVariants, [&](int one) {
        return variants[static_cast<std::size_t>(one)].model ==
               variants[static_cast<std::size_t>(variant)].model;
    });
    return same == request.baselineVariants.end() ? request.baselineVariants.front() : *same;
}

// Prompts of two names have nothing to do with each other: every line would differ.
bool sameFamily(const Variant& left, const Variant& right)
{
    const auto family = [](const std::string& prompt) { return prompt.substr(0, prompt.find('@')); };
    return family(left.prompt) == family(right.prompt);
}

std::string baselineTextFor(const ReportRequest& request, int variant)
{
    const Variant& own = request.run.settings.variants[static_cast<std::size_t>(variant)];
    if (const auto baseline = baselineFor(request, variant)) {
        const auto index = static_cast<std::size_t>(*baseline);
        return sameFamily(request.run.settings.variants[index], own) ? promptTextOf(request, index)
                                                                     : std::string();
    }
    if (request.other && !isBaseline(request, variant)) {
        const auto& variants = request.other->run.settings.variants;
        const auto index = static_cast<std::size_t>(request.other->variant);
        return index < variants.size() && sameFamily(variants[index], own) ? request.baselinePromptText
                                                                           : std::string();
    }
    return {};
}

struct Sides {
    Measurements own;
    std::optional<Measurements> other;
};

Sides sidesOf(const ReportRequest& request)
{
    Sides sides{Measurements(request.suite), std::nullopt};
    sides.own.add(request.results);
    if (request.other) {
        sides.other.emplace(request.other->suite);
        sides.other->add(request.other->results);
    }
    return sides;
}

std::optional<ComparedSide> baselineSide(const ReportRequest& request, const Sides& sides, int variant)
{
    if (const auto baseline = baselineFor(request, variant)) {
        return ComparedSide{&sides.own, *baseline, nameOf(request.run, *baseline)};
    }
    if (!request.other || isBaseline(request, variant)) {
        return std::nullopt;
    }
    const int other = request.other->variant;
    return ComparedSide{&*sides.other, other,
                        nameOf(request.other->run, other) + " of " + request.other->run.id};
}

// A candidate that is its own baseline has nothing to be compared with, and still has limits to hold.
void dropOnlyBaselines(ReportRequest& request)
{
    for (int variant = 0; variant < static_cast<int>(request.run.settings.variants.size()); ++variant) {
        if (!isBaseline(request, variant)) {
            return;
        }
    }
    request.baselineVariants.clear();
}

VariantReport variantReport(const ReportRequest& request, const Sides& sides, int variant)
{
    VariantReport one;
    one.name = nameOf(request.run, variant);
    one.baseline = isBaseline(request, variant);
    MetricsConfig config;
    config.detector = request.detector;
    config.leftOut = setAside(request.quarantine, request.day);
    config.seed = request.run.settings.seed;
    one.metrics = metricsOf(sides.own, variant, config);
    const auto index = static_cast<std::size_t>(variant);
    one.prompt = PromptLines(request.run.settings.variants[index].promptPath, promptTextOf(request, index),
                             baselineTextFor(request, variant));
    if (one.baseline || request.run.state != RunState::Finished) {
        return one;
    }
    const ComparedSide side{&sides.own, variant, one.name};
    if (const auto baseline = baselineSide(request, sides, variant)) {
        ComparisonConfig comparison;
        comparison.blocking = request.gates ? blockingMetrics(*request.gates) : std::vector<BlockingMetric>{};
        comparison.quarantine = request.quarantine;
        comparison.day = request.day;
        comparison.seed = request.run.settings.seed;
        one.comparison = compare(*baseline, side, comparison);
    }
    if (request.gates) {
        one.gates = checkGates(*request.gates, side, config, one.comparison ? &*one.comparison : nullptr);
    }
    return one;
}

} // namespace

bool Report::passed() const
{
    return finished() && std::ranges::all_of(variants, [](const VariantReport& variant) {
               return !variant.gates || variant.gates->passed();
           });
}

Report makeReport(ReportRequest request)
{
    dropOnlyBaselines(request);
    const Sides sides = sidesOf(request);
    Report report;
    for (int variant = 0; variant < static_cast<int>(request.run.settings.variants.size()); ++variant) {
        report.variants.push_back(variantReport(request, sides, variant));
        const VariantReport& one = report.variants.back();
        if (!one.baseline) {
            const auto& missed = sides.own.notExecuted(variant);
            report.notExecuted.insert(report.notExecuted.end(), missed.begin(), missed.end());
        }
        if (one.comparison && report.baseline.empty()) {
            report.baseline = one.comparison->before;
        }
    }
    for (NotExecuted& one : report.notExecuted) {
        one.reason = withoutPersonalData(one.reason);
    }
    const auto leftOut = setAside(request.quarantine, request.day);
    for (const QuarantinedCase& one : request.quarantine) {
        if (leftOut.contains(one.caseId)) {
            report.setAside.push_back(one);
        }
    }
    report.program = std::move(request.program);
    report.run = std::move(request.run);
    report.suite = std::move(request.suite);
    report.results = std::move(request.results);
    report.detector = request.detector;
    return report;
}

} // namespace plumbline::evals
