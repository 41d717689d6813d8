// What works here: the versions of what the program stands on, and the state of a workspace.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/endpoint.h"

namespace plumbline::workspace {

struct HealthCheck {
    enum class State { Fine, Noted, Failed };
    std::string name;
    State state = State::Fine;
    std::string detail; // Failed: also what to do
};

std::string_view toString(HealthCheck::State state); // "ok", "note", "failed"

// Asks an endpoint whether it answers; gives what it can do, in a few words. The errors of a call.
using ProbeFn = std::function<Result<std::string>(const llm::Endpoint& endpoint)>;

// Looks without changing anything. Without a workspace, only at the program. Each endpoint of workspace.yaml
// is a line, whether its key is there, and what `probe` says; without a probe it is listed and not asked.
std::vector<HealthCheck> examine(const std::optional<std::filesystem::path>& home, const ProbeFn& probe = {});

} // namespace plumbline::workspace
