// A prompt file cut into its front matter and sections, each with its place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace plumbline::prompts {

enum class SectionKind { System, User, ExampleUser, ExampleAssistant };

// "# System", "# User", "# Example user", "# Example assistant"
std::string_view headingOf(SectionKind kind);

struct Section {
    SectionKind kind = SectionKind::System;
    std::size_t line = 1; // of the file, where `text` begins
    std::string text;     // without blank lines at both ends
};

struct PromptParts {
    std::string frontMatter; // with as many lines before it as in the file
    std::vector<Section> sections;
};

// `text` is UTF-8 with "\n" line ends. A line of the body that begins with "# " opens a section and must be
// one of the four headings. BadInput with "path:line:column".
Result<PromptParts> cutPrompt(std::string_view text, std::string_view path);

} // namespace plumbline::prompts
