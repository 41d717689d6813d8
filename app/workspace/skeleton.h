// What `plumbline init` makes of a folder.
#pragma once

#include <filesystem>

#include "app/base/result.h"

namespace plumbline::workspace {

// Writes `folder`/workspace.yaml with comments (making the folder) and a .plumbline/ that Git ignores; gives
// the file's path. Conflict when there is a workspace.yaml already; the errors of writing.
Result<std::filesystem::path> makeSkeleton(const std::filesystem::path& folder);

} // namespace plumbline::workspace
