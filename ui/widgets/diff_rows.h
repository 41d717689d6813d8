// Two texts beside each other as rows: what is equal, what came, what went, what changed and what moved.
#pragma once

#include <cstddef>
#include <vector>

#include <QString>

#include "ui/widgets/text_positions.h"

namespace plumbline::ui::widgets {

// A moved line stands twice: at its old place with a left side only, at its new one with a right side only.
enum class DiffKind { Heading, Equal, Added, Removed, Changed, Moved };

struct DiffSide {
    int line = 0; // from 1; 0 = nothing stands on this side
    QString text;
    std::vector<Utf16Range> words; // what differs from the other side, rising
};

struct DiffRow {
    DiffKind kind = DiffKind::Equal;
    DiffSide left; // of a Heading: its words
    DiffSide right;
    int movedTo = 0; // of Moved: the line on the other side
};

struct DiffDocument {
    QString leftName;
    QString rightName;
    std::vector<DiffRow> rows;
};

struct DiffCounts {
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t changed = 0;
    std::size_t moved = 0; // lines, each counted once

    bool none() const { return added + removed + changed + moved == 0; }
};

DiffCounts countRows(const std::vector<DiffRow>& rows);

// "2 added, 1 removed, 3 changed, 4 moved", or that nothing differs.
QString describe(const DiffCounts& counts);

// First row of every run of rows that differ, rising. A heading ends a run.
std::vector<std::size_t> changeStarts(const std::vector<DiffRow>& rows);

// The lines of one side, headings left out, each with its line end.
QString sideText(const std::vector<DiffRow>& rows, bool left);

// The unified form with three lines around each change; a moved line is removed here and added there. Empty
// when nothing differs.
QString unifiedText(const DiffDocument& document);

} // namespace plumbline::ui::widgets
