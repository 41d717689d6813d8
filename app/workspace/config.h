// workspace.yaml as a value. Format: resources/schemas/workspace.schema.json, explained in
// resources/docs/workspace.md.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/budget.h"
#include "app/llm/endpoint.h"
#include "app/llm/price_table.h"
#include "app/retrieval/profile.h"

namespace plumbline::workspace {

// The answerer that needs no endpoint; no entry of `models` may have its name.
inline constexpr std::string_view kEmbeddedModel = "embedded";

struct Config {
    std::string name;
    std::vector<std::string> include = {"."}; // documents.include
    std::vector<std::string> exclude;         // documents.exclude
    bool approvedByDefault = false;           // approval.default: approved | draft
    std::string actor;                      // who approvals are recorded under; empty = ask Git or the system
    std::string defaultProfile = "default"; // retrieval.profile
    std::map<std::string, retrieval::Profile> profiles;     // retrieval.profiles; "default" is always there
    std::string synonymsFile;                               // retrieval.synonyms, relative to the workspace
    std::vector<std::string> suggestedQuestions;            // assistant.suggested
    std::string defaultModel = std::string(kEmbeddedModel); // assistant.model
    std::string defaultPrompt;                              // assistant.prompt, NAME@VERSION; empty = not set
    std::map<std::string, llm::Endpoint> models;            // by name
    llm::Budgets budgets;
    std::vector<llm::PriceEntry> prices; // go before those that come with the program
};

// Parses and checks; every error is "file:line:column: what was expected".
Result<Config> parseConfig(std::string_view yaml, std::string_view fileName);

// workspace.yaml for `plumbline init`, with comments.
std::string initialConfig(std::string_view name, const std::vector<std::string>& include,
                          const std::vector<std::string>& exclude);

} // namespace plumbline::workspace
