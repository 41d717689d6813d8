// JSON objects inside a running text.
#pragma once

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

// In reading order, those inside others left out. What lies between braces is read as flow YAML, as promptfoo
// does: keys without quotes, single quotes, a comma at the end, and comments behind // or # are taken. An
// object that the text ends in the middle of is closed. No object of more than 100,000 bytes.
std::vector<nlohmann::ordered_json> jsonObjectsIn(std::string_view text);

} // namespace plumbline::evals
