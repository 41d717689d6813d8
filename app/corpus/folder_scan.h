// Which files of a workspace are documents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace plumbline::corpus {

struct FoundFile {
    std::string path; // relative to the workspace, with '/'
    std::uint64_t bytes = 0;
    std::string unsupported; // why it cannot be read, when its name already says so; else empty
};

// Documents below `include` (folders or files, relative to `home`), by path. Hidden files and folders, sidecars, what `exclude` names (globs: * and **
// against the relative path) and links that leave the workspace are left out; files of other kinds are left out, but office formats
// without a loader are listed as unsupported. An include that is not there is NotFound.
Result<std::vector<FoundFile>> scanFolder(const std::filesystem::path& home, const std::vector<std::string>& include,
                                          const std::vector<std::string>& exclude, std::stop_token stop);

// `*` stands for anything but '/', `**` for anything. A pattern without '/' is held against the file name.
bool matchesGlob(std::string_view pattern, std::string_view path);

} // namespace plumbline::corpus
