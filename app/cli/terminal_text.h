// What a cited sentence looks like on a terminal: without the marks of Markdown and the tags of HTML. The
// verbatim text is what --json prints.
#pragma once

#include <string>
#include <string_view>

#include "app/assistant/answer.h"

namespace plumbline::cli {

// `sentence` as shown; line ends only between rows of a table and in code. `before` is the sentence printed
// before it, or null: the header of a table is left out when that one had the same. `markdown`: it comes from
// a Markdown file.
std::string terminalText(const assistant::AnswerSentence& sentence, const assistant::AnswerSentence* before,
                         bool markdown);

// `text` without what steers a terminal: control characters but line ends and tabs.
std::string terminalSafe(std::string_view text);

} // namespace plumbline::cli
