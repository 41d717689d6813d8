#include "app/corpus/folder_scan.h"

#include <algorithm>
#include <array>

#include "app/base/text.h"
#include "app/corpus/loader.h"

namespace plumbline::corpus {

namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 100; // folders; each level costs the walk an open file

bool globHere(std::string_view pattern, std::string_view path)
{
    if (pattern.empty()) {
        return path.empty();
    }
    if (pattern.front() != '*') {
        return !path.empty() && pattern.front() == path.front() &&
               globHere(pattern.substr(1), path.substr(1));
    }
    const bool crosses = pattern.starts_with("**");
    const std::string_view rest = pattern.substr(crosses ? 2 : 1);
    for (std::size_t taken = 0;; ++taken) {
        if (globHere(rest, path.substr(taken))) {
            return true;
        }
        if (taken == path.size() || (!crosses && path[taken] == '/')) {
            return false;
        }
    }
}

// Documents people would miss if nothing were said about them.
bool isForeignOfficeFormat(const fs::path& path)
{
    static constexpr std::array<std::string_view, 9> kKinds = {".doc", ".odt",  ".rtf",  ".ppt",  ".pptx",
                                                               ".xls", ".xlsx", ".epub", ".pages"};
    return std::ranges::find(kKinds, asciiLower(path.extension().string())) != kKinds.end();
}

bool isSidecar(const fs::path& path)
{
    const std::string extension = asciiLower(path.extension().string());
    return (extension == ".yaml" || extension == ".yml") && isSupported(path.stem());
}

// What cannot stand in a line of text, or be stored as text, written as \xNN.
std::string printable(const std::string& name)
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    const bool isText = isValidUtf8(name);
    std::string shown;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !isText)) {
            shown += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            shown += c;
        }
    }
    return shown;
}

bool isInside(const fs::path& target, const fs::path& home)
{
    const fs::path relative = target.lexically_relative(home);
    return !relative.empty() && *relative.begin() != "..";
}

class Scan {
public:
    Scan(const fs::path& home, const std::vector<std::string>& exclude) : m_home(home), m_exclude(exclude)
    {
        std::error_code ignored;
        m_realHome = fs::canonical(home, ignored);
    }

    void take(const fs::directory_entry& entry)
    {
        const fs::path& path = entry.path();
        const std::string relative = path.lexically_relative(m_home).generic_string();
        if (path.filename() == "workspace.yaml" || isSidecar(path) || excluded(relative) ||
            !(isSupported(path) || isForeignOfficeFormat(path))) {
            return;
        }
        std::error_code failed;
        const std::uintmax_t bytes = entry.is_regular_file(failed) ? entry.file_size(failed) : 0;
        m_found.push_back({printable(relative), failed ? 0 : bytes, whyNot(entry, relative)});
    }

    // A folder that is not walked through.
    void leaveOut(const fs::directory_entry& entry, std::string why)
    {
        m_found.push_back(
            {printable(entry.path().lexically_relative(m_home).generic_string()), 0, std::move(why)});
    }

    bool excluded(const std::string& relative) const
    {
        return std::ranges::any_of(
            m_exclude, [&](const std::string& pattern) { return matchesGlob(pattern, relative); });
    }

    std::vector<FoundFile> sorted()
    {
        std::ranges::sort(m_found, {}, &FoundFile::path);
        const auto same = [](const FoundFile& left, const FoundFile& right) {
            return left.path == right.path;
        };
        m_found.erase(std::unique(m_found.begin(), m_found.end(), same), m_found.end());
        return std::move(m_found);
    }

private:
    // Why the file cannot be read, when it need not be opened to know; else empty.
    std::string whyNot(const fs::directory_entry& entry, const std::string& relative) const
    {
        std::error_code failed;
        if (printable(relative) != relative) {
            return "its name is not one line of UTF-8 text; rename it";
        }
        if (entry.is_symlink(failed)) {
            const fs::path target = fs::canonical(entry.path(), failed);
            if (failed) {
                return "is a link that leads nowhere";
            }
            if (!isInside(target, m_realHome)) {
                return "is a link to a file outside the workspace; put a copy here";
            }
        }
        if (!entry.is_regular_file(failed)) {
            return "is not a regular file";
        }
        const std::string extension = entry.path().extension().string();
        return isSupported(entry.path())
                   ? ""
                   : "no loader reads " + extension + "; save it as DOCX, PDF, HTML or Markdown";
    }

    fs::path m_home;
    fs::path m_realHome;
    const std::vector<std::string>& m_exclude;
    std::vector<FoundFile> m_found;
};

Result<void> walk(const fs::path& top, const fs::path& home, Scan& scan, const std::stop_token& stop)
{
    std::error_code error;
    fs::recursive_directory_iterator at(top, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "cancelled");
        }
        const std::string name = at->path().filename().string();
        std::error_code ignored;
        if (name.starts_with('.')) {
            at.disable_recursion_pending();
        } else if (at->is_directory(ignored)) {
            const bool excluded = scan.excluded(at->path().lexically_relative(home).generic_string());
            if (at->is_symlink(ignored) && !excluded) {
                scan.leaveOut(*at, "is a link to a folder; only links to files are followed");
            } else if (at.depth() >= kDeepest && !excluded) {
                scan.leaveOut(*at, "lies deeper than " + std::to_string(kDeepest) + " folders");
                at.disable_recursion_pending();
            } else if (excluded) {
                at.disable_recursion_pending();
            }
        } else {
            scan.take(*at);
        }
    }
    if (error) {
        return tl::unexpected(fileError(error.value(), "read the folder", top.string()));
    }
    return {};
}

} // namespace

bool matchesGlob(std::string_view pattern, std::string_view path)
{
    if (pattern.find('/') == std::string_view::npos) {
        const std::size_t slash = path.rfind('/');
        return globHere(pattern, slash == std::string_view::npos ? path : path.substr(slash + 1));
    }
    return globHere(pattern, path);
}

Result<std::vector<FoundFile>> scanFolder(const fs::path& home, const std::vector<std::string>& include,
                                          const std::vector<std::string>& exclude, std::stop_token stop)
{
    Scan scan(home, exclude);
    for (const std::string& part : include) {
        const fs::path top = (home / part).lexically_normal();
        std::error_code error;
        const auto status = fs::status(top, error);
        if (status.type() == fs::file_type::regular) {
            scan.take(fs::directory_entry(top));
            continue;
        }
        if (status.type() != fs::file_type::directory) {
            return failure(ErrorCode::NotFound,
                           "documents.include of workspace.yaml names '" + part + "', which is not there",
                           top.string());
        }
        if (auto walked = walk(top, home, scan, stop); !walked) {
            return tl::unexpected(walked.error());
        }
    }
    return scan.sorted();
}

} // namespace plumbline::corpus
