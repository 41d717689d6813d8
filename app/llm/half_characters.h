// Characters beyond U+FFFF that a server cut in two: one that divides its answer by UTF-16 units writes the
// halves of a surrogate pair into two events, which no strict JSON parser takes.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::llm {

// JSON text in which each half that stands alone ("\ud83d") has become a mark, a character of the last 2,048
// of Unicode (private use). Other text stays as it is.
std::string withHalvesMarked(std::string_view json);

// Every mark as U+FFFD.
std::string withoutHalves(std::string_view text);

// Puts halves together again over the pieces of one text.
class HalfCharacters {
public:
    // The piece, with what the piece before it held back; a half at its end is held back in turn.
    std::string joined(std::string_view piece);
    // What is still held back, as U+FFFD; empty when nothing is.
    std::string rest();
    bool lostOne() const { return m_lostOne; } // a half had no other half

private:
    char32_t m_high = 0; // 0 = none
    bool m_lostOne = false;
};

} // namespace plumbline::llm
