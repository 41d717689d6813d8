#include "app/evals/report.h"

#include <algorithm>

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

// Prompts of two names have nothing to do with each other: every line would differ.
std::string baselineTextFor(const ReportRequest& request, std::size_t variant)
{
    const auto family = [](const std::string& prompt) { return prompt.substr(0, prompt.find('@')); };
    const std::string& prompt = request.run.settings.variants[variant].prompt;
    if (request.baselineVariant) {
        const auto index = static_cast<std::size_t>(*request.baselineVariant);
        const bool same = family(request.run.settings.variants[index].prompt) == family(prompt);
        return same && index != variant ? promptTextOf(request, index) : std::string();
    }
    if (request.other) {
        const auto index = static_cast<std::size_t>(request.other->variant);
        const auto& variants = request.other->run.settings.variants;
        const bool same = index < variants.size() && family(variants[index].prompt) == family(prompt);
        return same ? request.baselinePromptText : std::string();
    }
    return {};
}

struct Sides {
    Measurements own;
    std::optional<Measurements> other;
    std::optional<ComparedSide> baseline;
};

Sides sidesOf(const ReportRequest& request)
{
    Sides sides{Measurements(request.suite), std::nullopt, std::nullopt};
    sides.own.add(request.results);
    if (request.other) {
        sides.other.emplace(request.other->suite);
        sides.other->add(request.other->results);
    }
    return sides;
}

// After the sides stand where they stay: a compared side points at them.
void pointAtBaseline(Sides& sides, const ReportRequest& request)
{
    if (request.baselineVariant) {
        sides.baseline = {&sides.own, *request.baselineVariant,
                          nameOf(request.run, *request.baselineVariant)};
    } else if (request.other) {
        const int variant = request.other->variant;
        sides.baseline = {&*sides.other, variant,
                          nameOf(request.other->run, variant) + " of " + request.other->run.id};
    }
}

VariantReport variantReport(const ReportRequest& request, const Sides& sides, int variant)
{
    VariantReport one;
    one.name = nameOf(request.run, variant);
    one.baseline = request.baselineVariant == variant;
    MetricsConfig config;
    config.detector = request.detector;
    config.leftOut = setAside(request.quarantine, request.day);
    config.seed = request.run.settings.seed;
    one.metrics = metricsOf(sides.own, variant, config);
    const auto index = static_cast<std::size_t>(variant);
    one.prompt = PromptLines(request.run.settings.variants[index].promptPath, promptTextOf(request, index),
                             baselineTextFor(request, index));
    if (one.baseline) {
        return one;
    }
    const ComparedSide side{&sides.own, variant, one.name};
    if (sides.baseline) {
        ComparisonConfig comparison;
        comparison.blocking = request.gates ? blockingMetrics(*request.gates) : std::vector<BlockingMetric>{};
        comparison.quarantine = request.quarantine;
        comparison.day = request.day;
        comparison.detector = request.detector;
        comparison.seed = request.run.settings.seed;
        one.comparison = compare(*sides.baseline, side, comparison);
    }
    if (request.gates) {
        one.gates = checkGates(*request.gates, side, config, one.comparison ? &*one.comparison : nullptr);
    }
    return one;
}

} // namespace

bool Report::passed() const
{
    return std::ranges::all_of(
        variants, [](const VariantReport& variant) { return !variant.gates || variant.gates->passed(); });
}

Report makeReport(ReportRequest request)
{
    Sides sides = sidesOf(request);
    pointAtBaseline(sides, request);
    Report report;
    for (int variant = 0; variant < static_cast<int>(request.run.settings.variants.size()); ++variant) {
        report.variants.push_back(variantReport(request, sides, variant));
        if (!report.variants.back().baseline) {
            const auto& missed = sides.own.notExecuted(variant);
            report.notExecuted.insert(report.notExecuted.end(), missed.begin(), missed.end());
        }
    }
    report.baseline = sides.baseline ? sides.baseline->name : std::string();
    report.program = std::move(request.program);
    report.run = std::move(request.run);
    report.suite = std::move(request.suite);
    report.results = std::move(request.results);
    report.detector = request.detector;
    return report;
}

} // namespace plumbline::evals
