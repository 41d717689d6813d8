#include "app/corpus/format_loaders.h"
#include "app/corpus/plain_text.h"
#include "app/corpus/text_cursor.h"

namespace plumbline::corpus {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The list marker at the head of a line: its size with the blanks behind it.
struct Marker {
    std::size_t size = 0; // 0 = none
    bool ordered = false;
};

Marker markerOf(std::string_view line)
{
    std::size_t end = 0;
    while (end < line.size() && end < 4 && isDigit(line[end])) {
        ++end;
    }
    Marker marker;
    if (end > 0 && end < line.size() && (line[end] == '.' || line[end] == ')')) {
        marker.ordered = true;
        ++end;
    } else if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) {
        end = 1;
    } else if (line.starts_with("\xE2\x80\xA2")) {
        end = 3;
    } else {
        return {};
    }
    const std::size_t text = line.find_first_not_of(" \t", end);
    marker.size = text == std::string_view::npos || text == end ? 0 : text;
    return marker;
}

bool isUnderline(std::string_view line)
{
    return line.size() >= 3 && (line.find_first_not_of('=') == std::string_view::npos ||
                                line.find_first_not_of('-') == std::string_view::npos);
}

class ParagraphReader {
public:
    explicit ParagraphReader(std::string_view text) : m_text(text) {}

    std::vector<Block> run()
    {
        for (std::size_t at = 0; at < m_text.size();) {
            std::size_t end = std::min(m_text.find('\n', at), m_text.size());
            line(trimmed(m_text.substr(at, end - at)));
            at = end + 1;
        }
        close();
        return std::move(m_blocks);
    }

private:
    void line(std::string_view content)
    {
        if (content.empty()) {
            close();
            return;
        }
        const auto start = static_cast<std::size_t>(content.data() - m_text.data());
        if (m_lines == 1 && m_open.kind == BlockKind::Paragraph && isUnderline(content)) {
            m_open.kind = BlockKind::Heading;
            m_open.level = content.front() == '=' ? 1 : 2;
            close();
            return;
        }
        const Marker marker = markerOf(content);
        const bool item =
            marker.size > 0 && (m_lines == 0 || m_open.kind == BlockKind::ListItem || !marker.ordered);
        if (item) {
            closeBlock();
            m_group = m_group == 0 ? ++m_groups : m_group;
            m_open = {BlockKind::ListItem,
                      {start + marker.size, start + content.size()},
                      1,
                      marker.ordered,
                      m_group};
            m_lines = 1;
        } else if (m_lines == 0) {
            m_group = 0;
            m_open = {BlockKind::Paragraph, {start, start + content.size()}, 0, false, 0};
            m_lines = 1;
        } else {
            m_open.span.end = start + content.size();
            ++m_lines;
        }
    }

    void closeBlock()
    {
        if (m_lines > 0) {
            m_blocks.push_back(m_open);
        }
        m_lines = 0;
    }

    // A blank line ends a paragraph; items go on with the same list.
    void close()
    {
        if (m_lines > 0 && m_open.kind != BlockKind::ListItem) {
            m_group = 0;
        }
        closeBlock();
    }

    std::string_view m_text;
    std::vector<Block> m_blocks;
    Block m_open;
    std::size_t m_lines = 0; // of the open block
    int m_group = 0;         // of the list that an item would join
    int m_groups = 0;
};

} // namespace

std::vector<Block> plainTextBlocks(std::string_view text)
{
    return ParagraphReader(text).run();
}

void blocksToCodePoints(ExtractedText& document)
{
    TextCursor blocks(document.text);
    for (Block& block : document.blocks) {
        block.span = blocks.codePoints(block.span);
    }
    TextCursor hidden(document.text);
    for (HiddenText& passage : document.hidden) {
        passage.span = hidden.codePoints(passage.span);
    }
}

Result<ExtractedText> loadPlainText(std::string text, const LoadRequest& request)
{
    if (text.size() > request.limits.textBytes) {
        return tl::unexpected(tooMuchText(request));
    }
    ExtractedText document;
    document.text = std::move(text);
    document.blocks = plainTextBlocks(document.text);
    blocksToCodePoints(document);
    return document;
}

} // namespace plumbline::corpus
