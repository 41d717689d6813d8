#include "app/evals/run_file_check.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

namespace plumbline::evals {

namespace {

namespace fs = std::filesystem;

// x is a hexadecimal digit, 0 a decimal one.
constexpr std::string_view kIdShape = "r-00000000-000000-xxxx";

bool fits(char c, char shape)
{
    const bool digit = c >= '0' && c <= '9';
    return shape == '0' ? digit : shape == 'x' ? digit || (c >= 'a' && c <= 'f') : c == shape;
}

bool between(std::int64_t value, std::int64_t most)
{
    return value >= 1 && value <= most;
}

} // namespace

bool isRunId(std::string_view id)
{
    return std::equal(id.begin(), id.end(), kIdShape.begin(), kIdShape.end(), fits);
}

bool liesInside(std::string_view path)
{
    const fs::path whole(path);
    return whole.is_relative() && std::find(whole.begin(), whole.end(), "..") == whole.end();
}

std::string insidePath(const std::string& path)
{
    return liesInside(path) ? path : fs::path(path).filename().string();
}

Result<void> checkHead(const Run& run, const Suite& suite)
{
    const RunSettings& settings = run.settings;
    if (!isRunId(run.id)) {
        return failure(ErrorCode::BadInput, "expected the id of a run such as r-20261126-041313-ab12");
    }
    std::vector<std::string> paths{settings.suitePath, suite.path};
    for (const Variant& variant : settings.variants) {
        paths.push_back(variant.promptPath);
    }
    for (const PlainPrompt& prompt : suite.prompts) {
        paths.push_back(prompt.where);
    }
    if (!std::ranges::all_of(paths, [](const std::string& path) { return liesInside(path); })) {
        return failure(ErrorCode::BadInput,
                       "expected the paths of suite and prompts inside the workspace: relative, without ..");
    }
    if (!between(settings.repeats, kMostRepeats) || !between(settings.concurrency, kMostAtOnce) ||
        settings.variants.empty() || settings.variants.size() > kMostVariants) {
        return failure(ErrorCode::BadInput, "expected 1 to 1000 variants, repeats and cases at once");
    }
    return {};
}

Result<void> checkResults(const Run& run, const Suite& suite, const std::vector<CaseResult>& results)
{
    std::set<std::string_view> ids;
    for (const Case& one : suite.cases) {
        if (!ids.insert(one.id).second) {
            return failure(ErrorCode::BadInput, "the case '" + one.id + "' is there twice");
        }
    }
    const std::size_t planned =
        suite.cases.size() * run.settings.variants.size() * static_cast<std::size_t>(run.settings.repeats);
    if (run.planned != static_cast<std::int64_t>(planned)) {
        return failure(ErrorCode::BadInput, "expected cases times variants times repeats as `planned`: " +
                                                std::to_string(planned) + ", not " +
                                                std::to_string(run.planned));
    }
    std::set<std::tuple<std::string_view, int, int>> seen;
    for (const CaseResult& one : results) {
        if (!seen.insert({one.caseId, one.variant, one.repeat}).second) {
            return failure(ErrorCode::BadInput, "a result of the case '" + one.caseId + "' is there twice");
        }
        if (one.state == CaseState::Broken && one.passed) {
            return failure(ErrorCode::BadInput, "the case '" + one.caseId + "' is broken and passed");
        }
    }
    if (run.state == RunState::Finished && seen.size() != planned) {
        return failure(ErrorCode::BadInput, "the run is `finished` with " + std::to_string(seen.size()) +
                                                " of " + std::to_string(planned) + " results");
    }
    return {};
}

} // namespace plumbline::evals
