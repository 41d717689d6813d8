// The JSON shapes of `plumbline prompts` (resources/docs/cli.md).
#pragma once

#include <nlohmann/json.hpp>

#include "app/prompts/prompt_diff.h"
#include "app/prompts/prompt_library.h"

namespace plumbline::cli {

nlohmann::ordered_json toJson(const prompts::PromptEntry& entry);
nlohmann::ordered_json toJson(const prompts::PromptVersion& prompt);
nlohmann::ordered_json toJson(const prompts::LabelMove& move);
nlohmann::ordered_json toJson(const TextDiff& diff); // its hunks
nlohmann::ordered_json toJson(const prompts::PromptDiff& diff);
nlohmann::ordered_json toJson(const std::vector<prompts::PartDiff>& parts);
nlohmann::ordered_json toJson(const prompts::Rendered& rendered);

} // namespace plumbline::cli
