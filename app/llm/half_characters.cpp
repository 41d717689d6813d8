#include "app/llm/half_characters.h"

#include <algorithm>
#include <utility>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

constexpr char32_t kFirstMark = 0x10F800; // for 0xD800; the last, for 0xDFFF, is U+10FFFF
constexpr char32_t kFirstHigh = 0xD800;
constexpr char32_t kFirstLow = 0xDC00;
constexpr char32_t kPastLow = 0xE000;
constexpr std::size_t kMarkBytes = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool isHigh(char32_t unit)
{
    return unit >= kFirstHigh && unit < kFirstLow;
}

bool isLow(char32_t unit)
{
    return unit >= kFirstLow && unit < kPastLow;
}

std::string utf8Of(char32_t point) // of four bytes
{
    const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
    return {byte(0xF0 | point >> 18), byte(0x80 | (point >> 12 & 0x3F)), byte(0x80 | (point >> 6 & 0x3F)),
            byte(0x80 | (point & 0x3F))};
}

// Of "\uXXXX" at a byte; 0 when none stands there.
char32_t escapeAt(std::string_view text, std::size_t at)
{
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return 0;
    char32_t unit = 0;
    for (const char digit : text.substr(at + 2, 4)) {
        const std::size_t value = std::string_view("0123456789abcdef").find(asciiLower({&digit, 1}));
        if (value == std::string_view::npos)
            return 0;
        unit = unit * 16 + static_cast<char32_t>(value);
    }
    return unit;
}

// The half whose mark stands at a byte; 0 when none does.
char32_t markAt(std::string_view text, std::size_t at)
{
    // U+10F800 to U+10FFFF: F4 8F A0 80 to F4 8F BF BF
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (at + kMarkBytes > text.size() || byte(0) != 0xF4 || byte(1) != 0x8F || byte(2) < 0xA0)
        return 0;
    const char32_t point = 0x10F000 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    return point - kFirstMark + kFirstHigh;
}

} // namespace

std::string withHalvesMarked(std::string_view json)
{
    std::string marked;
    std::size_t at = 0;
    const auto copy = [&](std::size_t count) {
        marked += json.substr(at, count);
        at += std::min(count, json.size() - at);
    };
    while (at < json.size()) {
        const char32_t unit = escapeAt(json, at);
        if (json[at] != '\\') {
            copy(1);
        } else if (!isHigh(unit) && !isLow(unit)) {
            copy(2);
        } else if (isHigh(unit) && isLow(escapeAt(json, at + 6))) {
            copy(12);
        } else {
            marked += utf8Of(unit - kFirstHigh + kFirstMark);
            at += 6;
        }
    }
    return marked;
}

std::string withoutHalves(std::string_view text)
{
    HalfCharacters halves;
    std::string result = halves.joined(text);
    return result + halves.rest();
}

std::string HalfCharacters::joined(std::string_view piece)
{
    std::string result;
    for (std::size_t at = 0; at < piece.size();) {
        const char32_t half = markAt(piece, at);
        if (m_high != 0 && isLow(half))
            result += utf8Of(0x10000 + ((m_high - kFirstHigh) << 10) + (half - kFirstLow));
        else
            result += rest();
        if (half == 0) {
            result += piece[at++];
            continue;
        }
        if (isHigh(half)) {
            m_high = half;
        } else if (std::exchange(m_high, 0) == 0) {
            result += kReplacement;
            m_lostOne = true;
        }
        at += kMarkBytes;
    }
    return result;
}

std::string HalfCharacters::rest()
{
    if (std::exchange(m_high, 0) == 0)
        return {};
    m_lostOne = true;
    return std::string(kReplacement);
}

} // namespace plumbline::llm
