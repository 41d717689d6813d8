#include "app/workspace/sample.h"

#include <array>
#include <cstdlib>

#include <unistd.h>

#include "app/base/file.h"

namespace plumbline::workspace {

namespace fs = std::filesystem;

namespace {

// What a person needs of the sample; how its PDF and DOCX files were made stays behind.
constexpr std::array<std::string_view, 5> kParts = {"workspace.yaml", "documents", "prompts", "suites",
                                                    "synonyms.yaml"};

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

fs::path dataFolder()
{
    const std::string named = environment("XDG_DATA_HOME");
    const fs::path base =
        named.starts_with('/') ? fs::path(named) : fs::path(environment("HOME")) / ".local" / "share";
    return base / "plumbline";
}

} // namespace

Result<fs::path> findSample()
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    const std::array<fs::path, 3> places = {environment("PLUMBLINE_SAMPLE"),
                                            program.parent_path().parent_path() / "share" / "plumbline" /
                                                "sample",
                                            fs::path(PLUMBLINE_SOURCE_SAMPLE)};
    for (const fs::path& place : places) {
        if (!place.empty() && fs::exists(place / "workspace.yaml", ignored)) {
            return place;
        }
    }
    return failure(ErrorCode::NotFound,
                   "the sample workspace is not here; name its folder in $PLUMBLINE_SAMPLE",
                   places[1].string());
}

Result<fs::path> prepareSample(const fs::path& installed)
{
    const fs::path target = dataFolder() / "sample";
    std::error_code error;
    if (fs::exists(target / "workspace.yaml", error)) {
        return target;
    }
    const fs::path partial = target.string() + ".partial-" + std::to_string(::getpid());
    fs::remove_all(partial, error);
    fs::create_directories(partial, error);
    for (const std::string_view part : kParts) {
        std::error_code failed;
        if (!error && fs::exists(installed / part, failed)) {
            fs::copy(installed / part, partial / part, fs::copy_options::recursive, error);
        }
    }
    if (!error) {
        fs::rename(partial, target, error);
    }
    if (error) {
        const auto said =
            tl::unexpected(fileError(error.value(), "copy the sample workspace", target.string()));
        fs::remove_all(partial, error);
        // Another process may have been first.
        return fs::exists(target / "workspace.yaml", error) ? Result<fs::path>(target)
                                                            : Result<fs::path>(said);
    }
    return target;
}

} // namespace plumbline::workspace
