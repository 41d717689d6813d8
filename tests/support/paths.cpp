#include "tests/support/paths.h"

#include <cstdlib>

namespace plumbline::tests {

std::filesystem::path sourceDirectory()
{
    const char* value = std::getenv("PLUMBLINE_SOURCE_DIR");
    return value != nullptr ? std::filesystem::path(value) : std::filesystem::current_path();
}

std::optional<std::filesystem::path> sharedData()
{
    const char* value = std::getenv("PLUMBLINE_SHARED_DATA");
    std::filesystem::path path =
        value != nullptr ? std::filesystem::path(value) : sourceDirectory().parent_path() / "shared" / "data";
    std::error_code error;
    if (!std::filesystem::is_directory(path, error))
        return std::nullopt;
    return path;
}

std::filesystem::path command()
{
    const char* value = std::getenv("PLUMBLINE_COMMAND");
    return value != nullptr ? std::filesystem::path(value) : std::filesystem::path("plumbline");
}

} // namespace plumbline::tests
