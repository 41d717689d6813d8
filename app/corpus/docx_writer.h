// The body of a DOCX to stored text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/corpus/docx_styles.h"
#include "app/corpus/format_loaders.h"
#include "app/corpus/text_builder.h"
#include "app/corpus/xml_reader.h"

namespace plumbline::corpus {

class DocxWriter {
public:
    DocxWriter(const DocxStyles& styles, const LoadRequest& request)
        : m_styles(styles), m_request(request), m_builder(request.limits.textBytes)
    {
    }

    // Reads one part (the body, the footnotes). BadInput, TooLarge, Cancelled.
    Result<void> read(const std::string& part);
    void comment(std::string_view text) { m_builder.hidden(text, "comment"); }
    bool isFull() const { return m_builder.isFull(); }
    ExtractedText take();

private:
    struct Paragraph {
        std::string style;
        std::optional<DocxNumbering> numbering;
        std::optional<int> outline;
        bool shaded = false;
        std::string text;
        std::vector<std::pair<std::string, std::string>> hidden; // reason, text
    };
    struct Run {
        bool vanish = false;
        bool white = false;
        bool tiny = false;
        bool shaded = false;
    };
    struct Row {
        std::vector<std::string> cells;
        bool header = false;
    };

    void start(const XmlReader& xml);
    void startInParagraph(const XmlReader& xml, std::string_view name);
    void startInRun(const XmlReader& xml, std::string_view name);
    void startInTable(const XmlReader& xml, std::string_view name);
    void end(std::string_view name);
    void text(std::string_view text);
    void write(Paragraph paragraph);
    bool writeAsListItem(const Paragraph& paragraph);
    void writeItem(const DocxNumbering& place, bool ordered, std::string_view text);
    void writeTable();
    void writeCode();

    const DocxStyles& m_styles;
    const LoadRequest& m_request;
    TextBuilder m_builder;
    std::vector<Paragraph> m_paragraphs; // open ones: a text box stands inside another
    Run m_run;
    bool m_inRun = false;
    bool m_inText = false;
    bool m_inProperties = false; // of a paragraph
    int m_skipDepth = -1;        // of the element whose content is left out; -1 = none
    int m_tables = 0;            // open ones; inner tables become text of the outer cell
    bool m_cellShaded = false;
    bool m_cellContinues = false; // merged with the cell above
    std::vector<Row> m_rows;
    std::string m_codeLines;
    std::map<std::pair<int, int>, std::pair<int, int>>
        m_lists; // (numbering, level) -> (group, number of the last item)
};

} // namespace plumbline::corpus
