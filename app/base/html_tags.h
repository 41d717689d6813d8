// Raw HTML inside Markdown: where tags stand, and the cells of a table row. Works on bytes (char) and on
// UTF-16 (char16_t); places are in units of the text given. Linear. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline {

struct HtmlTag {
    std::string name;    // lower case
    std::size_t end = 0; // one past '>'
    bool closes = false; // "</name>"
};

// The tag that starts at `at`, whatever its name, as far as it looks like one: "a < b" and tags of more than
// 2048 units are text.
template <typename Char>
std::optional<HtmlTag> htmlTagAt(std::basic_string_view<Char> text, std::size_t at);

// What a reader of the page sees of a tag of this name.
enum class HtmlTagEffect {
    None,  // an element of text: a, b, code, span, ...
    Break, // the text goes on at a new place: br, p, li, td, ...
    Shown  // no element of HTML that holds text: "<user>" is what its writer meant to be read
};
HtmlTagEffect effectOf(std::string_view name);

// The cells of a row written as "<tr>...</tr>", without the blanks around what they hold; cells of tables
// inside belong to the cell around them. Empty when the text does not begin with "<tr".
template <typename Char>
std::vector<Span> htmlRowCells(std::basic_string_view<Char> row);

} // namespace plumbline
