// Rows of cells out of lines with wide gaps.
#pragma once

#include <string>
#include <vector>

#include "app/corpus/pdf_lines.h"

namespace plumbline::corpus {

struct PdfTable {
    std::vector<double> columns; // left edges
    std::vector<std::vector<std::string>> rows;
    std::size_t lines = 0; // how many lines it takes; 0 = no table here
};

// The table that starts at line `from`.
PdfTable pdfTable(const std::vector<PdfLine>& lines, std::size_t from);

} // namespace plumbline::corpus
