// UTF-8 text and its code points. The engine keeps text as UTF-8 std::string; every offset that leaves the
// engine is a Unicode code point index, end exclusive. This file is the one place where the engine converts
// between the two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

// A half-open range of code points [start, end).
struct Span {
    std::size_t start = 0;
    std::size_t end = 0;

    std::size_t size() const { return end - start; }
    bool empty() const { return end <= start; }
    bool contains(const Span& other) const { return start <= other.start && other.end <= end; }
    bool overlaps(const Span& other) const { return start < other.end && other.start < end; }
    friend bool operator==(const Span&, const Span&) = default;
};

// Maps code point indices of one text to byte offsets and back. Building is O(n); look-ups are O(1) for ASCII
// text and O(stride) otherwise. Keeps a view: the text must outlive it. Invalid bytes count as one code point
// each.
class CodePoints {
public:
    explicit CodePoints(std::string_view text);

    std::size_t size() const { return m_size; }      // code points in the text
    std::size_t toByte(std::size_t codePoint) const; // past the end gives the text's size in bytes
    std::size_t
    fromByte(std::size_t byte) const; // a byte inside a character counts as that character's index
    std::string_view slice(const Span& span) const; // clamped to the text

private:
    std::string_view m_text;
    std::size_t m_size = 0;
    bool m_ascii = true;
    std::vector<std::size_t> m_marks; // byte offset of every 64th code point
};

std::size_t codePointCount(std::string_view text);
bool isValidUtf8(std::string_view text);

// Replaces every malformed sequence by U+FFFD, as WHATWG decoders do.
std::string toValidUtf8(std::string_view text);

// ASCII white space trimmed at both ends; runs of white space folded to one space.
std::string_view trimmed(std::string_view text);
std::string foldedWhitespace(std::string_view text);

// `text` with each control character (C0, DEL, C1) replaced by `by`; line ends and tabs too.
std::string withoutControls(std::string_view text, char by);

// ASCII-only lower case; other characters stay. For keys and comparisons, not for language.
std::string asciiLower(std::string_view text);

// NFKC with full case folding (Unicode): what two spellings of the same word have in common.
std::string foldedCase(std::string_view text);

std::vector<std::string_view>
splitLines(std::string_view text); // without their line ends; CRLF counts as one end
std::vector<std::string_view> split(std::string_view text, char separator);

} // namespace plumbline
