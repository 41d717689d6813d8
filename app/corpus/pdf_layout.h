// Lines of PDF pages to headings, paragraphs, lists and tables.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/corpus/pdf_lines.h"
#include "app/corpus/pdf_tables.h"
#include "app/corpus/text_builder.h"

namespace plumbline::corpus {

class PdfLayout {
public:
    // Measures the document first: the size of its running text, its headings, the distance of its lines.
    PdfLayout(const std::vector<PdfPage>& pages, TextBuilder& builder);

    void write();

private:
    enum class Open { Nothing, Heading, Paragraph, Item };
    struct Marker {
        bool ordered = false;
        int number = 0;
        std::string rest; // of the line
    };
    struct ListLevel {
        double left = 0;
        bool ordered = false;
        int group = 0;
    };

    void measure();
    int headingLevel(const PdfLine& line) const; // 0 = none
    std::optional<Marker> markerOf(const PdfLine& line) const;
    bool continues(const PdfLine& line) const;
    void writeLine(const PdfLine& line);
    void writeTable(const PdfTable& table);
    void startItem(const PdfLine& line, const Marker& marker);
    void append(const std::string& text);
    void close();

    const std::vector<PdfPage>& m_pages;
    TextBuilder& m_builder;
    double m_bodySize = 0;
    double m_lineDistance = 0;
    double m_right = 0; // edge of the running text
    bool m_boldBody = false;
    std::vector<double> m_headingSizes; // largest first
    Open m_open = Open::Nothing;
    std::string m_text; // of the open block
    int m_level = 0;    // of the open heading or item
    bool m_ordered = false;
    int m_number = 0;
    int m_group = 0;
    PdfLine m_last;
    double m_left = 0; // of the open block's text
    std::vector<ListLevel> m_lists;
    PdfTable m_lastTable; // while nothing else came after it
    int m_tableGroup = 0;
};

} // namespace plumbline::corpus
