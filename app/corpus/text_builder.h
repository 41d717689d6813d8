// Writes the stored text of a format that is not text itself, so that it reads as Markdown, with the blocks
// as it goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

class TextBuilder {
public:
    explicit TextBuilder(std::uint64_t maxBytes) : m_maxBytes(maxBytes) {}

    // Text is valid UTF-8; white space is folded but for code. Nothing is written for empty text.
    void heading(int level, std::string_view text);
    void paragraph(std::string_view text);
    void quote(std::string_view text);
    void code(std::string_view text);
    // `number` of an ordered item; `group` joins the items of a list.
    void listItem(int level, bool ordered, int number, int group, std::string_view text);
    void tableRow(const std::vector<std::string>& cells, bool header, int group);
    void hidden(std::string_view text, std::string_view reason);

    int newGroup() { return ++m_groups; }
    bool isFull() const { return m_full; } // over the limit: nothing more is taken

    std::string_view lastText() const; // of the block written last

    // The document; call once, last.
    ExtractedText take();

private:
    void begin(BlockKind kind, int group);
    void add(BlockKind kind, std::string_view text, int level, bool ordered, int group);

    std::uint64_t m_maxBytes;
    ExtractedText m_document;
    int m_groups = 0;
    int m_lastGroup = 0;
    bool m_full = false;
    std::size_t m_hiddenBytes = 0;
};

} // namespace plumbline::corpus
