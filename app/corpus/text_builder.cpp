#include "app/corpus/text_builder.h"

#include <algorithm>

#include "app/corpus/plain_text.h"

namespace plumbline::corpus {

namespace {

// White space folded, no-break spaces among it.
std::string folded(std::string_view text)
{
    std::string plain(text);
    for (std::size_t at = plain.find("\xC2\xA0"); at != std::string::npos; at = plain.find("\xC2\xA0", at)) {
        plain.replace(at, 2, " ");
    }
    return foldedWhitespace(plain);
}

} // namespace

void TextBuilder::begin(BlockKind kind, int group)
{
    std::string& text = m_document.text;
    m_full = m_full || text.size() + m_hiddenBytes > m_maxBytes;
    const bool joined = group != 0 && group == m_lastGroup;
    const bool inList = kind == BlockKind::ListItem && !m_document.blocks.empty() &&
                        m_document.blocks.back().kind == BlockKind::ListItem;
    if (!text.empty()) {
        text += joined || inList ? "\n" : "\n\n";
    }
    m_lastGroup = group;
}

void TextBuilder::add(BlockKind kind, std::string_view text, int level, bool ordered, int group)
{
    std::string& all = m_document.text;
    const std::size_t start = all.size();
    all += text;
    m_document.blocks.push_back({kind, {start, all.size()}, level, ordered, group});
}

void TextBuilder::heading(int level, std::string_view text)
{
    const std::string plain = folded(text);
    if (plain.empty() || m_full) {
        return;
    }
    begin(BlockKind::Heading, 0);
    m_document.text += std::string(static_cast<std::size_t>(std::clamp(level, 1, 6)), '#') + ' ';
    add(BlockKind::Heading, plain, std::clamp(level, 1, 6), false, 0);
}

void TextBuilder::paragraph(std::string_view text)
{
    const std::string plain = folded(text);
    if (plain.empty() || m_full) {
        return;
    }
    begin(BlockKind::Paragraph, 0);
    add(BlockKind::Paragraph, plain, 0, false, 0);
}

void TextBuilder::quote(std::string_view text)
{
    const std::string plain = folded(text);
    if (plain.empty() || m_full) {
        return;
    }
    begin(BlockKind::Quote, 0);
    m_document.text += "> ";
    add(BlockKind::Quote, plain, 0, false, 0);
}

void TextBuilder::code(std::string_view text)
{
    const std::size_t first = text.find_first_not_of("\r\n");
    if (trimmed(text).empty() || m_full) {
        return;
    }
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    std::string lines(text.substr(first, last + 1 - first));
    std::erase(lines, '\r');
    begin(BlockKind::Code, 0);
    m_document.text += "```\n";
    add(BlockKind::Code, lines, 0, false, 0);
    m_document.text += "\n```";
}

void TextBuilder::listItem(int level, bool ordered, int number, int group, std::string_view text)
{
    const std::string plain = folded(text);
    if (plain.empty() || m_full) {
        return;
    }
    begin(BlockKind::ListItem, group);
    m_document.text += std::string(static_cast<std::size_t>(std::clamp(level, 1, 50) - 1) * 3, ' ');
    m_document.text += ordered ? std::to_string(number) + ". " : "- ";
    add(BlockKind::ListItem, plain, std::max(1, level), ordered, group);
}

void TextBuilder::tableRow(const std::vector<std::string>& cells, bool header, int group)
{
    std::string line = "|";
    bool any = false;
    for (const std::string& cell : cells) {
        std::string plain = folded(cell);
        any = any || !plain.empty();
        for (std::size_t at = plain.find('|'); at != std::string::npos; at = plain.find('|', at + 2)) {
            plain.insert(at, 1, '\\');
        }
        line += ' ' + plain + " |";
    }
    if (!any || m_full) {
        return;
    }
    begin(BlockKind::TableRow, group);
    add(header ? BlockKind::TableHeader : BlockKind::TableRow, line, 0, false, group);
    if (header) {
        m_document.text += "\n|";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            m_document.text += " --- |";
        }
    }
}

void TextBuilder::hidden(std::string_view text, std::string_view reason)
{
    std::string plain = folded(text);
    if (plain.empty() || m_full) {
        return;
    }
    m_hiddenBytes += plain.size();
    const std::size_t at = m_document.text.size();
    m_document.hidden.push_back({{at, at}, std::move(plain), std::string(reason)});
}

std::string_view TextBuilder::lastText() const
{
    if (m_document.blocks.empty()) {
        return {};
    }
    const Span& span = m_document.blocks.back().span;
    return std::string_view(m_document.text).substr(span.start, span.size());
}

ExtractedText TextBuilder::take()
{
    m_full = m_full || m_document.text.size() + m_hiddenBytes > m_maxBytes;
    if (!m_document.text.empty()) {
        m_document.text += '\n';
    }
    blocksToCodePoints(m_document);
    return std::move(m_document);
}

} // namespace plumbline::corpus
