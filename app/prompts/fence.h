// The fence around untrusted text in a message: tags that the text cannot hold, and escapes that undo
// whatever a model or its server could take for a tag, a control token or a change of role.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/prompts/prompt.h"

namespace plumbline::prompts {

// UTF-8 with malformed bytes as U+FFFD, and "\r\n" and "\r" as "\n": the form that comes back from a fence.
std::string cleanText(std::string_view value);

// cleanText(), with these written as character references: `<` but before a blank, a digit, '=' or the end;
// `&` where it would read as such a reference; invisible characters (invisible.h); the bracket of [INST] and
// its like; the colon of a line that begins as a change of role does ("System:", "**Assistant** :"); the # of
// a heading that is one ("### Instruction"). Everything else stays as it is.
std::string escapeUntrusted(std::string_view value);

// Undoes the references; unescapeUntrusted(escapeUntrusted(x)) == cleanText(x) for every x. Also for what a
// model copied out of a fence.
std::string unescapeUntrusted(std::string_view text);

// 16 hexadecimal digits that occur in none of the texts and depend on nothing else.
std::string fenceMark(const std::vector<std::string_view>& texts);

// <question-MARK>
// …
// </question-MARK>
std::string fenced(std::string_view tag, std::string_view mark, std::string_view value);

// <passages-MARK> around one <passage-MARK number="1" document="…" version="…" title="…" heading="…"> each.
std::string fencedPassages(std::string_view mark, const std::vector<PassageValue>& passages);

// The values in all fences of a message, in order, as cleanText() gave them: what a reader, or a test, finds
// between the tags. Passages give one each.
std::vector<std::string> untrustedIn(std::string_view message, std::string_view mark);

} // namespace plumbline::prompts
