// The sample workspace: it is copied for the user before it is opened, never written in place.
#pragma once

#include <filesystem>

#include "app/base/result.h"

namespace plumbline::workspace {

// Where the sample came with the program: $PLUMBLINE_SAMPLE, the installed data folder beside the program,
// else the source tree it was built from. NotFound names the places.
Result<std::filesystem::path> findSample();

// The user's copy below the XDG data folder ($XDG_DATA_HOME, else ~/.local/share) /plumbline/sample; made
// whole or not at all when it is not there yet, left as it is otherwise.
Result<std::filesystem::path> prepareSample(const std::filesystem::path& installed);

} // namespace plumbline::workspace
