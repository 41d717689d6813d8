// What an agent did, step by step, read out of the spans of its trace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

struct TrajectoryStep {
    std::string type; // "tool", "command", "search", "reasoning", "message", "span"
    std::string name;
    std::vector<std::string> aliases;           // names by which it can be asked for
    std::optional<nlohmann::ordered_json> args; // of a tool or a command
};

// In the order in which the spans began. Follows promptfoo 0.123 in which attributes name a tool, its
// arguments, a command or a search (OpenTelemetry's gen_ai.tool.*, tool.*, function.*, ai.toolCall.*,
// agent.tool.*, codex.*).
std::vector<TrajectoryStep> trajectoryOf(const nlohmann::ordered_json& trace);

} // namespace plumbline::evals
