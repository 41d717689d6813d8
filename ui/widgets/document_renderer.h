// Writes the blocks of a document into a QTextDocument, a slice at a time, and knows where each part of the
// source went.
#pragma once

#include <map>
#include <vector>

#include <QTextCursor>

#include "ui/widgets/document_content.h"
#include "ui/widgets/text_positions.h"
#include "ui/widgets/theme.h"

class QTextDocument;
class QTextList;

namespace plumbline::ui::widgets {

class DocumentRenderer {
public:
    // Clears `document`. Both outlive the renderer.
    DocumentRenderer(const DocumentContent& content, QTextDocument& document, const Tokens& tokens);

    // Writes blocks until `milliseconds` have passed; true when all are written.
    bool renderFor(int milliseconds);
    bool finished() const { return m_next >= m_blocks.size(); }
    std::size_t renderedTo() const; // code points of the source written so far

    // The ranges of the QTextDocument that show `span` of the source, as far as written; markers show
    // nowhere.
    std::vector<Utf16Range> shown(const Span& span) const;
    // Where the first character at or after `codePoint` is shown; -1 when nothing is yet.
    int position(std::size_t codePoint) const;

private:
    struct Piece {
        qsizetype source = 0; // UTF-16 units into the source
        qsizetype length = 0;
        int position = 0; // in the QTextDocument
    };

    void writeBlock(const TextBlock& block);
    void writeTable(std::size_t first, std::size_t last);
    void writeInline(QTextCursor& cursor, qsizetype from, qsizetype to, const QTextCharFormat& base,
                     bool markdown);
    Utf16Range body(const TextBlock& block) const; // without the markers of heading, item, fence and quote
    std::vector<Utf16Range> cells(qsizetype from, qsizetype to) const;
    std::size_t endOfTable(std::size_t first) const;
    QTextBlockFormat blockFormat(const TextBlock& block) const;
    QTextCharFormat charFormat(const TextBlock& block) const;
    void startBlock(const QTextBlockFormat& format);

    const DocumentContent& m_content;
    const Tokens& m_tokens;
    TextPositions m_positions;
    std::vector<TextBlock> m_blocks;
    QTextCursor m_cursor;
    std::size_t m_next = 0;
    bool m_first = true;
    std::map<int, QTextList*> m_lists; // by group; owned by the document
    std::vector<Piece> m_pieces;       // by source
};

} // namespace plumbline::ui::widgets
