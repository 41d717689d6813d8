// The engine counts Unicode code points, Qt counts UTF-16 units. This is the one place of the console where
// one becomes the other.
#pragma once

#include <cstddef>
#include <vector>

#include <QStringView>

#include "app/base/text.h"

namespace plumbline::ui::widgets {

// Half-open range of UTF-16 units.
struct Utf16Range {
    qsizetype start = 0;
    qsizetype end = 0;
};

// Positions of one text. Building is O(n); look-ups are O(log m), m = characters outside the Basic
// Multilingual Plane. Keeps no reference to the text. Positions past the end are clamped to it.
class TextPositions {
public:
    TextPositions() = default;
    explicit TextPositions(QStringView text);

    qsizetype toUtf16(std::size_t codePoint) const;
    std::size_t toCodePoint(qsizetype utf16) const; // inside a surrogate pair: the pair's code point
    Utf16Range toUtf16(const Span& span) const { return {toUtf16(span.start), toUtf16(span.end)}; }
    std::size_t size() const { return m_size; } // code points

private:
    std::size_t m_size = 0;
    std::vector<std::size_t> m_wide; // code point index of every character that takes two units, rising
};

} // namespace plumbline::ui::widgets
