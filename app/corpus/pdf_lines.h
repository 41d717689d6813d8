// Words of PDF pages and the lines they stand on.
#pragma once

#include <string>
#include <vector>

namespace plumbline::corpus {

// Distances in points; the origin is the top left corner of the page.
struct PdfWord {
    std::string text;
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;
    double size = 0; // of the font
    bool bold = false;

    double middle() const { return (top + bottom) / 2; }
};

// Words with no wide gap between them.
struct PdfSegment {
    std::string text;
    double left = 0;
    double right = 0;
};

struct PdfLine {
    std::vector<PdfWord> words; // from left to right
    std::vector<PdfSegment> segments;
    double left = 0;
    double right = 0;
    double bottom = 0;
    double size = 0; // of most of it
    bool bold = false;
    bool columnStart = false; // the first of a page or column

    std::string text() const;
};

struct PdfPage {
    std::vector<PdfLine> lines; // in reading order
};

// Puts the words of a page on lines; two columns of text are read one after the other.
PdfPage pdfPage(const std::vector<PdfWord>& words);

// Takes out page numbers and what most pages repeat at head or foot.
void dropRunningLines(std::vector<PdfPage>& pages);

} // namespace plumbline::corpus
