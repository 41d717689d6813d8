// The lines of a Markdown text, and the copy of it that is handed to the parser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/base/text.h"

namespace plumbline::corpus {

// Byte ranges of the lines from `from` on; LF, CR and CRLF end a line.
class MarkdownLines {
public:
    MarkdownLines(std::string_view text, std::size_t from);

    std::size_t count() const { return m_starts.size() - 1; }
    std::size_t start(std::size_t line) const { return m_starts[line]; } // line from 0
    std::size_t end(std::size_t line) const;                             // without the line end
    std::string_view line(std::size_t line) const
    {
        return m_text.substr(start(line), end(line) - start(line));
    }

private:
    std::string_view m_text;
    std::vector<std::size_t> m_starts; // and the end of the text
};

// A copy of `text`, byte for byte as long, in which what only inline parsing looks at (emphasis, links, code
// spans, entities) is blanked: we need the blocks alone, and the costly inputs of inline parsing never reach
// the parser. TooLarge when one line opens more than `nesting` lists and quotes.
Result<std::string> blockSkeleton(std::string_view text, const MarkdownLines& lines, int nesting);

} // namespace plumbline::corpus
