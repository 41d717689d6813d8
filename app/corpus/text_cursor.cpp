#include "app/corpus/text_cursor.h"

#include <algorithm>

namespace plumbline::corpus {

namespace {

bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

std::size_t charactersIn(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCharacter));
}

} // namespace

std::size_t TextCursor::codePoint(std::size_t byte)
{
    byte = std::min(byte, m_text.size());
    if (byte >= m_byte) {
        m_codePoint += charactersIn(m_text.substr(m_byte, byte - m_byte));
    } else {
        m_codePoint -= charactersIn(m_text.substr(byte, m_byte - byte));
    }
    m_byte = byte;
    return m_codePoint;
}

std::size_t TextCursor::byte(std::size_t codePoint)
{
    while (m_codePoint < codePoint && m_byte < m_text.size()) {
        ++m_byte;
        while (m_byte < m_text.size() && !startsCharacter(m_text[m_byte])) {
            ++m_byte;
        }
        ++m_codePoint;
    }
    while (m_codePoint > codePoint && m_byte > 0) {
        --m_byte;
        while (m_byte > 0 && !startsCharacter(m_text[m_byte])) {
            --m_byte;
        }
        --m_codePoint;
    }
    return m_byte;
}

} // namespace plumbline::corpus
