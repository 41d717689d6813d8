// What the attributes of a span say about tools, commands and searches.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

// All empty when the span has none of it.
std::string attributeOf(const nlohmann::ordered_json& span, const char* key); // a text, as written
std::string toolNameOf(const nlohmann::ordered_json& span);
std::optional<nlohmann::ordered_json>
toolArgumentsOf(const nlohmann::ordered_json& span); // JSON text is read
std::string commandOf(const nlohmann::ordered_json& span);
std::string searchQueryOf(const nlohmann::ordered_json& span);

} // namespace plumbline::evals
