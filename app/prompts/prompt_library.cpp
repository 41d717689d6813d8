#include "app/prompts/prompt_library.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>

#include "app/base/file.h"
#include "app/base/text.h"
#include "app/prompts/invisible.h"
#include "app/prompts/labels_lock.h"
#include "app/prompts/prompt_file.h"

namespace plumbline::prompts {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kLabelsPath = "prompts/labels.yaml";
constexpr std::size_t kMaxLabelsBytes = 16'000'000;
constexpr std::size_t kMaxReason = 2'000;

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : ", ") + word;
    }
    return out;
}

std::string idOf(std::string_view name, int version)
{
    return std::string(name) + "@v" + std::to_string(version);
}

Result<void> checkWords(const LabelRequest& request, const Actor& who)
{
    if (!isLabelName(request.label)) {
        return failure(
            ErrorCode::BadInput,
            "a label is a word of lower-case letters, digits and '-', such as 'canary', and not like 'v7'",
            "label " + request.label);
    }
    if (trimmed(request.why).empty() || request.why.size() > kMaxReason || firstInvisible(request.why)) {
        return failure(ErrorCode::BadInput,
                       "a move needs a reason of up to 2,000 characters: it stands in the label's history",
                       "why");
    }
    if (request.version < 1) {
        return failure(ErrorCode::BadInput, "expected a version from 1", "prompt " + request.prompt);
    }
    if (who.name.empty()) {
        return failure(ErrorCode::BadInput, "a move is recorded under a name; set 'actor' in workspace.yaml",
                       "actor");
    }
    return {};
}

} // namespace

Result<PromptReference> parseReference(std::string_view text)
{
    const std::size_t at = text.find('@');
    PromptReference out;
    out.name = std::string(text.substr(0, at));
    const std::string_view rest = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    if (rest.starts_with('v')) {
        const auto read = std::from_chars(rest.data() + 1, rest.data() + rest.size(), out.version);
        const bool whole = read.ec == std::errc() && read.ptr == rest.data() + rest.size() && out.version > 0;
        out.version = whole ? out.version : 0;
    }
    if (out.version == 0) {
        out.label = std::string(rest);
    }
    const bool named = at == std::string_view::npos || out.version > 0 || isLabelName(out.label);
    if (!isPromptName(out.name) || !named) {
        return failure(ErrorCode::BadInput, "expected NAME, NAME@vN or NAME@LABEL, such as answer@v3",
                       "prompt " + toValidUtf8(text.substr(0, 200)));
    }
    return out;
}

PromptLibrary::PromptLibrary(fs::path home, fs::path database)
    : m_home(std::move(home)), m_database(std::move(database))
{
}

Result<PromptListing> PromptLibrary::list(std::stop_token stop) const
{
    auto folder = scanPrompts(m_home);
    auto book = labels();
    if (!folder || !book) {
        return tl::unexpected(!folder ? folder.error() : book.error());
    }
    PromptListing out;
    out.ignored = std::move(folder->ignored);
    for (const auto& [name, versions] : folder->versions) {
        PromptEntry entry;
        entry.name = name;
        entry.labels = (*book)[name];
        for (const int version : versions) {
            if (stop.stop_requested()) {
                return failure(ErrorCode::Cancelled, "was stopped");
            }
            VersionEntry one = describe(name, version);
            one.labels = entry.labels.at(version);
            if (const LabelMove* release = entry.labels.releaseOf(version)) {
                one.release = *release;
                checkRelease(one, versions.back());
            }
            entry.versions.push_back(std::move(one));
        }
        out.prompts.push_back(std::move(entry));
    }
    return out;
}

VersionEntry PromptLibrary::describe(const std::string& name, int version) const
{
    VersionEntry out;
    out.version = version;
    out.path = versionPath(name, version);
    auto text = readFile(m_home / out.path, kMaxPromptBytes);
    auto prompt = text ? parsePrompt(*text, out.path) : Result<PromptVersion>(tl::unexpected(text.error()));
    if (prompt) {
        out.prompt = std::move(*prompt);
    } else {
        out.problem = prompt.error();
    }
    return out;
}

void PromptLibrary::checkRelease(VersionEntry& entry, int highest)
{
    if (!entry.prompt || entry.prompt->digest == entry.release->digest) {
        return;
    }
    entry.problem =
        Error{ErrorCode::BadInput,
              "was changed after its release on " + plumbline::toString(today(entry.release->at)) +
                  "; restore it or make v" + std::to_string(highest + 1),
              entry.path};
}

Result<LabelBook> PromptLibrary::labels() const
{
    auto text = readFile(m_home / kLabelsPath, kMaxLabelsBytes);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return LabelBook();
    }
    return text ? parseLabels(*text, kLabelsPath) : Result<LabelBook>(tl::unexpected(text.error()));
}

Result<PromptVersion> PromptLibrary::load(std::string_view reference) const
{
    auto wanted = parseReference(reference);
    auto folder = wanted ? scanPrompts(m_home) : Result<PromptFolder>(tl::unexpected(wanted.error()));
    auto book = folder ? labels() : Result<LabelBook>(tl::unexpected(folder.error()));
    if (!book) {
        return tl::unexpected(book.error());
    }
    return loadFrom(*wanted, *folder, *book);
}

Result<PromptVersion> PromptLibrary::loadFrom(const PromptReference& wanted, const PromptFolder& folder,
                                              const LabelBook& book) const
{
    const auto found = folder.versions.find(wanted.name);
    if (found == folder.versions.end()) {
        std::vector<std::string> names;
        for (const auto& [name, versions] : folder.versions) {
            names.push_back(name);
        }
        return failure(ErrorCode::NotFound,
                       names.empty() ? "this workspace has no prompts; they are files prompts/NAME/vN.md"
                                     : "there is no such prompt; there are: " + joined(names),
                       "prompt " + wanted.name);
    }
    static const PromptLabels kNone;
    const auto named = book.find(wanted.name);
    const PromptLabels& labels = named == book.end() ? kNone : named->second;
    auto version = versionOf(wanted, found->second, labels);
    if (!version) {
        return tl::unexpected(version.error());
    }
    VersionEntry entry = describe(wanted.name, *version);
    if (const LabelMove* release = labels.releaseOf(*version)) {
        entry.release = *release;
        checkRelease(entry, found->second.back());
    }
    if (entry.problem) {
        return tl::unexpected(*entry.problem);
    }
    return std::move(*entry.prompt);
}

Result<int> PromptLibrary::versionOf(const PromptReference& wanted, const std::vector<int>& versions,
                                     const PromptLabels& labels)
{
    const std::string label = wanted.label.empty() ? "production" : wanted.label;
    const auto labelled = labels.current.find(label);
    if (wanted.version == 0 && labelled == labels.current.end()) {
        if (wanted.label.empty()) {
            return versions.back();
        }
        std::vector<std::string> known;
        for (const auto& [other, version] : labels.current) {
            known.push_back(other);
        }
        return failure(ErrorCode::NotFound,
                       "there is no such label" +
                           (known.empty() ? std::string() : "; there are: " + joined(known)),
                       wanted.name + "@" + label);
    }
    const int version = wanted.version > 0 ? wanted.version : labelled->second;
    if (std::binary_search(versions.begin(), versions.end(), version)) {
        return version;
    }
    if (wanted.version > 0) {
        std::vector<std::string> known;
        for (const int one : versions) {
            known.push_back("v" + std::to_string(one));
        }
        return failure(ErrorCode::NotFound, "there is no such version; there are: " + joined(known),
                       idOf(wanted.name, version));
    }
    const auto place = labels.places.find(label);
    return failure(ErrorCode::NotFound,
                   "'" + label + "' points at " + idOf(wanted.name, version) +
                       ", whose file is gone; restore " + versionPath(wanted.name, version) +
                       " or move the label",
                   place == labels.places.end() ? std::string(kLabelsPath) : place->second);
}

Result<LabelMove> PromptLibrary::moveLabel(const LabelRequest& request, const Actor& who, Timestamp at) const
{
    if (auto words = checkWords(request, who); !words) {
        return tl::unexpected(words.error());
    }
    auto lock = LabelsLock::take(m_database.parent_path() / "labels.lock");
    auto folder = lock ? scanPrompts(m_home) : Result<PromptFolder>(tl::unexpected(lock.error()));
    auto book = folder ? labels() : Result<LabelBook>(tl::unexpected(folder.error()));
    if (!book) {
        return tl::unexpected(book.error());
    }
    auto prompt = loadFrom({request.prompt, request.version, ""}, *folder, *book);
    if (!prompt) {
        return tl::unexpected(prompt.error());
    }
    const auto& current = (*book)[request.prompt].current;
    const auto found = current.find(request.label);
    const int now = found == current.end() ? 0 : found->second;
    const std::string there = now == 0 ? "nowhere" : "at v" + std::to_string(now);
    if (request.expected && *request.expected != now) {
        return failure(ErrorCode::Conflict,
                       "'" + request.label + "' is " + there + " now: someone moved it meanwhile; look again",
                       std::string(kLabelsPath));
    }
    if (now == prompt->version) {
        return failure(ErrorCode::Conflict, "'" + request.label + "' is " + there + " already",
                       std::string(kLabelsPath));
    }
    LabelMove move{
        request.label, prompt->version, prompt->digest, who, at, std::string(trimmed(request.why))};
    record(*book, request.prompt, move);
    if (auto written = writeFileAtomically(m_home / kLabelsPath, writeLabels(*book)); !written) {
        return tl::unexpected(written.error());
    }
    return move;
}

Result<std::string> PromptLibrary::makeNext(std::string_view name) const
{
    auto folder = scanPrompts(m_home);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    const auto found = folder->versions.find(name);
    if (found == folder->versions.end()) {
        return tl::unexpected(loadFrom({std::string(name), 0, ""}, *folder, {}).error());
    }
    const std::string from = versionPath(name, found->second.back());
    const std::string to = versionPath(name, found->second.back() + 1);
    auto text = readFile(m_home / from, kMaxPromptBytes);
    if (!text) {
        return tl::unexpected(text.error());
    }
    // The empty file keeps the number for us: "x" fails when it is there.
    std::FILE* kept = std::fopen((m_home / to).c_str(), "wxe");
    if (kept == nullptr) {
        return errno == EEXIST
                   ? Result<std::string>(failure(ErrorCode::Conflict, "is there already; try again", to))
                   : Result<std::string>(tl::unexpected(fileError(errno, "make", to)));
    }
    std::fclose(kept);
    if (auto written = writeFileAtomically(m_home / to, withoutChangeNote(*text, from)); !written) {
        return tl::unexpected(written.error());
    }
    return to;
}

Result<std::vector<PastVersion>> PromptLibrary::history(std::string_view name, int version,
                                                        std::stop_token stop) const
{
    const std::string path = versionPath(name, version);
    auto past = gitHistory(m_home, path, std::move(stop));
    if (!past || !past->empty()) {
        return past;
    }
    return PromptHistoryRepository(m_database).of(path);
}

Result<int> PromptLibrary::remember(const Actor& who, Timestamp at, std::stop_token stop) const
{
    auto folder = scanPrompts(m_home);
    auto tracked = folder && !folder->versions.empty()
                       ? trackedFiles(m_home, "prompts", stop)
                       : Result<std::set<std::string>>(std::set<std::string>());
    if (!folder || !tracked) {
        return tl::unexpected(!folder ? folder.error() : tracked.error());
    }
    int added = 0;
    const PromptHistoryRepository repository(m_database);
    for (const auto& [name, versions] : folder->versions) {
        for (const int version : versions) {
            const std::string path = versionPath(name, version);
            auto text = tracked->contains(path) ? Result<std::string>(std::string())
                                                : readFile(m_home / path, kMaxPromptBytes);
            if (!text || text->empty()) {
                continue; // list() says why it cannot be read
            }
            auto isNew = repository.add(path, *text, who, at);
            if (!isNew) {
                return tl::unexpected(isNew.error());
            }
            added += *isNew ? 1 : 0;
        }
    }
    return added;
}

} // namespace plumbline::prompts
