#include "app/base/text.h"

#include <algorithm>
#include <array>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

namespace plumbline {

namespace {

constexpr std::size_t kStride = 64;

// Bytes of the character that starts at `at`; a malformed byte is one long.
std::size_t characterLength(std::string_view text, std::size_t at)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::int32_t next = static_cast<std::int32_t>(at);
    UChar32 character = 0;
    U8_NEXT(bytes, next, static_cast<std::int32_t>(text.size()), character);
    return character < 0 ? 1 : static_cast<std::size_t>(next) - at;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

} // namespace

CodePoints::CodePoints(std::string_view text) : m_text(text)
{
    m_ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (m_ascii) {
        m_size = text.size();
        return;
    }
    for (std::size_t at = 0; at < text.size(); at += characterLength(text, at)) {
        if (m_size % kStride == 0)
            m_marks.push_back(at);
        ++m_size;
    }
}

std::size_t CodePoints::toByte(std::size_t codePoint) const
{
    if (codePoint >= m_size)
        return m_text.size();
    if (m_ascii)
        return codePoint;
    std::size_t at = m_marks[codePoint / kStride];
    for (std::size_t i = codePoint % kStride; i > 0; --i)
        at += characterLength(m_text, at);
    return at;
}

std::size_t CodePoints::fromByte(std::size_t byte) const
{
    if (byte >= m_text.size())
        return m_size;
    if (m_ascii)
        return byte;
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), byte);
    const auto mark = static_cast<std::size_t>(after - m_marks.begin()) - 1;
    std::size_t at = m_marks[mark];
    std::size_t index = mark * kStride;
    while (true) {
        const std::size_t next = at + characterLength(m_text, at);
        if (next > byte)
            return index;
        at = next;
        ++index;
    }
}

std::string_view CodePoints::slice(const Span& span) const
{
    const std::size_t from = toByte(span.start);
    const std::size_t to = toByte(span.end);
    return to > from ? m_text.substr(from, to - from) : std::string_view{};
}

std::size_t codePointCount(std::string_view text)
{
    return CodePoints(text).size();
}

bool isValidUtf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    std::int64_t at = 0;
    while (at < size) {
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        if (character < 0)
            return false;
    }
    return true;
}

std::string toValidUtf8(std::string_view text)
{
    if (isValidUtf8(text))
        return std::string(text);
    std::string out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    std::int64_t at = 0;
    while (at < size) {
        const std::int64_t from = at;
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        if (character < 0)
            out += "\xEF\xBF\xBD";
        else
            out.append(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)));
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string foldedWhitespace(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : trimmed(text)) {
        if (!isSpace(c))
            out.push_back(c);
        else if (out.back() != ' ')
            out.push_back(' ');
    }
    return out;
}

std::string withoutControls(std::string_view text, char by)
{
    std::string clean;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        i += c1 ? 1 : 0;
        clean.push_back(c1 || byte < 0x20 || byte == 0x7F ? by : text[i]);
    }
    return clean;
}

std::string asciiLower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string foldedCase(std::string_view text)
{
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii)
        return asciiLower(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status))
        return asciiLower(text);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    folder->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                          nullptr, status);
    return U_SUCCESS(status) ? out : asciiLower(text);
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t end = text.find('\n', from);
        const std::size_t next = end == std::string_view::npos ? text.size() : end + 1;
        end = end == std::string_view::npos ? text.size() : end;
        if (end > from && text[end - 1] == '\r')
            --end;
        lines.push_back(text.substr(from, end - from));
        from = next;
    }
    return lines;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    while (true) {
        const std::size_t end = text.find(separator, from);
        if (end == std::string_view::npos) {
            parts.push_back(text.substr(from));
            return parts;
        }
        parts.push_back(text.substr(from, end - from));
        from = end + 1;
    }
}

} // namespace plumbline
