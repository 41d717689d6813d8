// Texts of a run as part of XML, HTML and Markdown. What a model or a document said is text there, never
// markup.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::evals {

// Escaped for content and attributes of XML and HTML; bytes that are no UTF-8, and characters that XML 1.0
// cannot hold, become U+FFFD. Line ends and tabs stay.
std::string escapedMarkup(std::string_view text);

// One line of Markdown (CommonMark and GitHub's) that shows the text as it stands: no link, no mention, no
// HTML, and no end of a table's cell.
std::string escapedMarkdown(std::string_view text);

// The text as a Markdown code span, on one line and safe in a table.
std::string markdownCode(std::string_view text);

} // namespace plumbline::evals
