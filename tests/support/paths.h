// Where tests find things: the sources, the judged data of others, the built command.
#pragma once

#include <filesystem>
#include <optional>

namespace plumbline::tests {

std::filesystem::path sourceDirectory();

// The folder with judged data that nobody here wrote ($PLUMBLINE_SHARED_DATA, else ../shared/data beside the
// sources); none where it is absent.
std::optional<std::filesystem::path> sharedData();

// The `plumbline` program of this build.
std::filesystem::path command();

} // namespace plumbline::tests
