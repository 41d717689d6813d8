// What `plumbline init` makes of a folder.
#pragma once

#include <filesystem>

#include "app/base/result.h"

namespace plumbline::workspace {

// Writes `folder`/workspace.yaml with comments (making the folder), a first prompt where there is no folder
// of prompts, and a .plumbline/ that Git ignores; gives the path of workspace.yaml. Conflict when there is a
// workspace.yaml already; the errors of writing.
Result<std::filesystem::path> makeSkeleton(const std::filesystem::path& folder);

} // namespace plumbline::workspace
