// The text of a section as literal pieces and placeholders.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace plumbline::prompts {

struct TemplatePiece {
    bool placeholder = false;
    std::string text;     // the literal with its escapes undone, or the name
    std::size_t byte = 0; // where it begins in the section
};

// Cuts a section at its placeholders `{{name}}`. Backslashes before `{{`, `}}` or a `#` that begins a line
// pair up to one each, and one left over makes what follows literal; everywhere else a backslash is itself.
// BadInput: `{{` that is no placeholder; `where` is "line:column" from 1, within the section.
Result<std::vector<TemplatePiece>> parseTemplate(std::string_view section);

// "line:column" of a byte, both from 1, columns in code points.
std::string lineColumn(std::string_view text, std::size_t byte, std::size_t firstLine = 1);

} // namespace plumbline::prompts
