#include "app/corpus/chunk_pieces.h"

#include <algorithm>

#include "app/corpus/sentences.h"

namespace plumbline::corpus {

namespace {

bool endsWithColon(std::string_view text)
{
    while (!text.empty() && (text.back() == '*' || text.back() == '_' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return text.ends_with(':') || text.ends_with("\xEF\xBC\x9A");
}

} // namespace

std::string_view PieceMaker::slice(const Span& span)
{
    const Span bytes = m_cursor.bytes(span);
    return m_text.substr(bytes.start, bytes.size());
}

void PieceMaker::addUnit(Piece& piece, Unit unit, std::size_t words)
{
    piece.units.push_back(unit);
    piece.unitWords.push_back(words);
    piece.words += words;
}

void PieceMaker::addSentences(Piece& piece, const Block& block, std::string_view content)
{
    const auto offset = static_cast<std::size_t>(content.data() - m_text.data());
    for (const Span& sentence : sentenceBytes(content)) {
        const Span span = m_cursor.codePoints({sentence.start + offset, sentence.end + offset});
        addUnit(piece, {UnitKind::Sentence, span, std::nullopt, 0, false},
                wordCount(content.substr(sentence.start, sentence.size())));
    }
    if (block.kind == BlockKind::Paragraph && endsWithColon(content) && !piece.units.empty()) {
        piece.introduces = true;
        m_intro = piece.units.back().span;
    }
}

// A long code block is cut between its lines.
void PieceMaker::addCode(Piece& piece, const Block& block, std::string_view content)
{
    const std::size_t all = wordCount(content);
    if (all <= m_maxWords) {
        addUnit(piece, {UnitKind::Code, block.span, std::nullopt, 0, false}, all);
        return;
    }
    const auto offset = static_cast<std::size_t>(content.data() - m_text.data());
    std::size_t from = 0;
    std::size_t words = 0;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::size_t inLine = wordCount(content.substr(at, end - at));
        const bool last = end == content.size();
        words += inLine;
        if (words * 2 > m_maxWords || last) {
            if (words > 0) {
                addUnit(piece,
                        {UnitKind::Code, m_cursor.codePoints({from + offset, end + offset}), std::nullopt, 0,
                         false},
                        words);
            }
            from = std::min(end + 1, content.size());
            words = 0;
        }
        at = end + 1;
    }
}

std::optional<Span> PieceMaker::listHeader(const Block& item)
{
    const auto known = m_listHeaders.find(item.group);
    if (known != m_listHeaders.end()) {
        return known->second;
    }
    std::optional<Span> header = m_intro;
    if (!header && m_lastListGroup != 0 && item.level > 1) {
        header = m_listHeaders[m_lastListGroup];
    }
    m_listHeaders[item.group] = header;
    return header;
}

Piece PieceMaker::make(const Block& block)
{
    Piece piece;
    piece.span = block.span;
    const std::string_view content = slice(block.span);
    const auto intro = [&] {
        m_intro = endsWithColon(content) ? std::optional<Span>(block.span) : std::nullopt;
    };
    switch (block.kind) {
    case BlockKind::ListItem:
        piece.continues = true;
        addUnit(piece, {UnitKind::Step, block.span, listHeader(block), block.group, block.ordered},
                wordCount(content));
        intro();
        m_lastListGroup = block.group;
        return piece;
    case BlockKind::TableHeader:
        m_tableHeaders[block.group] = block.span;
        piece.words = wordCount(content);
        piece.introduces = true;
        piece.continues = true;
        break;
    case BlockKind::TableRow: {
        piece.continues = true;
        const auto header = m_tableHeaders.find(block.group);
        addUnit(piece,
                {UnitKind::TableRow, block.span,
                 header == m_tableHeaders.end() ? std::nullopt : std::optional<Span>(header->second),
                 block.group, false},
                wordCount(content));
        break;
    }
    case BlockKind::Code:
        piece.continues = true;
        addCode(piece, block, content);
        break;
    default:
        m_intro.reset();
        m_lastListGroup = 0;
        addSentences(piece, block, content);
        return piece;
    }
    m_intro.reset();
    m_lastListGroup = 0;
    return piece;
}

} // namespace plumbline::corpus
