#include "app/corpus/folder_scan.h"

#include <algorithm>
#include <array>

#include "app/base/text.h"
#include "app/corpus/loader.h"

namespace plumbline::corpus {

namespace {

namespace fs = std::filesystem;

bool globHere(std::string_view pattern, std::string_view path)
{
    if (pattern.empty()) {
        return path.empty();
    }
    if (pattern.front() != '*') {
        return !path.empty() && pattern.front() == path.front() && globHere(pattern.substr(1), path.substr(1));
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
    static constexpr std::array<std::string_view, 9> kKinds = {".doc",  ".odt", ".rtf", ".ppt", ".pptx",
                                                               ".xls", ".xlsx", ".epub", ".pages"};
    return std::ranges::find(kKinds, asciiLower(path.extension().string())) != kKinds.end();
}

bool isSidecar(const fs::path& path)
{
    const std::string extension = asciiLower(path.extension().string());
    return (extension == ".yaml" || extension == ".yml") && isSupported(path.stem());
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
        std::error_code ignored;
        if (path.filename() == "workspace.yaml" || isSidecar(path) || !entry.is_regular_file(ignored) || excluded(relative)) {
            return;
        }
        if (entry.is_symlink(ignored) && !isInside(fs::canonical(path, ignored), m_realHome)) {
            return;
        }
        if (isSupported(path)) {
            m_found.push_back({relative, entry.file_size(ignored), {}});
        } else if (isForeignOfficeFormat(path)) {
            m_found.push_back({relative, entry.file_size(ignored),
                               "no loader reads " + path.extension().string() + "; save it as DOCX, PDF, HTML or Markdown"});
        }
    }

    bool excluded(const std::string& relative) const
    {
        return std::ranges::any_of(m_exclude, [&](const std::string& pattern) { return matchesGlob(pattern, relative); });
    }

    std::vector<FoundFile> sorted()
    {
        std::ranges::sort(m_found, {}, &FoundFile::path);
        const auto doubles = std::ranges::unique(m_found, {}, &FoundFile::path);
        m_found.erase(doubles.begin(), doubles.end());
        return std::move(m_found);
    }

private:
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
            if (scan.excluded(at->path().lexically_relative(home).generic_string())) {
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
            return failure(ErrorCode::NotFound, "documents.include of workspace.yaml names '" + part + "', which is not there",
                           top.string());
        }
        if (auto walked = walk(top, home, scan, stop); !walked) {
            return tl::unexpected(walked.error());
        }
    }
    return scan.sorted();
}

} // namespace plumbline::corpus
