// What a configuration of promptfoo sends, and to whom.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

// The prompts as suites write them ({label, text}): inline, or from files (text, parted by lines of "---";
// JSON or YAML of chat messages; JSON Lines). Those made by a program are named in `notes`.
Result<nlohmann::ordered_json> importedPrompts(const nlohmann::ordered_json& prompts,
                                               const std::filesystem::path& folder,
                                               std::vector<std::string>& notes);

struct ImportedTargets {
    std::vector<std::string> models; // "echo", or the name that `models` of workspace.yaml must have
    nlohmann::ordered_json tools;    // of the first provider that has any; null: none
    nlohmann::ordered_json functions;
    std::string transform; // of the first provider that has one
};

ImportedTargets importedTargets(const nlohmann::ordered_json& providers, std::vector<std::string>& notes);

} // namespace plumbline::evals
