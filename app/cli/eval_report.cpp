#include "app/cli/eval_report.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <span>

#include <CLI/CLI.hpp>

#include "app/base/file.h"
#include "app/cli/terminal_text.h"
#include "app/evals/detector.h"
#include "app/evals/report_writers.h"
#include "app/evals/run_repository.h"

namespace plumbline::cli {

namespace {

constexpr std::size_t kBrokenShown = 20; // on the terminal

constexpr std::uint64_t kMostPromptBytes = 4U << 20U;

// Of what passed nobody asks for the words; 80,000 answers would not fit into memory.
evals::CaseResult slim(evals::CaseResult result)
{
    if (result.passed) {
        result.output.clear();
        result.answerJson.clear();
        for (evals::AssertionResult& assertion : result.assertions) {
            assertion.places.clear();
        }
    }
    return result;
}

Result<std::vector<evals::CaseResult>> resultsOf(const workspace::Workspace& workspace,
                                                 const std::string& run)
{
    std::vector<evals::CaseResult> results;
    auto read = workspace.runs().eachResult(run, [&](evals::CaseResult result) -> Result<void> {
        results.push_back(slim(std::move(result)));
        return {};
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return results;
}

// A prompt that was deleted since is no reason to show nothing.
std::string promptText(const workspace::Workspace& workspace, const std::string& path)
{
    auto text = path.empty() ? Result<std::string>(std::string())
                             : readFile(workspace.home() / path, kMostPromptBytes);
    return text ? *text : std::string();
}

Result<std::optional<evals::GateContext>> gatesOf(const workspace::Workspace& workspace,
                                                  const ReportFlags& flags)
{
    if (flags.noGates) {
        return std::nullopt;
    }
    const bool named = !flags.gates.empty();
    auto file = named ? evals::readGates(flags.gates, flags.gates)
                      : evals::readGates(workspace.home() / "gates.yaml", "gates.yaml");
    if (!file) {
        if (!named && file.error().code == ErrorCode::NotFound) {
            return std::nullopt;
        }
        return tl::unexpected(file.error());
    }
    const evals::GateContext* context = file->find(flags.context);
    if (context == nullptr) {
        return failure(ErrorCode::NotFound, "there is no context '" + flags.context + "'",
                       named ? flags.gates : "gates.yaml");
    }
    return *context;
}

// The variant of the other run that is most like the first of this one: the same prompt and model, else the
// same model.
int mostAlike(const evals::Run& other, const evals::Variant& own)
{
    const auto& variants = other.settings.variants;
    for (const bool prompt : {true, false}) {
        for (std::size_t index = 0; index < variants.size(); ++index) {
            if (variants[index].model == own.model && (!prompt || variants[index].prompt == own.prompt)) {
                return static_cast<int>(index);
            }
        }
    }
    return 0;
}

Result<void> takeOtherRun(evals::ReportRequest& request, const workspace::Workspace& workspace,
                          const std::string& baseline)
{
    const auto reference = parseRunReference(baseline);
    if (!reference) {
        return tl::unexpected(reference.error());
    }
    auto run = workspace.runs().run(reference->run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    auto suite = workspace.runs().suite(run->id);
    auto results = resultsOf(workspace, run->id);
    if (!suite || !results) {
        return tl::unexpected(!suite ? suite.error() : results.error());
    }
    const int variant = reference->variant.value_or(mostAlike(*run, request.run.settings.variants.front()));
    if (static_cast<std::size_t>(variant) >= run->settings.variants.size()) {
        return failure(ErrorCode::NotFound,
                       "run " + run->id + " has " + std::to_string(run->settings.variants.size()) +
                           " variants",
                       baseline);
    }
    request.baselinePromptText =
        promptText(workspace, run->settings.variants[static_cast<std::size_t>(variant)].promptPath);
    request.other = evals::OtherBaseline{std::move(*run), std::move(*suite), std::move(*results), variant};
    return {};
}

// A prompt, by version or label: the variants of this run that have it.
Result<void> takeOwnVariants(evals::ReportRequest& request, const workspace::Workspace& workspace,
                             const std::string& baseline)
{
    const auto& variants = request.run.settings.variants;
    const auto prompt = workspace.prompt(baseline, variants.front().model);
    if (!prompt) {
        return tl::unexpected(prompt.error());
    }
    for (std::size_t index = 0; index < variants.size(); ++index) {
        if (variants[index].prompt == prompt->id()) {
            request.baselineVariants.push_back(static_cast<int>(index));
        }
    }
    if (request.baselineVariants.empty()) {
        return failure(ErrorCode::NotFound, "run " + request.run.id + " has no variant " + prompt->id(),
                       "--baseline");
    }
    return {};
}

void keepOnly(evals::ReportRequest& request, int variant)
{
    auto& variants = request.run.settings.variants;
    variants = {variants[static_cast<std::size_t>(variant)]};
    std::erase_if(request.results,
                  [&](const evals::CaseResult& result) { return result.variant != variant; });
    for (evals::CaseResult& result : request.results) {
        result.variant = 0;
    }
}

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

Result<RunReference> parseRunReference(const std::string& text)
{
    const std::size_t hash = text.find('#');
    if (hash == std::string::npos) {
        return RunReference{text, std::nullopt};
    }
    int number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + hash + 1, end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number < 1) {
        return failure(ErrorCode::BadInput, "behind # stands the number of a variant, from 1", text);
    }
    return RunReference{text.substr(0, hash), number - 1};
}

Result<evals::Report> reportOf(const workspace::Workspace& workspace, const evals::Run& run,
                               std::optional<int> only, const ReportFlags& flags)
{
    evals::ReportRequest request;
    request.program = "plumbline " PLUMBLINE_VERSION;
    request.run = run;
    request.day = today(systemNow());
    request.detector = evals::measuredDetector();
    auto suite = workspace.runs().suite(run.id);
    auto results = resultsOf(workspace, run.id);
    auto gates = gatesOf(workspace, flags);
    auto quarantine = evals::readQuarantine(workspace.home() / "suites" / "quarantine.yaml");
    for (const Error* error :
         {suite ? nullptr : &suite.error(), results ? nullptr : &results.error(),
          gates ? nullptr : &gates.error(), quarantine ? nullptr : &quarantine.error()}) {
        if (error != nullptr) {
            return tl::unexpected(*error);
        }
    }
    request.suite = std::move(*suite);
    request.results = std::move(*results);
    request.gates = std::move(*gates);
    request.quarantine = std::move(*quarantine);
    if (only) {
        keepOnly(request, *only);
    }
    for (const evals::Variant& variant : request.run.settings.variants) {
        request.promptTexts.push_back(promptText(workspace, variant.promptPath));
    }
    if (!flags.baseline.empty()) {
        const bool prompt = flags.baseline.find('@') != std::string::npos;
        auto taken = prompt ? takeOwnVariants(request, workspace, flags.baseline)
                            : takeOtherRun(request, workspace, flags.baseline);
        if (!taken) {
            return tl::unexpected(taken.error());
        }
    }
    return evals::makeReport(std::move(request));
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
