// Who is sitting here.
#pragma once

#include <filesystem>
#include <string>

#include "app/base/actor.h"

namespace plumbline::workspace {

// `configured` when not empty, else the Git identity that holds in `folder`, else the login name.
Actor actorAt(const std::filesystem::path& folder, const std::string& configured);

} // namespace plumbline::workspace
