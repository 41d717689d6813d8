// What works here: the versions of what the program stands on, and the state of a workspace.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::workspace {

struct HealthCheck {
    enum class State { Fine, Noted, Failed };
    std::string name;
    State state = State::Fine;
    std::string detail; // Failed: also what to do
};

std::string_view toString(HealthCheck::State state); // "ok", "note", "failed"

// Looks without changing anything. Without a workspace, only at the program.
std::vector<HealthCheck> examine(const std::optional<std::filesystem::path>& home);

} // namespace plumbline::workspace
