// Reads a prompt file, prompts/NAME/vN.md: YAML front matter, then sections. The format stands in
// resources/docs/prompts.md.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/prompts/prompt.h"

namespace plumbline::prompts {

// A prompt file is small; larger ones are refused.
inline constexpr std::size_t kMaxPromptBytes = 1'000'000;

// Parses and checks the whole file; what this takes, render() renders given values of the right kinds. `path`
// ends with NAME/vN.md, gives name and version, and is what errors name. BadInput with "path:line:column" and
// what was expected: front matter that breaks its schema, a section missing, twice or out of order, a
// placeholder that is malformed or not declared, a variable that is not used, an untrusted variable in a
// system section, an invisible character. TooLarge: over 1 MB.
Result<PromptVersion> parsePrompt(std::string_view text, std::string_view path);

// The digest of a version, over what its messages are rendered from: sections, variables, model parameters,
// answer form, output schema, task and guard policy. Title, purpose, author, notes and descriptions are not
// part of it, nor are line ends.
std::string digestOf(const PromptVersion& prompt);

// "[a-z0-9][a-z0-9-]*", at most 80 characters.
bool isPromptName(std::string_view name);

// The version in "v7.md"; 0 when it is none.
int versionOfFile(std::string_view fileName);

// Untrusted values are fenced and escaped.
bool isUntrusted(VariableKind kind);

// "text", "question", …; "prose", "list", "json"; "withhold", "mark"
std::string_view toString(VariableKind kind);
std::string_view toString(Layout layout);
std::string_view toString(Unsupported unsupported);

// The variable of this kind, or null. There is at most one each of Question, Ticket and Passages.
const Variable* variableOf(const PromptVersion& prompt, VariableKind kind);

} // namespace plumbline::prompts
