// A configuration of promptfoo as one of our suites, with what becomes of each of its assertions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/evals/assertion_kinds.h"

namespace plumbline::evals {

struct ImportedAssertion {
    std::string type; // as written, with "not-"
    KindSupport support = KindSupport::Exact;
    std::string reason; // of all that is not exact
    std::string where;  // "promptfooconfig.yaml:12:7", "tests.csv:3"
};

struct PromptfooImport {
    nlohmann::ordered_json suite;              // in the form of suites/NAME.yaml
    std::vector<ImportedAssertion> assertions; // in the order of the file; those of the defaults once
    std::vector<std::string> notes;            // what else could not be taken over, for a person
};

// Reads YAML or JSON, with the files it names: prompts, tests (YAML, JSON, JSON Lines, CSV, with wildcards),
// values of assertions and variables; all below the folder of `file`. Programs it names are not run.
// BadInput with the place: syntax, a file outside, no test. NotFound, Denied, Io, TooLarge: a file. TooLarge:
// over 20,000 cases.
Result<PromptfooImport> importPromptfoo(const std::filesystem::path& file);

// The suite as YAML.
std::string suiteText(const nlohmann::ordered_json& suite);

} // namespace plumbline::evals
