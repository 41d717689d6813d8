// The user's own folders (XDG Base Directory Specification 0.8). None is made.
#pragma once

#include <filesystem>

namespace plumbline::workspace {

std::filesystem::path userConfigFolder(); // $XDG_CONFIG_HOME, else ~/.config, /plumbline
std::filesystem::path userStateFolder();  // $XDG_STATE_HOME, else ~/.local/state, /plumbline

} // namespace plumbline::workspace
