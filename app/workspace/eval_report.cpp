#include "app/workspace/eval_report.h"

#include <algorithm>
#include <charconv>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/evals/detector.h"
#include "app/evals/quarantine.h"
#include "app/evals/run_repository.h"
#include "app/evals/suite_file.h"
#include "app/prompts/prompt_file.h"
#include "app/workspace/workspace.h"

namespace plumbline::workspace {

namespace {

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

Result<std::vector<evals::CaseResult>> resultsOf(const Workspace& workspace, const std::string& run)
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

// Whether the file that holds this text still has the prompt that was run.
bool isPromptOf(const Workspace& workspace, const std::string& text, const evals::Variant& variant)
{
    if (const auto version = prompts::parsePrompt(text, variant.promptPath)) {
        return version->digest == variant.promptDigest;
    }
    const auto suite = evals::loadSuite(workspace.home() / variant.promptPath, workspace.home());
    return suite && std::ranges::any_of(suite->prompts, [&](const evals::PlainPrompt& prompt) {
               return prompt.label == variant.prompt && sha256Hex(prompt.text) == variant.promptDigest;
           });
}

// A prompt that was deleted or edited since is no reason to show nothing, and none to point into it.
std::string promptText(const Workspace& workspace, const evals::Variant& variant)
{
    if (variant.promptPath.empty()) {
        return {};
    }
    auto text = readFile(workspace.home() / variant.promptPath, kMostPromptBytes);
    return text && isPromptOf(workspace, *text, variant) ? *text : std::string();
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

// `whole`: the report is of all variants of the run.
Result<void> takeRun(evals::ReportRequest& request, const Workspace& workspace, const std::string& baseline,
                     bool whole)
{
    const auto reference = parseRunReference(baseline);
    if (!reference) {
        return tl::unexpected(reference.error());
    }
    auto run = workspace.runs().run(reference->run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    const int variant = reference->variant.value_or(mostAlike(*run, request.run.settings.variants.front()));
    if (static_cast<std::size_t>(variant) >= run->settings.variants.size()) {
        return failure(ErrorCode::NotFound,
                       "run " + run->id + " has " + std::to_string(run->settings.variants.size()) +
                           " variants",
                       baseline);
    }
    if (whole && reference->variant && run->id == request.run.id) {
        request.baselineVariants.push_back(variant);
        return {};
    }
    auto suite = workspace.runs().suite(run->id);
    auto results = resultsOf(workspace, run->id);
    if (!suite || !results) {
        return tl::unexpected(!suite ? suite.error() : results.error());
    }
    request.baselinePromptText =
        promptText(workspace, run->settings.variants[static_cast<std::size_t>(variant)]);
    request.other = evals::OtherBaseline{std::move(*run), std::move(*suite), std::move(*results), variant};
    return {};
}

// A prompt, by version or label: the variants of this run that have it.
Result<void> takeOwnVariants(evals::ReportRequest& request, const Workspace& workspace,
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

std::string namesOf(const evals::GateFile& file)
{
    std::string names;
    for (const evals::GateContext& context : file.contexts) {
        names += (names.empty() ? "" : ", ") + context.name;
    }
    return names;
}

} // namespace

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

Result<std::optional<evals::GateContext>> gatesOf(const Workspace& workspace, const ReportChoice& choice)
{
    if (choice.noGates) {
        return std::nullopt;
    }
    const bool named = !choice.gates.empty();
    auto file = named ? evals::readGates(choice.gates, choice.gates)
                      : evals::readGates(workspace.home() / "gates.yaml", "gates.yaml");
    if (!file) {
        if (!named && file.error().code == ErrorCode::NotFound) {
            return std::nullopt;
        }
        return tl::unexpected(file.error());
    }
    if (choice.context.empty()) {
        for (const char* name : {"release", "ci"}) {
            if (const evals::GateContext* context = file->find(name)) {
                return *context;
            }
        }
        return file->contexts.empty() ? std::nullopt : std::optional(file->contexts.front());
    }
    const evals::GateContext* context = file->find(choice.context);
    if (context == nullptr) {
        return failure(ErrorCode::NotFound,
                       "there is no context '" + choice.context + "'; there are: " + namesOf(*file),
                       named ? choice.gates : "gates.yaml");
    }
    return *context;
}

Result<evals::Report> evalReport(const Workspace& workspace, const evals::Run& run, std::optional<int> only,
                                 const ReportChoice& choice)
{
    evals::ReportRequest request;
    request.program = "plumbline " PLUMBLINE_VERSION;
    request.run = run;
    request.day = today(systemNow());
    request.detector = evals::measuredDetector();
    auto suite = workspace.runs().suite(run.id);
    auto results = resultsOf(workspace, run.id);
    auto gates = gatesOf(workspace, choice);
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
        request.promptTexts.push_back(promptText(workspace, variant));
    }
    if (!choice.baseline.empty()) {
        const bool prompt = choice.baseline.find('@') != std::string::npos;
        auto taken = prompt ? takeOwnVariants(request, workspace, choice.baseline)
                            : takeRun(request, workspace, choice.baseline, !only);
        if (!taken) {
            return tl::unexpected(taken.error());
        }
    }
    return evals::makeReport(std::move(request));
}

} // namespace plumbline::workspace
