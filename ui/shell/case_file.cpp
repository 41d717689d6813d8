#include "ui/shell/case_file.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/file.h"

namespace plumbline::ui::shell {

namespace {

constexpr const char* kOwnSuite = "suites/kept.jsonl";

nlohmann::ordered_json rowOf(const std::string& id, const prompts::CaseRequest& request)
{
    const auto& answer = request.outcome.answer;
    const bool refused = answer.refused() && answer.sentences.empty();
    nlohmann::ordered_json row = {{"id", id},
                                  {"kind", refused ? "refused" : "answerable"},
                                  {"question", request.run.question},
                                  {"as_of", toString(request.run.asOf)},
                                  {"prompt", request.run.prompt.id()},
                                  {"model", request.run.model},
                                  {"simulated", request.outcome.simulated}};
    if (!refused && !answer.sentences.empty() && !answer.sentences.front().spans.empty()) {
        const auto& span = answer.sentences.front().spans.front();
        row["document"] = span.document;
        row["version"] = span.version;
        row["start"] = span.span.start;
        row["end"] = span.span.end;
        row["quote"] = answer.sentences.front().text;
    }
    row["facts"] = nlohmann::ordered_json::array();
    return row;
}

} // namespace

std::vector<std::string> suitesOf(const std::filesystem::path& home)
{
    std::vector<std::string> suites;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(home / "suites", error)) {
        if (entry.path().extension() == ".jsonl")
            suites.push_back("suites/" + entry.path().filename().string());
    }
    std::sort(suites.begin(), suites.end());
    std::erase(suites, kOwnSuite);
    suites.insert(suites.begin(), kOwnSuite);
    return suites;
}

Result<prompts::KeptCase> keepCase(const std::filesystem::path& home, const prompts::CaseRequest& request)
{
    const std::filesystem::path name(request.suite);
    if (name.parent_path() != "suites" || name.extension() != ".jsonl")
        return failure(ErrorCode::BadInput, "expected a suite of the form suites/NAME.jsonl", request.suite);
    std::string text;
    std::error_code error;
    if (std::filesystem::exists(home / name, error)) {
        auto content = readFile(home / name);
        if (!content)
            return tl::unexpected(content.error());
        text = std::move(*content);
    } else {
        std::filesystem::create_directories(home / "suites", error);
    }
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    const auto rows = std::count(text.begin(), text.end(), '\n');
    const std::string id = "K-" + std::to_string(rows + 1);
    text += rowOf(id, request).dump() + '\n';
    const auto written = writeFileAtomically(home / name, text);
    if (!written)
        return tl::unexpected(written.error());
    return prompts::KeptCase{request.suite, id};
}

} // namespace plumbline::ui::shell
