// The files that a configuration of promptfoo names, all below its own folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

// "file://a/*.txt" or "a/*.txt": names relative to `folder`, sorted; * and ? inside a name, ** for any
// folders. BadInput: outside of the folder. NotFound: none.
Result<std::vector<std::string>> filesNamed(std::string_view reference, const std::filesystem::path& folder);

// YAML or JSON with merge keys (<<) and local references ($ref: '#/…') put in. Errors of the reader.
struct PromptfooValue {
    nlohmann::ordered_json value;
    std::string name; // for places
};
Result<PromptfooValue> readPromptfooFile(const std::filesystem::path& folder, const std::string& name);

// The text of a file. Errors of readFile().
Result<std::string> readPromptfooText(const std::filesystem::path& folder, const std::string& name);

} // namespace plumbline::evals
