// The history of a file as Git has it. Git runs without a shell, without a pager, and without what a
// repository's own settings would have it start.
#include "app/prompts/prompt_history.h"

#include "app/base/process.h"
#include "app/base/text.h"

namespace plumbline::prompts {

namespace {

ProcessRequest git(const std::filesystem::path& home, const std::vector<std::string>& arguments)
{
    ProcessRequest request;
    request.arguments = {"git", "--no-pager",           "-C", home.string(),
                         "-c",  "core.fsmonitor=false", "-c", "log.showSignature=false"};
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.environment = {
        {"LC_ALL", "C"},
        {"GIT_TERMINAL_PROMPT", "0"},
        {"GIT_OPTIONAL_LOCKS", "0"},
        {"GIT_LITERAL_PATHSPECS", "1"},
        // A missing object of a partial clone would be fetched, by a program the repository names.
        {"GIT_ALLOW_PROTOCOL", ""},
        {"GIT_NO_LAZY_FETCH", "1"},
        {"GIT_EXTERNAL_DIFF", std::nullopt},
        {"GIT_DIR", std::nullopt},
        {"GIT_WORK_TREE", std::nullopt},
        {"GIT_INDEX_FILE", std::nullopt}};
    return request;
}

// Its output; empty outside of a repository, without git, and before the first commit.
Result<std::string> outputOf(const ProcessRequest& request, const std::stop_token& stop)
{
    auto result = runProcess(request, stop);
    if (!result && result.error().code == ErrorCode::NotFound) {
        return std::string();
    }
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (result->exitCode == 0) {
        return std::move(result->output);
    }
    const auto says = [&](std::string_view part) { return result->errors.find(part) != std::string::npos; };
    if (says("not a git repository") || says("does not have any commits yet")) {
        return std::string();
    }
    return failure(ErrorCode::Io, "git cannot read the history: " + foldedWhitespace(result->errors),
                   request.arguments[3]);
}

struct Commit {
    PastVersion version;
    std::string name; // of the file, from the top of the repository
};

// "HASH\0AUTHOR\0DATE\0SUBJECT\0\nNAME\0" for each commit.
std::vector<Commit> commitsOf(std::string_view log)
{
    std::vector<Commit> commits;
    const auto fields = split(log, '\0');
    for (std::size_t i = 0; i + 4 < fields.size(); i += 5) {
        std::string_view name = fields[i + 4];
        if (name.starts_with('\n')) {
            name.remove_prefix(1);
        }
        commits.push_back({{std::string(fields[i]), toValidUtf8(fields[i + 1]), std::string(fields[i + 2]),
                            toValidUtf8(fields[i + 3]), ""},
                           std::string(name)});
    }
    return commits;
}

// The answer of `cat-file --batch` to one line: "HASH blob SIZE\n…\n", or "… missing\n".
bool takeBlob(std::string_view& answer, std::string& into)
{
    const std::size_t end = answer.find('\n');
    const std::string_view head = answer.substr(0, end);
    const std::size_t blank = head.rfind(' ');
    if (end == std::string_view::npos || blank == std::string_view::npos) {
        answer = {};
        return false;
    }
    answer.remove_prefix(end + 1);
    if (head.find(" blob ") == std::string_view::npos) {
        return false;
    }
    const std::size_t size = std::strtoull(std::string(head.substr(blank + 1)).c_str(), nullptr, 10);
    into = std::string(answer.substr(0, size));
    answer.remove_prefix(std::min(answer.size(), size + 1));
    return true;
}

} // namespace

Result<std::vector<PastVersion>> gitHistory(const std::filesystem::path& home, const std::string& path,
                                            std::stop_token stop)
{
    const auto log = outputOf(
        git(home, {"log", "--follow", "-n", "200", "-z", "--name-only", "--diff-filter=AMRC", "--no-color",
                   "--no-ext-diff", "--no-textconv", "--format=%H%x00%an <%ae>%x00%aI%x00%s", "--", path}),
        stop);
    if (!log) {
        return tl::unexpected(log.error());
    }
    auto commits = commitsOf(*log);
    ProcessRequest contents = git(home, {"cat-file", "--batch"});
    contents.maxOutput = 250'000'000;
    for (const Commit& commit : commits) {
        contents.input += commit.version.commit + ":" + commit.name + "\n";
    }
    std::vector<PastVersion> out;
    if (commits.empty()) {
        return out;
    }
    const auto answer = outputOf(contents, stop);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    std::string_view rest = *answer;
    for (Commit& commit : commits) {
        if (takeBlob(rest, commit.version.text)) {
            out.push_back(std::move(commit.version));
        }
    }
    return out;
}

Result<std::set<std::string>> trackedFiles(const std::filesystem::path& home, const std::string& folder,
                                           std::stop_token stop)
{
    const auto names = outputOf(git(home, {"ls-files", "-z", "--", folder}), stop);
    if (!names) {
        return tl::unexpected(names.error());
    }
    std::set<std::string> out;
    for (const std::string_view name : split(*names, '\0')) {
        if (!name.empty()) {
            out.emplace(name);
        }
    }
    return out;
}

} // namespace plumbline::prompts
