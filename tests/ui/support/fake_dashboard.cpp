#include "tests/ui/support/fake_dashboard.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace plumbline::tests {

using evals::EventMark;
using evals::FailureQuery;
using evals::MarkKind;
using evals::MeasuredRun;
using evals::Metric;
using ui::dashboard::Reading;

namespace {

constexpr std::chrono::hours kDay{24};

Metric rate(const char* name, double value, double half, std::int64_t n)
{
    Metric metric;
    metric.name = name;
    metric.value = value;
    metric.low = std::max(0.0, value - half);
    metric.high = std::min(1.0, value + half);
    metric.n = n;
    return metric;
}

Metric figure(const char* name, double value, std::int64_t n)
{
    Metric metric;
    metric.name = name;
    metric.value = value;
    metric.low = value * 0.9;
    metric.high = value * 1.15;
    metric.n = n;
    return metric;
}

// Always the same wobble, between -1 and 1.
double wobble(std::size_t run, std::size_t variant)
{
    return std::sin(static_cast<double>(run) * 1.7 + static_cast<double>(variant) * 2.3);
}

std::vector<Metric> metricsOf(std::size_t run, std::size_t variant, bool costs)
{
    const double w = wobble(run, variant);
    const double bad = variant == 0 ? 0 : 0.06;
    const double slow = costs ? 6 : 1;
    std::vector<Metric> metrics = {rate("pass_rate", 0.86 - bad + 0.02 * w, 0.05, 210),
                                   rate("hallucination", 0.03 + bad + 0.01 * w, 0.025, 180),
                                   rate("hit@1", 0.78 + 0.01 * w, 0.055, 210),
                                   rate("hit@5", 0.93 + 0.01 * w, 0.035, 210),
                                   rate("refusals:nothing_found", 0.09 + 0.01 * w, 0.04, 210),
                                   rate("refusals:policy", 0.04 + 0.005 * w, 0.026, 210),
                                   rate("broken", costs && run % 4 == 0 ? 0.02 : 0, 0.018, 210),
                                   figure("latency:total:p50", (38 + 4 * w) * slow, 210),
                                   figure("latency:total:p95", (96 + 12 * w) * slow, 210),
                                   figure("latency:total:p99", (151 + 30 * w) * slow, 210)};
    if (costs) {
        metrics.push_back(figure("cost", 1840 + 90 * w, 210));
        metrics.push_back(figure("tokens:input", 2210 + 60 * w, 210));
        metrics.push_back(figure("tokens:output", 164 + 12 * w, 210));
    }
    return metrics;
}

evals::Variant variantOf(const char* prompt, const char* model, std::int64_t generation)
{
    evals::Variant variant;
    variant.prompt = prompt;
    variant.model = model;
    variant.generation = generation;
    return variant;
}

MeasuredRun runOf(std::size_t number, Timestamp at, const char* suite)
{
    MeasuredRun one;
    one.run.id = "r-" + std::to_string(100 + number);
    one.run.started = at;
    one.run.settings.suiteName = suite;
    one.run.settings.suiteDigest = suite;
    one.run.state = evals::RunState::Finished;
    return one;
}

EventMark moved(const char* label, int from, int to, Timestamp at, const char* why)
{
    EventMark mark;
    mark.at = at;
    mark.prompt = "policy-answer";
    mark.label = label;
    mark.from = from;
    mark.to = to;
    mark.who = "Ada Byron";
    mark.why = why;
    return mark;
}

EventMark indexed(std::int64_t generation, Timestamp at)
{
    EventMark mark;
    mark.kind = MarkKind::IndexChanged;
    mark.generation = generation;
    mark.at = at;
    return mark;
}

Result<evals::Failures> failuresOf(const FailureQuery& request)
{
    evals::Failures failures;
    failures.results = static_cast<std::int64_t>(request.runs.size() * request.variants.size()) * 210;
    const char* const names[] = {"pay-014-cutoff", "cards-disputes-2", "near-miss-gold", "ops-rotation"};
    for (int i = 0; i < 4; ++i) {
        evals::FailingCase one;
        one.suite = "golden";
        one.caseId = names[i];
        one.asked = static_cast<std::int64_t>(request.runs.size());
        one.failed = std::max<std::int64_t>(1, one.asked - i);
        one.broken = i == 3 ? 1 : 0;
        one.variants = request.variants;
        one.lastRun = request.runs.back();
        one.lastAt = fixedNow() - kDay * i;
        one.reason = "grounded: \"within two hours\" is \"within four hours\" in PAY-014@1.2";
        failures.cases.push_back(one);
    }
    for (const std::string& variant : request.variants) {
        evals::FailingPrompt one;
        one.prompt = variant.substr(0, variant.find(" / "));
        one.model = variant.substr(variant.find(" / ") + 3);
        one.asked = static_cast<std::int64_t>(request.runs.size()) * 210;
        one.failed = one.asked / 7;
        one.cases = 31;
        one.lastRun = request.runs.back();
        one.lastAt = fixedNow();
        failures.prompts.push_back(one);
    }
    return failures;
}

} // namespace

Reading dashboardReading()
{
    std::vector<MeasuredRun> runs;
    const Timestamp begin = fixedNow() - kDay * 11;
    for (std::size_t i = 0; i < 12; ++i) {
        MeasuredRun one = runOf(i, begin + kDay * static_cast<int>(i) - std::chrono::hours(i % 3), "golden");
        const std::int64_t generation = i < 5 ? 3 : 4;
        one.run.settings.variants = {variantOf("policy-answer@v3", "embedded", generation)};
        one.metrics = {metricsOf(i, 0, false)};
        if (i >= 6) {
            one.run.settings.variants.push_back(variantOf("policy-answer@v4", "gateway-eu", generation));
            one.metrics.push_back(metricsOf(i, 1, true));
        }
        runs.push_back(std::move(one));
    }
    MeasuredRun other = runOf(50, fixedNow() - std::chrono::hours(20), "imported");
    other.run.settings.variants = {variantOf("terse", "gateway-eu", 0)};
    other.metrics = {{rate("pass_rate", 0.55, 0.12, 40), figure("latency:total:p50", 310, 40)}};
    runs.push_back(other);
    Reading reading;
    reading.series = evals::seriesOf(runs);
    reading.marks = {
        indexed(3, begin - kDay), indexed(4, begin + kDay * 4 + std::chrono::hours(6)),
        moved("candidate", 0, 4, begin + kDay * 5 + std::chrono::hours(9), "To try the new tone."),
        moved("production", 3, 4, begin + kDay * 9 + std::chrono::hours(10), "Fewer refusals.")};
    return reading;
}

Reading manyRuns(std::size_t runs)
{
    std::vector<MeasuredRun> all;
    for (std::size_t i = 0; i < runs; ++i) {
        MeasuredRun one = runOf(i, fixedNow() - std::chrono::hours(runs - i), "golden");
        const char* const prompts[] = {"p@v1", "p@v2", "p@v3", "p@v4"};
        for (std::size_t k = 0; k < 4; ++k) {
            one.run.settings.variants.push_back(variantOf(prompts[k], "embedded", 1));
            one.metrics.push_back(metricsOf(i, k, true));
        }
        all.push_back(std::move(one));
    }
    Reading reading;
    reading.series = evals::seriesOf(all);
    return reading;
}

ui::dashboard::Services fakeDashboard(const std::shared_ptr<Script>& script)
{
    ui::dashboard::Services services;
    services.read = [script](std::stop_token stop, const ProgressFn& progress) -> Result<Reading> {
        if (script->fail)
            return failure(ErrorCode::Io, "reading the database failed: input/output error",
                           ".plumbline/plumbline.db");
        if (script->nothingIndexed)
            return Reading{};
        if (script->hang)
            progress({"measuring runs", 7, 13, "runs", 0, {}});
        while (script->hang && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        return dashboardReading();
    };
    services.failures = [script](const FailureQuery& request, std::stop_token) -> Result<evals::Failures> {
        if (script->fail)
            return failure(ErrorCode::Io, "reading the database failed: input/output error",
                           ".plumbline/plumbline.db");
        return failuresOf(request);
    };
    services.now = fixedNow;
    return services;
}

} // namespace plumbline::tests
