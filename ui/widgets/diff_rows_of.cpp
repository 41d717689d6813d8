#include "ui/widgets/diff_rows_of.h"

#include "ui/widgets/formatters.h"

namespace plumbline::ui::widgets {

namespace {

DiffSide sideOf(std::size_t line, std::string_view text, const std::vector<Span>& words)
{
    DiffSide side;
    side.line = static_cast<int>(line);
    side.text = toQt(text);
    if (words.empty())
        return side;
    const TextPositions positions(side.text);
    for (const Span& span : words)
        side.words.push_back(positions.toUtf16(span));
    return side;
}

DiffKind kindOf(const plumbline::DiffRow& row)
{
    if (row.movedTo > 0 || row.movedFrom > 0)
        return DiffKind::Moved;
    switch (row.kind) {
    case plumbline::DiffKind::Equal:
        return DiffKind::Equal;
    case plumbline::DiffKind::Removed:
        return DiffKind::Removed;
    case plumbline::DiffKind::Added:
        return DiffKind::Added;
    case plumbline::DiffKind::Changed:
        break;
    }
    return DiffKind::Changed;
}

} // namespace

std::vector<DiffRow> rowsOf(const TextDiff& diff)
{
    std::vector<DiffRow> rows;
    rows.reserve(diff.rows.size());
    for (const plumbline::DiffRow& from : diff.rows) {
        DiffRow row;
        row.kind = kindOf(from);
        row.left = sideOf(from.left, diff.leftText(from), from.leftWords);
        row.right = sideOf(from.right, diff.rightText(from), from.rightWords);
        row.movedTo = static_cast<int>(from.movedTo > 0 ? from.movedTo : from.movedFrom);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace plumbline::ui::widgets
