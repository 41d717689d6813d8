// A block on its way into a chunk: its units and its words.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"
#include "app/corpus/text_cursor.h"

namespace plumbline::corpus {

struct Piece {
    Span span;
    std::vector<Unit> units; // none for the header row of a table
    std::vector<std::size_t> unitWords;
    std::size_t words = 0;
    bool introduces = false; // ends with ':', belongs to what follows
    bool continues = false;  // a list item, table row or code block, which an introduction may stand before
};

// Makes pieces of blocks given in reading order.
class PieceMaker {
public:
    PieceMaker(std::string_view text, std::size_t maxWords)
        : m_text(text), m_cursor(text), m_maxWords(maxWords)
    {
    }

    Piece make(const Block& block);
    std::string_view slice(const Span& span);

private:
    void addUnit(Piece& piece, Unit unit, std::size_t words);
    void addSentences(Piece& piece, const Block& block, std::string_view content);
    void addCode(Piece& piece, const Block& block, std::string_view content);
    std::optional<Span> listHeader(const Block& item);

    std::string_view m_text;
    TextCursor m_cursor;
    std::size_t m_maxWords;
    std::map<int, Span> m_tableHeaders;
    std::map<int, std::optional<Span>> m_listHeaders;
    std::optional<Span> m_intro; // the sentence ending in ':' right before the next block
    int m_lastListGroup = 0;     // of the block before, when it was a list item
};

} // namespace plumbline::corpus
