// The tests of a configuration of promptfoo, gathered from wherever it keeps them.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

struct PromptfooTest {
    nlohmann::ordered_json value; // vars, assert, threshold, options …
    std::string where;
    std::string pointer; // in the configuration itself; empty: it stands in another file
};

using PlaceFn = std::function<std::string(const std::string& pointer)>;

// `tests` and `scenarios` of the configuration, in the order in which promptfoo runs them. Programs that make
// tests are named in `notes`. Errors as of importPromptfoo().
Result<std::vector<PromptfooTest>> gatherTests(const nlohmann::ordered_json& config, const PlaceFn& where,
                                               const std::filesystem::path& folder,
                                               std::vector<std::string>& notes);

// Every combination of the values of variables that are lists of texts, the first variable turning slowest;
// a list of something else is one value. "file://x" stands for the file's text (one combination for each file
// that a wildcard names). TooLarge: over 20,000.
Result<std::vector<nlohmann::ordered_json>> variablesOf(const nlohmann::ordered_json& vars, bool expand,
                                                        const std::filesystem::path& folder);

} // namespace plumbline::evals
