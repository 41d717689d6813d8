// Raw HTML blocks of a Markdown text (CommonMark 0.30, section 4.6) to blocks of the document: tables with
// their rows, headings, list items, paragraphs. A block's span holds the file as written, tags inside
// included; what shows it leaves them out (app/base/inline_markdown.h).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "app/base/html_tags.h"
#include "app/corpus/document.h"

namespace plumbline::corpus {

// Whether anything but tags, comments and blanks stands in `markup`.
bool holdsText(std::string_view markup);

// Keeps what is open from one raw block to the next, since a blank line ends a raw block but no element.
class MarkdownHtml {
public:
    // `take` gets the blocks in reading order, spans in BYTES of `text`; `newGroup` numbers tables and lists.
    MarkdownHtml(std::string_view text, std::function<void(const Block&)> take,
                 std::function<int()> newGroup);

    // Reads the raw block that stands at the bytes [from, to).
    void read(std::size_t from, std::size_t to);

    bool inTable() const { return m_tables > 0; }

    // Whether raw HTML that starts a block of a page begins at `text`: a table, a list, a paragraph, ...
    static bool startsBlock(std::string_view text);

private:
    struct List {
        bool ordered = false;
        int group = 0;
    };

    void takeTag(std::size_t at, const HtmlTag& tag);
    void takeTablePart(std::size_t at, const HtmlTag& tag);
    void takeOther(const HtmlTag& tag);
    void endRow(std::size_t at);
    void flush(std::size_t at);
    void emit(BlockKind kind, Span span, int level, bool ordered, int group);
    std::size_t skipElement(std::size_t at, const HtmlTag& tag, std::size_t to) const;

    static constexpr std::size_t kNone = std::string_view::npos;

    std::string_view m_text;
    std::function<void(const Block&)> m_take;
    std::function<int()> m_newGroup;
    std::size_t m_run = kNone; // where the text began that no block has yet
    std::size_t m_row = kNone; // where the open row began
    int m_tables = 0;          // open, one inside the other
    int m_group = 0;           // of the outermost table
    bool m_sawRow = false;
    bool m_inHead = false;
    bool m_headerCells = true; // of the open row: all are <th>
    int m_cells = 0;           // of the open row
    std::vector<List> m_lists;
    bool m_itemOpen = false;
    int m_heading = 0;
    int m_quotes = 0;
    bool m_pre = false;
};

} // namespace plumbline::corpus
