#include "ui/widgets/text_positions.h"

#include <algorithm>

namespace plumbline::ui::widgets {

TextPositions::TextPositions(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i, ++m_size) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            m_wide.push_back(m_size);
            ++i;
        }
    }
}

qsizetype TextPositions::toUtf16(std::size_t codePoint) const
{
    codePoint = std::min(codePoint, m_size);
    const auto before = std::lower_bound(m_wide.begin(), m_wide.end(), codePoint) - m_wide.begin();
    return static_cast<qsizetype>(codePoint) + before;
}

std::size_t TextPositions::toCodePoint(qsizetype utf16) const
{
    if (utf16 <= 0)
        return 0;
    // The wide character with number k starts at unit m_wide[k] + k.
    std::size_t low = 0;
    std::size_t high = m_wide.size();
    const auto unit = static_cast<std::size_t>(utf16);
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (m_wide[middle] + middle < unit)
            low = middle + 1;
        else
            high = middle;
    }
    std::size_t codePoint = unit - low;
    if (low > 0 && m_wide[low - 1] + low - 1 == unit - 1)
        codePoint = m_wide[low - 1]; // the second unit of a pair
    return std::min(codePoint, m_size);
}

} // namespace plumbline::ui::widgets
