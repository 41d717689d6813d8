#include "ui/widgets/diff_layout.h"

#include <algorithm>

#include <QChar>

namespace plumbline::ui::widgets {

namespace {

constexpr std::size_t kContext = 3;   // equal rows that stay beside a change
constexpr std::size_t kFoldLeast = 4; // fewer are not worth a fold

bool isEqual(const DiffRow& row)
{
    return row.kind == DiffKind::Equal;
}

// All of one column each: the common case, told without decoding.
bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x300; });
}

struct Wide {
    char32_t first;
    char32_t last;
};

// East Asian Width W and F of Unicode Standard Annex 11, in blocks.
constexpr Wide kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},  {0xac00, 0xd7a3},
                          {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},  {0xffe0, 0xffe6},
                          {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

} // namespace

int columnsOf(char32_t character)
{
    const auto category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    const bool wide = std::any_of(std::begin(kWide), std::end(kWide), [character](const Wide& range) {
        return character >= range.first && character <= range.last;
    });
    return wide ? 2 : 1;
}

std::vector<qsizetype> wrapStarts(QStringView text, int columns)
{
    std::vector<qsizetype> starts{0};
    if (text.size() <= columns && isPlain(text))
        return starts;
    qsizetype space = 0; // after the last space of this line; 0 = none
    int used = 0;
    int sinceSpace = 0;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t character =
            pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        const int width = columnsOf(character);
        if (used + width > columns && i > starts.back()) {
            const bool atSpace = space > starts.back();
            starts.push_back(atSpace ? space : i);
            used = atSpace ? sinceSpace : 0;
            space = 0;
        }
        used += width;
        sinceSpace += width;
        i += pair ? 2 : 1;
        if (character == U' ') {
            space = i;
            sinceSpace = 0;
        }
    }
    return starts;
}

void DiffLayout::setRows(std::shared_ptr<const std::vector<DiffRow>> rows)
{
    m_rows = std::move(rows);
    m_changes = changeStarts(*m_rows);
    m_unfolded.clear();
    rebuild();
}

void DiffLayout::setUnified(bool unified)
{
    m_unified = unified;
    rebuild();
}

void DiffLayout::setFolding(bool folding)
{
    m_folding = folding;
    m_unfolded.clear();
    rebuild();
}

void DiffLayout::setColumns(int columns)
{
    if (m_columns == std::max(columns, 1))
        return;
    m_columns = std::max(columns, 1);
    rebuild();
}

void DiffLayout::unfold(std::size_t firstRow)
{
    m_unfolded.insert(firstRow);
    rebuild();
}

// How many equal rows from `row` on are folded; 0 = none.
std::size_t DiffLayout::foldFrom(std::size_t row) const
{
    const auto& rows = *m_rows;
    if (!m_folding || !isEqual(rows[row]) || m_unfolded.count(row) > 0)
        return 0;
    // A fold begins kContext rows after a change, or right after a heading.
    std::size_t start = row;
    while (start > 0 && isEqual(rows[start - 1]))
        --start;
    const bool afterChange = start > 0 && rows[start - 1].kind != DiffKind::Heading;
    if (row != start + (afterChange ? kContext : 0))
        return 0;
    std::size_t end = row;
    while (end < rows.size() && isEqual(rows[end]))
        ++end;
    const bool beforeChange = end < rows.size() && rows[end].kind != DiffKind::Heading;
    const std::size_t kept = beforeChange ? kContext : 0;
    return end - row >= kFoldLeast + kept ? end - row - kept : 0;
}

void DiffLayout::add(DiffEntry entry)
{
    entry.top = m_lines;
    m_lines += entry.lines;
    m_entries.push_back(entry);
}

void DiffLayout::addRow(std::size_t row)
{
    const DiffRow& it = (*m_rows)[row];
    const auto linesOf = [this](const DiffSide& side) {
        return side.line == 0 ? 1 : static_cast<int>(wrapStarts(side.text, m_columns).size());
    };
    using Side = DiffEntry::Side;
    if (it.kind == DiffKind::Heading)
        return add({row, 0, Side::Both, 0, 1});
    if (!m_unified)
        return add({row, 0, Side::Both, 0, std::max(linesOf(it.left), linesOf(it.right))});
    if (it.kind == DiffKind::Equal)
        return add({row, 0, Side::Both, 0, linesOf(it.left)});
    if (it.left.line > 0)
        add({row, 0, Side::Left, 0, linesOf(it.left)});
    if (it.right.line > 0)
        add({row, 0, Side::Right, 0, linesOf(it.right)});
}

void DiffLayout::rebuild()
{
    m_entries.clear();
    m_lines = 0;
    const auto& rows = *m_rows;
    m_entries.reserve(rows.size());
    std::size_t equalStart = 0; // of the run that holds the row; foldFrom() would look for it each time
    for (std::size_t row = 0; row < rows.size();) {
        if (!isEqual(rows[row])) {
            addRow(row++);
            equalStart = row;
            continue;
        }
        const bool mayFold = row == equalStart || row == equalStart + kContext;
        const std::size_t folded = mayFold ? foldFrom(row) : 0;
        if (folded > 0) {
            add({row, folded, DiffEntry::Side::Both, 0, 1});
            row += folded;
        } else {
            addRow(row++);
        }
    }
}

std::size_t DiffLayout::entryAt(int line) const
{
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), line,
                                        [](int value, const DiffEntry& entry) { return value < entry.top; });
    return after == m_entries.begin() ? 0 : static_cast<std::size_t>(after - m_entries.begin() - 1);
}

std::size_t DiffLayout::entryOf(std::size_t row) const
{
    const auto place = std::lower_bound(
        m_entries.begin(), m_entries.end(), row, [](const DiffEntry& entry, std::size_t value) {
            return entry.folded > 0 ? entry.row + entry.folded <= value : entry.row < value;
        });
    if (place == m_entries.end())
        return m_entries.empty() ? 0 : m_entries.size() - 1;
    return static_cast<std::size_t>(place - m_entries.begin());
}

} // namespace plumbline::ui::widgets
