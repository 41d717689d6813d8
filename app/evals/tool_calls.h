// Calls of tools in an output, whatever API it came from.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

using ToolNames = std::set<std::string, std::less<>>;

// The names of the tools called: in the forms of OpenAI (chat, responses), Anthropic and Google, or a list of
// {"name"}.
ToolNames toolsCalledIn(const nlohmann::ordered_json& output);

// The same of a text: JSON as a whole, or blocks of JSON that begin and end with a line, outside of fences.
ToolNames toolsCalledInText(std::string_view text);

} // namespace plumbline::evals
