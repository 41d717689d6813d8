// Byte offsets to code points and back for look-ups that come more or less in order: the cost of a step is
// its distance.
#pragma once

#include <cstddef>
#include <string_view>

#include "app/base/text.h"

namespace plumbline::corpus {

class TextCursor {
public:
    // `text` is valid UTF-8 and must outlive the cursor.
    explicit TextCursor(std::string_view text) : m_text(text) {}

    std::size_t codePoint(std::size_t byte); // of the character that starts at `byte`
    std::size_t byte(std::size_t codePoint);
    Span codePoints(const Span& bytes) { return {codePoint(bytes.start), codePoint(bytes.end)}; }
    Span bytes(const Span& codePoints) { return {byte(codePoints.start), byte(codePoints.end)}; }

private:
    std::string_view m_text;
    std::size_t m_byte = 0;
    std::size_t m_codePoint = 0;
};

} // namespace plumbline::corpus
