// The front matter of a prompt as a value, checked against its schema.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/prompts/prompt.h"

namespace plumbline::prompts {

struct FrontMatter {
    PromptVersion prompt;                         // its fields; name, version and sections are empty
    std::map<std::string, std::string> variables; // "path:line:column" where each is declared
};

// BadInput with "path:line:column" and what was expected.
Result<FrontMatter> readFrontMatter(std::string_view yaml, std::string_view path);

// Checks a value of a kind that is not untrusted and gives it as it is rendered. BadInput: what was expected.
Result<std::string> typedValue(const Variable& variable, std::string_view value);

} // namespace plumbline::prompts
