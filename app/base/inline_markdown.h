// The strict subset of inline Markdown that is shown to people: strong, emphasis, code, links and images as
// their text, without attribute lists ("{:target=...}") and the tags of raw HTML. Everything else stays the
// text that it is. Works on bytes (char) and on UTF-16 (char16_t). Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline {

// A stretch of the source that is shown as it stands, with its style. Spans are in units of the text given.
struct InlineMarkdownRun {
    Span span;
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool space = false; // one unit of a tag that breaks the text (<br>): shown as a blank
    Span link;          // its target; empty = no link
};

// Runs in reading order, without the markers between them.
template <typename Char>
std::vector<InlineMarkdownRun> inlineMarkdown(std::basic_string_view<Char> text);

// The text of the runs of UTF-8 `text`, white space folded to single blanks, the entities of HTML that stand
// for one character of ASCII (&amp; &lt; &gt; &quot; &#39; &nbsp;) resolved.
std::string plainInlineMarkdown(std::string_view text);

} // namespace plumbline
