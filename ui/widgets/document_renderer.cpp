#include "ui/widgets/document_renderer.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>

#include "app/base/html_tags.h"
#include "ui/widgets/inline_markdown.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kRowsPerTable = 60; // a longer table is laid out as several, so that no step takes long

std::vector<TextBlock> paragraphsOf(const QString& text, const TextPositions& positions)
{
    std::vector<TextBlock> blocks;
    qsizetype from = 0;
    while (from < text.size()) {
        qsizetype to = text.indexOf(u"\n\n"_s, from);
        if (to < 0)
            to = text.size();
        if (!QStringView(text).mid(from, to - from).trimmed().isEmpty()) {
            TextBlock block;
            block.span = {positions.toCodePoint(from), positions.toCodePoint(to)};
            blocks.push_back(block);
        }
        from = to + 2;
    }
    return blocks;
}

bool isRow(const TextBlock& block)
{
    return block.kind == TextBlock::Kind::TableHeader || block.kind == TextBlock::Kind::TableRow;
}

} // namespace

DocumentRenderer::DocumentRenderer(const DocumentContent& content, QTextDocument& document,
                                   const Tokens& tokens)
    : m_content(content), m_tokens(tokens), m_positions(content.text), m_cursor(&document)
{
    document.clear();
    document.setIndentWidth(6 * kGrid);
    m_blocks = content.blocks.empty() ? paragraphsOf(content.text, m_positions) : content.blocks;
}

bool DocumentRenderer::renderFor(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    m_cursor.beginEditBlock();
    while (!finished() && timer.elapsed() < milliseconds) {
        if (isRow(m_blocks[m_next])) {
            const std::size_t last = endOfTable(m_next);
            writeTable(m_next, last);
            m_next = last;
        } else {
            writeBlock(m_blocks[m_next]);
            ++m_next;
        }
    }
    m_cursor.endEditBlock();
    return finished();
}

std::size_t DocumentRenderer::renderedTo() const
{
    return finished() ? m_positions.size() : m_blocks[m_next].span.start;
}

std::size_t DocumentRenderer::endOfTable(std::size_t first) const
{
    std::size_t last = first + 1;
    while (last < m_blocks.size() && isRow(m_blocks[last]) && m_blocks[last].group == m_blocks[first].group &&
           last - first < kRowsPerTable)
        ++last;
    return last;
}

Utf16Range DocumentRenderer::body(const TextBlock& block) const
{
    Utf16Range range = m_positions.toUtf16(block.span);
    const QString& text = m_content.text;
    const auto skip = [&](auto predicate) {
        while (range.start < range.end && predicate(text[range.start]))
            ++range.start;
    };
    const auto isBlank = [](QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r'; };
    if (block.kind != TextBlock::Kind::Code)
        skip(isBlank);
    if (m_content.markdown && block.kind == TextBlock::Kind::Heading) {
        skip([](QChar c) { return c == u'#'; });
        skip(isBlank);
        while (range.end > range.start && (text[range.end - 1] == u'#' || text[range.end - 1].isSpace()))
            --range.end;
    }
    if (m_content.markdown && block.kind == TextBlock::Kind::Quote) {
        skip([](QChar c) { return c == u'>'; });
        skip(isBlank);
    }
    if (block.kind == TextBlock::Kind::ListItem && m_content.markdown) {
        const qsizetype start = range.start;
        skip([](QChar c) { return c.isDigit(); });
        const QString markers = range.start > start ? u".)"_s : u"-*+"_s;
        if (range.start + 1 < range.end && markers.contains(text[range.start]) &&
            text[range.start + 1].isSpace()) {
            ++range.start;
            skip(isBlank);
        } else {
            range.start = start;
        }
    }
    const QStringView view = QStringView(text).mid(range.start, range.end - range.start);
    if (block.kind == TextBlock::Kind::Code && (view.startsWith(u"```"_s) || view.startsWith(u"~~~"_s))) {
        const qsizetype line = view.indexOf(u'\n');
        const qsizetype fence = view.lastIndexOf(view.left(3).toString());
        if (line > 0)
            range.end = fence > line ? range.start + fence : range.end;
        range.start += line + 1;
    }
    while (range.end > range.start && text[range.end - 1].isSpace())
        --range.end;
    return range;
}

QTextBlockFormat DocumentRenderer::blockFormat(const TextBlock& block) const
{
    QTextBlockFormat format;
    format.setBottomMargin(2 * kGrid);
    format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
    switch (block.kind) {
    case TextBlock::Kind::Heading:
        format.setTopMargin(block.level <= 1 ? 0 : 3 * kGrid);
        format.setHeadingLevel(block.level);
        break;
    case TextBlock::Kind::ListItem:
        format.setBottomMargin(kGrid);
        break;
    case TextBlock::Kind::Code:
        format.setLeftMargin(2 * kGrid);
        format.setBackground(m_tokens.raised);
        format.setLineHeight(100, QTextBlockFormat::SingleHeight);
        break;
    case TextBlock::Kind::Quote:
        format.setLeftMargin(4 * kGrid);
        break;
    default:
        break;
    }
    return format;
}

QTextCharFormat DocumentRenderer::charFormat(const TextBlock& block) const
{
    QTextCharFormat format;
    format.setFont(bodyFont());
    if (block.kind == TextBlock::Kind::Heading) {
        QFont font = block.level <= 1 ? titleFont() : bodyFont();
        font.setWeight(QFont::DemiBold);
        format.setFont(font);
    } else if (block.kind == TextBlock::Kind::Code) {
        format.setFont(monoFont());
    } else if (block.kind == TextBlock::Kind::Quote) {
        format.setForeground(m_tokens.muted);
    }
    return format;
}

void DocumentRenderer::startBlock(const QTextBlockFormat& format)
{
    m_cursor.movePosition(QTextCursor::End);
    if (m_first)
        m_cursor.setBlockFormat(format);
    else
        m_cursor.insertBlock(format);
    m_first = false;
}

void DocumentRenderer::writeBlock(const TextBlock& block)
{
    const Utf16Range range = body(block);
    const QTextCharFormat format = charFormat(block);
    startBlock(blockFormat(block));
    m_cursor.setBlockCharFormat(format);
    if (block.kind == TextBlock::Kind::ListItem) {
        QTextList*& list = m_lists[block.group];
        if (list == nullptr || block.group == 0) {
            QTextListFormat style;
            style.setStyle(block.ordered ? QTextListFormat::ListDecimal : QTextListFormat::ListDisc);
            style.setIndent(std::max(block.level, 1));
            list = m_cursor.createList(style);
        } else {
            list->add(m_cursor.block());
        }
    }
    if (block.kind != TextBlock::Kind::Code) {
        writeInline(m_cursor, range.start, range.end, format, m_content.markdown);
        return;
    }
    qsizetype line = range.start;
    while (line <= range.end) { // one line of code is one block, so that a long listing lays out lazily
        qsizetype end = m_content.text.indexOf(u'\n', line);
        if (end < 0 || end > range.end)
            end = range.end;
        QTextBlockFormat lineFormat = blockFormat(block);
        lineFormat.setBottomMargin(end >= range.end ? 2 * kGrid : 0);
        if (line > range.start)
            startBlock(lineFormat);
        else
            m_cursor.setBlockFormat(lineFormat);
        writeInline(m_cursor, line, end, format, false);
        line = end + 1;
    }
}

void DocumentRenderer::writeInline(QTextCursor& cursor, qsizetype from, qsizetype to,
                                   const QTextCharFormat& base, bool markdown)
{
    const QStringView text = QStringView(m_content.text).mid(from, to - from);
    for (const InlineRun& run : inlineRuns(text, markdown)) {
        QTextCharFormat format = base;
        if (run.strong)
            format.setFontWeight(QFont::DemiBold);
        if (run.emphasis)
            format.setFontItalic(true);
        if (run.code) {
            format.setFontFamilies(monoFont().families());
            format.setBackground(m_tokens.raised);
        }
        if (!run.link.isEmpty()) {
            format.setAnchor(true);
            format.setAnchorHref(run.link);
            format.setForeground(m_tokens.accent);
            format.setFontUnderline(true);
            format.setToolTip(plainTip(run.link));
        }
        m_pieces.push_back({from + run.start, run.length, cursor.position()});
        cursor.insertText(shownText(text, run).replace(u'\n', u' '), format);
    }
}

std::vector<Utf16Range> DocumentRenderer::cells(qsizetype from, qsizetype to) const
{
    const QString& text = m_content.text;
    const std::u16string_view row(QStringView(text).utf16() + from, static_cast<std::size_t>(to - from));
    if (const auto raw = htmlRowCells(row); m_content.markdown && !raw.empty()) {
        std::vector<Utf16Range> ranges;
        for (const Span& cell : raw)
            ranges.push_back(
                {from + static_cast<qsizetype>(cell.start), from + static_cast<qsizetype>(cell.end)});
        return ranges;
    }
    while (to > from && text[to - 1].isSpace())
        --to;
    const QChar separator = QStringView(text).mid(from, to - from).contains(u'|') ? u'|' : u'\t';
    if (separator == u'|' && from < to && text[from] == u'|')
        ++from;
    if (separator == u'|' && to > from && text[to - 1] == u'|')
        --to;
    std::vector<Utf16Range> ranges;
    qsizetype start = from;
    for (qsizetype i = from; i <= to; ++i) {
        if (i < to && (text[i] != separator || (i > from && text[i - 1] == u'\\')))
            continue;
        Utf16Range cell{start, i};
        while (cell.start < cell.end && text[cell.start].isSpace())
            ++cell.start;
        while (cell.end > cell.start && text[cell.end - 1].isSpace())
            --cell.end;
        ranges.push_back(cell);
        start = i + 1;
    }
    return ranges;
}

void DocumentRenderer::writeTable(std::size_t first, std::size_t last)
{
    std::vector<std::vector<Utf16Range>> rows;
    std::size_t columns = 1;
    for (std::size_t i = first; i < last; ++i) {
        const Utf16Range range = m_positions.toUtf16(m_blocks[i].span);
        qsizetype start = range.start;
        while (start < range.end && m_content.text[start].isSpace())
            ++start;
        rows.push_back(cells(start, range.end));
        columns = std::max(columns, rows.back().size());
    }
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(m_tokens.border);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(kGrid);
    format.setCellSpacing(0);
    format.setTopMargin(kGrid);
    format.setBottomMargin(3 * kGrid);
    m_cursor.movePosition(QTextCursor::End);
    QTextTable* table =
        m_cursor.insertTable(static_cast<int>(rows.size()), static_cast<int>(columns), format);
    m_first = false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const bool header = m_blocks[first + row].kind == TextBlock::Kind::TableHeader;
        QTextCharFormat style;
        style.setFont(bodyFont());
        if (header)
            style.setFontWeight(QFont::DemiBold);
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            QTextTableCell cell = table->cellAt(static_cast<int>(row), static_cast<int>(column));
            if (header) {
                QTextCharFormat shade = cell.format();
                shade.setBackground(m_tokens.raised);
                cell.setFormat(shade);
            }
            QTextCursor cursor = cell.firstCursorPosition();
            writeInline(cursor, rows[row][column].start, rows[row][column].end, style, m_content.markdown);
        }
    }
}

std::vector<Utf16Range> DocumentRenderer::shown(const Span& span) const
{
    const Utf16Range source = m_positions.toUtf16(span);
    auto piece = std::partition_point(m_pieces.begin(), m_pieces.end(),
                                      [&](const Piece& p) { return p.source + p.length <= source.start; });
    std::vector<Utf16Range> ranges;
    for (; piece != m_pieces.end() && piece->source < source.end; ++piece) {
        const qsizetype from = std::max(piece->source, source.start) - piece->source;
        const qsizetype to = std::min(piece->source + piece->length, source.end) - piece->source;
        ranges.push_back({piece->position + from, piece->position + to});
    }
    return ranges;
}

int DocumentRenderer::position(std::size_t codePoint) const
{
    const qsizetype source = m_positions.toUtf16(codePoint);
    const auto piece = std::partition_point(m_pieces.begin(), m_pieces.end(),
                                            [&](const Piece& p) { return p.source + p.length <= source; });
    if (piece == m_pieces.end())
        return -1;
    return piece->position + static_cast<int>(std::max<qsizetype>(source - piece->source, 0));
}

} // namespace plumbline::ui::widgets
