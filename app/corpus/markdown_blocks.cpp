#include "app/corpus/markdown_blocks.h"

#include <algorithm>
#include <memory>

#include <cmark-gfm.h>

#include "app/corpus/markdown_html.h"
#include "app/corpus/markdown_tables.h"

namespace plumbline::corpus {

namespace {

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using NodePointer = std::unique_ptr<cmark_node, FreeNode>;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// Walks the parsed blocks and writes ours.
class BlockWriter {
public:
    BlockWriter(std::string_view text, const MarkdownLines& lines, int nesting)
        : m_text(text), m_lines(lines), m_nesting(nesting),
          m_html(
              text, [this](const Block& block) { add(block); }, [this] { return ++m_groups; })
    {
    }

    void take(cmark_node* node, bool entering)
    {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_LIST:
            list(node, entering);
            break;
        case CMARK_NODE_ITEM:
            m_lists.back().item = kNone;
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            m_quotes += entering ? 1 : -1;
            break;
        case CMARK_NODE_HEADING:
            if (entering) {
                heading(node);
            }
            break;
        case CMARK_NODE_PARAGRAPH:
            if (entering) {
                paragraph(node);
            }
            break;
        case CMARK_NODE_CODE_BLOCK:
            code(node);
            break;
        case CMARK_NODE_HTML_BLOCK:
            html(node);
            break;
        default:
            break;
        }
        const auto depth = m_lists.size() + static_cast<std::size_t>(m_quotes);
        m_out.tooDeep = m_out.tooDeep || depth > static_cast<std::size_t>(m_nesting);
    }

    MarkdownBlocks take() { return std::move(m_out); }
    bool tooDeep() const { return m_out.tooDeep; }

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    static constexpr std::size_t kOther = kNone - 1; // no block that could be continued
    struct OpenList {
        int group = 0;
        bool ordered = false;
        int quotes = 0;
        std::size_t item = kNone; // index of the open item's own block
    };

    void list(cmark_node* node, bool entering)
    {
        if (entering) {
            m_lists.push_back(
                {++m_groups, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, m_quotes, kNone});
        } else {
            m_lists.pop_back();
        }
    }

    // Line from 0 and byte where a node starts; clamped, since a node's place is only as good as the parser
    // says.
    std::size_t firstLine(cmark_node* node) const
    {
        return std::min(static_cast<std::size_t>(std::max(1, cmark_node_get_start_line(node))) - 1,
                        m_lines.count() - 1);
    }
    std::size_t lastLine(cmark_node* node) const
    {
        const auto line = static_cast<std::size_t>(std::max(1, cmark_node_get_end_line(node))) - 1;
        return std::clamp(line, firstLine(node), m_lines.count() - 1);
    }
    std::size_t startByte(cmark_node* node) const
    {
        const std::size_t line = firstLine(node);
        const auto column = static_cast<std::size_t>(std::max(1, cmark_node_get_start_column(node))) - 1;
        return std::min(m_lines.start(line) + column, m_lines.end(line));
    }

    Span trimmedSpan(std::size_t from, std::size_t to) const
    {
        const std::string_view piece = m_text.substr(from, to > from ? to - from : 0);
        const std::string_view inner = trimmed(piece);
        const std::size_t start =
            inner.empty() ? from : static_cast<std::size_t>(inner.data() - m_text.data());
        return {start, start + inner.size()};
    }

    void add(const Block& block)
    {
        // Blocks never overlap, whatever places the parser gives.
        if (!block.span.empty() &&
            (m_out.blocks.empty() || m_out.blocks.back().span.end <= block.span.start)) {
            m_out.blocks.push_back(block);
        }
    }
    void add(BlockKind kind, const Span& span, int level, bool ordered, int group)
    {
        add({kind, span, level, ordered, group});
    }

    void heading(cmark_node* node)
    {
        const std::size_t from = startByte(node);
        const std::size_t line = firstLine(node);
        Span span = trimmedSpan(from, m_lines.end(line));
        if (m_text.substr(span.start).starts_with('#')) {
            std::string_view inner = m_text.substr(span.start, span.size());
            inner.remove_prefix(std::min(inner.find_first_not_of('#'), inner.size()));
            // Closing marks count only after a blank.
            const std::size_t last = inner.find_last_not_of('#');
            if (last != std::string_view::npos && last + 1 < inner.size() && isBlank(inner[last])) {
                inner = inner.substr(0, last);
            }
            const auto start = static_cast<std::size_t>(inner.data() - m_text.data());
            span = last == std::string_view::npos ? Span{} : trimmedSpan(start, start + inner.size());
        } else {
            span = setext(from, line, lastLine(node));
        }
        add(BlockKind::Heading, span, cmark_node_get_heading_level(node), false, 0);
    }

    // Underlined: everything up to the first line that is an underline.
    Span setext(std::size_t from, std::size_t line, std::size_t last) const
    {
        std::size_t end = line;
        const std::size_t stop = std::min(last + 1, m_lines.count() - 1);
        for (std::size_t at = line + 1; at <= stop; ++at) {
            const std::string_view content = lineContent(at);
            if (!content.empty() && content.find_first_not_of(content.front()) == std::string_view::npos &&
                (content.front() == '=' || content.front() == '-')) {
                break;
            }
            end = at;
        }
        return trimmedSpan(from, m_lines.end(end));
    }

    // A line without indentation and quote markers.
    std::string_view lineContent(std::size_t line) const
    {
        std::string_view content = m_lines.line(line);
        while (!content.empty() && (isBlank(content.front()) || (m_quotes > 0 && content.front() == '>'))) {
            content.remove_prefix(1);
        }
        return trimmed(content);
    }

    void paragraph(cmark_node* node)
    {
        const std::size_t last = lastLine(node);
        std::size_t line = firstLine(node);
        std::size_t from = startByte(node);
        while (line <= last && skipDefinition(line, from)) {
            from = ++line <= last ? m_lines.start(line) : m_lines.end(last);
        }
        for (std::size_t at = line + 1; at <= last; ++at) {
            const std::string_view content = lineContent(at);
            if (!isDelimiterRow(content)) {
                continue;
            }
            const std::size_t cells = cellCount(content);
            if (cells != cellCount(at - 1 == line ? m_text.substr(from, m_lines.end(line) - from)
                                                  : lineContent(at - 1))) {
                continue;
            }
            prose(from, m_lines.start(at - 1));
            table(std::max(from, m_lines.start(at - 1)), at, last);
            return;
        }
        if (line <= last) {
            prose(from, m_lines.end(last));
        }
    }

    bool skipDefinition(std::size_t line, std::size_t from)
    {
        const std::size_t end = m_lines.end(line);
        const auto definition = linkDefinition(m_text.substr(from, end > from ? end - from : 0));
        if (definition && !definition->note.empty()) {
            m_out.notes.push_back({{from, end}, definition->note, "Markdown comment"});
        }
        return definition.has_value();
    }

    void prose(std::size_t from, std::size_t to)
    {
        const Span span = trimmedSpan(from, to);
        if (span.empty()) {
            return;
        }
        OpenList* list = m_lists.empty() || m_lists.back().quotes != m_quotes ? nullptr : &m_lists.back();
        if (list != nullptr && list->item == kNone) {
            list->item = m_out.blocks.size();
            add(BlockKind::ListItem, span, static_cast<int>(m_lists.size()), list->ordered, list->group);
        } else if (list != nullptr && list->item + 1 == m_out.blocks.size()) {
            m_out.blocks.back().span.end = span.end; // a further paragraph of the same item
        } else {
            add(m_quotes > 0 ? BlockKind::Quote : BlockKind::Paragraph, span, 0, false, 0);
        }
        const std::string_view content = m_text.substr(span.start, 4);
        m_note = content == "!!! " || content == "??? " || content == "???+";
    }

    void html(cmark_node* node)
    {
        closeItem();
        const std::size_t from = startByte(node);
        std::size_t last = lastLine(node);
        // The parser leaves out the line that ends <pre> and its like.
        if (asciiLower(m_text.substr(from, 4)) == "<pre" && last + 1 < m_lines.count() &&
            asciiLower(m_lines.line(last)).find("</pre") == std::string::npos) {
            ++last;
        }
        m_html.read(from, m_lines.end(last));
    }

    // Raw HTML below an admonition ("!!! note"), or in a table that a blank line cut, is indented like code.
    bool indentedHtml(cmark_node* node)
    {
        const std::size_t from = startByte(node);
        const std::string_view content = trimmed(m_text.substr(from, m_lines.end(lastLine(node)) - from));
        if (!m_html.inTable() && !(m_note && MarkdownHtml::startsBlock(content))) {
            return false;
        }
        closeItem();
        m_html.read(from, m_lines.end(lastLine(node)));
        return true;
    }

    void closeItem()
    {
        if (!m_lists.empty()) {
            m_lists.back().item = kOther; // what follows in the item is no longer its first text
        }
    }

    void table(std::size_t headerStart, std::size_t delimiter, std::size_t last)
    {
        const int group = ++m_groups;
        closeItem();
        row(BlockKind::TableHeader, headerStart, delimiter - 1, group);
        for (std::size_t line = delimiter + 1; line <= last; ++line) {
            row(BlockKind::TableRow, m_lines.start(line), line, group);
        }
    }

    void row(BlockKind kind, std::size_t from, std::size_t line, int group)
    {
        const std::string_view content = lineContent(line);
        const auto start = static_cast<std::size_t>(content.data() - m_text.data());
        add(kind, content.empty() ? Span{} : Span{std::max(from, start), start + content.size()}, 0, false,
            group);
    }

    void code(cmark_node* node)
    {
        const std::size_t line = firstLine(node);
        std::size_t last = lastLine(node);
        int length = 0;
        int offset = 0;
        char fence = 0;
        if (cmark_node_get_fenced(node, &length, &offset, &fence) == 0) {
            if (!indentedHtml(node)) {
                add(BlockKind::Code, trimmedSpan(startByte(node), m_lines.end(last)), 0, false, 0);
            }
            return;
        }
        const std::size_t column = startByte(node) - m_lines.start(line);
        // Code that ends with its item or quote is given the line after it as its last.
        cmark_node* parent = cmark_node_parent(node);
        if (parent != nullptr && cmark_node_get_type(parent) != CMARK_NODE_DOCUMENT) {
            last = std::max(line, std::min(last, lastLine(parent)));
        }
        const std::string_view closing = lineContent(last);
        const std::string mark(static_cast<std::size_t>(std::max(3, length)), fence);
        if (last > line && closing.starts_with(mark)) {
            --last;
        }
        if (last <= line) {
            return;
        }
        const std::string_view first = m_lines.line(line + 1);
        std::size_t indent = 0;
        while (indent < std::min(column, first.size()) && (isBlank(first[indent]) || first[indent] == '>')) {
            ++indent;
        }
        Span span{m_lines.start(line + 1) + indent, m_lines.end(last)};
        while (!span.empty() && (m_text[span.end - 1] == '\n' || m_text[span.end - 1] == '\r' ||
                                 isBlank(m_text[span.end - 1]))) {
            --span.end;
        }
        add(BlockKind::Code, span, 0, false, 0);
    }

    std::string_view m_text;
    const MarkdownLines& m_lines;
    int m_nesting;
    MarkdownBlocks m_out;
    std::vector<OpenList> m_lists;
    int m_quotes = 0;
    int m_groups = 0;
    bool m_note = false; // the paragraph before opens an admonition
    MarkdownHtml m_html;
};

} // namespace

MarkdownBlocks markdownBlocks(std::string_view text, const std::string& skeleton, const MarkdownLines& lines,
                              int nesting)
{
    BlockWriter writer(text, lines, nesting);
    const std::size_t body = lines.start(0);
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    cmark_parser_feed(parser.get(), skeleton.data() + body, skeleton.size() - body);
    const NodePointer root(cmark_parser_finish(parser.get()));
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root.get()));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE && !writer.tooDeep();
         event = cmark_iter_next(iterator.get())) {
        writer.take(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
    }
    return writer.take();
}

} // namespace plumbline::corpus
