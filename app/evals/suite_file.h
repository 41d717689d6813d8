// Reads a suite from its file: YAML, or JSON Lines with a case in each row. Format: resources/docs/evals.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// `path` as the user named it, relative to `home` (the workspace) or absolute; ".jsonl" is JSON Lines, all
// else YAML. BadInput with "file:line: what was expected": syntax, a key of another kind, a case id twice, an
// unknown assertion, a date that is none. NotFound, Denied, Io, TooLarge as of readFile() and parseYaml().
Result<Suite> loadSuite(const std::filesystem::path& path, const std::filesystem::path& home);

// The same from text. `name` is the suite's when the file gives none, `path` stands in places and errors, and
// prompt files are read below `folder` (empty: they are BadInput).
struct SuiteText {
    std::string_view text;
    std::string path;
    std::string name;
    std::filesystem::path folder = {};
};
Result<Suite> parseSuiteYaml(const SuiteText& source);
Result<Suite> parseSuiteLines(const SuiteText& source);

// SHA-256, hex, over what decides a result or how it is counted: cases, assertions, tags, clusters, tiers and
// prompts; not over places, names and descriptions.
std::string digestOf(const Suite& suite);

// The cases that carry every one of `tags`, under a digest of their own. BadInput: no case does; the message
// names the tags there are.
Result<Suite> withTags(Suite suite, const std::vector<std::string>& tags);

} // namespace plumbline::evals
