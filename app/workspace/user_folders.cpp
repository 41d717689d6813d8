#include "app/workspace/user_folders.h"

#include <cstdlib>

namespace plumbline::workspace {

namespace {

std::filesystem::path folderOf(const char* variable, const char* belowHome)
{
    const char* set = std::getenv(variable);
    if (set != nullptr && *set == '/') { // the specification has relative paths ignored
        return std::filesystem::path(set) / "plumbline";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr && *home != '\0' ? home : "/") / belowHome / "plumbline";
}

} // namespace

std::filesystem::path userConfigFolder()
{
    return folderOf("XDG_CONFIG_HOME", ".config");
}

std::filesystem::path userStateFolder()
{
    return folderOf("XDG_STATE_HOME", ".local/state");
}

} // namespace plumbline::workspace
