// Where the rows of a diff stand: wrapped to a width, equal stretches folded, side by side or one column.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <vector>

#include <QString>
#include <QStringView>

#include "ui/widgets/diff_rows.h"

namespace plumbline::ui::widgets {

// Columns that a character takes in a fixed pitch: 0 for combining ones, 2 for wide ones of East Asia, else
// 1.
int columnsOf(char32_t character);

// Starts (UTF-16 units) of the lines that `text` is broken into, at spaces where there are any; the first is
// 0. `columns` is 1 or more.
std::vector<qsizetype> wrapStarts(QStringView text, int columns);

// What is drawn in one go, from line `top` over `lines` lines of the view.
struct DiffEntry {
    enum class Side { Both, Left, Right }; // in one column a changed row is two entries
    std::size_t row = 0;                   // first row
    std::size_t folded = 0;                // rows that stand behind this fold; 0 = not a fold
    Side side = Side::Both;
    int top = 0;
    int lines = 1;
};

class DiffLayout {
public:
    void setRows(std::shared_ptr<const std::vector<DiffRow>> rows); // forgets what was unfolded
    void setUnified(bool unified);
    void setFolding(bool folding);
    void setColumns(int columns); // of one side
    void unfold(std::size_t firstRow);

    const std::vector<DiffRow>& rows() const { return *m_rows; }
    const std::vector<DiffEntry>& entries() const { return m_entries; }
    bool unified() const { return m_unified; }
    bool folding() const { return m_folding; }
    int columns() const { return m_columns; }
    int lines() const { return m_lines; }
    std::size_t entryAt(int line) const;        // the entry that covers it; clamped
    std::size_t entryOf(std::size_t row) const; // the entry that shows the row or the fold before it
    const std::vector<std::size_t>& changes() const { return m_changes; }

private:
    void rebuild();
    void addRow(std::size_t row);
    void add(DiffEntry entry);
    std::size_t foldFrom(std::size_t row) const;

    std::shared_ptr<const std::vector<DiffRow>> m_rows = std::make_shared<const std::vector<DiffRow>>();
    std::vector<std::size_t> m_changes;
    std::vector<DiffEntry> m_entries;
    std::set<std::size_t> m_unfolded;
    bool m_unified = false;
    bool m_folding = true;
    int m_columns = 80;
    int m_lines = 0;
};

} // namespace plumbline::ui::widgets
