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
    std::string path; // relative to the workspace, with '/'; bytes that are no text of one line as \xNN
    std::uint64_t bytes = 0;
    std::string unsupported; // why it cannot be read, when that is known without opening it; else empty
};

// Documents below `include` (folders or files, relative to `home`), by path. Hidden files and folders,
// sidecars, what `exclude` names (globs: * and ** against the relative path) are left out, and so are files
// of other kinds. Listed with the reason why they cannot be read: office formats without a loader, what is no
// regular file, links that leave the workspace or lead nowhere, links to folders, names that are no text,
// folders that lie too deep. An include that is not there is NotFound.
Result<std::vector<FoundFile>> scanFolder(const std::filesystem::path& home,
                                          const std::vector<std::string>& include,
                                          const std::vector<std::string>& exclude, std::stop_token stop);

// `*` stands for anything but '/', `**` for anything. A pattern without '/' is held against the file name.
bool matchesGlob(std::string_view pattern, std::string_view path);

} // namespace plumbline::corpus
