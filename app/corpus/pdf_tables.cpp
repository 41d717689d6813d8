#include "app/corpus/pdf_tables.h"

#include <algorithm>
#include <cmath>

namespace plumbline::corpus {

namespace {

constexpr double kAligned = 4.0; // points that the left edges of a column may differ

// The column that a segment stands in: the last one that starts no further right.
std::size_t columnOf(const std::vector<double>& columns, const PdfSegment& segment)
{
    std::size_t column = 0;
    while (column + 1 < columns.size() && columns[column + 1] <= segment.left + kAligned) {
        ++column;
    }
    return column;
}

// A segment that runs into the next column does not belong to the table.
bool fits(const std::vector<double>& columns, const PdfLine& line)
{
    for (const PdfSegment& segment : line.segments) {
        const std::size_t column = columnOf(columns, segment);
        if (segment.left < columns.front() - kAligned ||
            (column + 1 < columns.size() && segment.right > columns[column + 1] + kAligned)) {
            return false;
        }
    }
    return line.segments.size() <= columns.size();
}

// Left edges over all lines of the table that have every cell; centred and right-aligned columns move them.
void widen(std::vector<double>& columns, const PdfLine& line)
{
    if (line.segments.size() == columns.size()) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            columns[i] = std::min(columns[i], line.segments[i].left);
        }
    }
}

// Distances between the lines after the header. When some are clearly wider than others, the close lines are
// those of one row.
double rowDistance(const std::vector<PdfLine>& lines, std::size_t from, std::size_t count)
{
    std::vector<double> distances;
    for (std::size_t i = from + 2; i < from + count; ++i) {
        distances.push_back(lines[i].bottom - lines[i - 1].bottom);
    }
    if (distances.empty()) {
        return 0;
    }
    const auto [close, wide] = std::ranges::minmax(distances);
    if (wide < close * 1.2 || close > lines[from].size * 1.45) {
        return 0;
    }
    return (close + wide) / 2;
}

// A header of two lines: they are closer to each other than any line below is to the one before.
bool headerWraps(const std::vector<PdfLine>& lines, std::size_t from, std::size_t count)
{
    if (count < 3) {
        return false;
    }
    const double first = lines[from + 1].bottom - lines[from].bottom;
    double closest = lines[from + 2].bottom - lines[from + 1].bottom;
    for (std::size_t i = from + 3; i < from + count; ++i) {
        closest = std::min(closest, lines[i].bottom - lines[i - 1].bottom);
    }
    return first * 1.2 < closest && first < lines[from].size * 1.45;
}

} // namespace

PdfTable pdfTable(const std::vector<PdfLine>& lines, std::size_t from)
{
    PdfTable table;
    if (lines[from].segments.size() < 2) {
        return table;
    }
    for (const PdfSegment& segment : lines[from].segments) {
        table.columns.push_back(segment.left);
    }
    std::size_t end = from + 1;
    for (; end < lines.size(); ++end) {
        const PdfLine& line = lines[end];
        const double distance = line.bottom - lines[end - 1].bottom;
        const bool near = !line.columnStart && distance < 3.2 * std::max(line.size, lines[end - 1].size);
        // A lone segment at the left edge is the text after the table, unless it leaves room for the other
        // columns.
        std::vector<double> wider = table.columns;
        widen(wider, line);
        if (!near || !fits(wider, line) ||
            (line.segments.size() == 1 && columnOf(wider, line.segments.front()) == 0 &&
             distance > 1.6 * line.size)) {
            break;
        }
        table.columns = std::move(wider);
    }
    table.lines = end - from;
    const double apart = rowDistance(lines, from, table.lines);
    const bool wraps = headerWraps(lines, from, table.lines);
    for (std::size_t i = from; i < end; ++i) {
        const bool first = columnOf(table.columns, lines[i].segments.front()) == 0;
        const bool tight = i > from && apart > 0 && lines[i].bottom - lines[i - 1].bottom < apart;
        const bool close = tight || (i == from + 1 && wraps);
        if (table.rows.empty() || (first && !close)) {
            table.rows.emplace_back(table.columns.size());
        }
        for (const PdfSegment& segment : lines[i].segments) {
            std::string& cell = table.rows.back()[columnOf(table.columns, segment)];
            cell += (cell.empty() ? "" : " ") + segment.text;
        }
    }
    return table;
}

} // namespace plumbline::corpus
