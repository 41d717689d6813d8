#include "app/corpus/docx_writer.h"

#include <algorithm>
#include <cstdlib>

namespace plumbline::corpus {

namespace {

// Lists made by the name of a style alone; ids of real numberings are positive.
constexpr int kNamedBullets = -1;
constexpr int kNamedNumbers = -2;

int number(const std::string& text)
{
    return std::clamp(std::atoi(text.c_str()), 0, 1'000'000);
}

bool isOn(const XmlReader& xml)
{
    const std::string value = xml.attribute("val");
    return value != "0" && value != "false" && value != "off";
}

bool isDark(std::string fill)
{
    fill = asciiLower(fill);
    return !fill.empty() && fill != "auto" && fill != "ffffff";
}

} // namespace

Result<void> DocxWriter::read(const std::string& part)
{
    XmlReader xml(part);
    while (xml.next()) {
        if (xml.depth() > m_request.limits.nesting) {
            return failure(ErrorCode::TooLarge,
                           "elements are nested deeper than " + std::to_string(m_request.limits.nesting),
                           m_request.name);
        }
        if (m_builder.isFull()) {
            return tl::unexpected(tooMuchText(m_request));
        }
        if (m_request.stop.stop_requested()) {
            return tl::unexpected(cancelled(m_request));
        }
        if (m_skipDepth >= 0) {
            if (xml.event() == XmlReader::Event::End && xml.depth() == m_skipDepth) {
                m_skipDepth = -1;
            }
            continue;
        }
        if (xml.event() == XmlReader::Event::Start) {
            start(xml);
        } else if (xml.event() == XmlReader::Event::End) {
            end(xml.name());
        } else if (m_inText) {
            text(xml.text());
        }
    }
    if (xml.failed()) {
        return failure(ErrorCode::BadInput, "is not a valid DOCX: its text is not well-formed XML",
                       m_request.name);
    }
    return {};
}

void DocxWriter::start(const XmlReader& xml)
{
    const std::string_view name = xml.name();
    // What tracked changes took away, and the second form of what is there already.
    if (name == "del" || name == "moveFrom" || name == "Fallback") {
        m_skipDepth = xml.depth();
    } else if (name == "p") {
        m_paragraphs.emplace_back();
        m_inRun = false;
    } else if (name == "pPr") {
        m_inProperties = true;
    } else if (name == "r") {
        m_run = {};
        m_inRun = true;
    } else if (name == "t") {
        m_inText = true;
    } else if (name == "tab" || name == "br" || name == "cr") {
        if (m_inRun) {
            text(" ");
        }
    } else if (name == "noBreakHyphen") {
        text("-");
    } else if (m_inProperties && !m_paragraphs.empty()) {
        startInParagraph(xml, name);
    } else if (m_inRun) {
        startInRun(xml, name);
    } else {
        startInTable(xml, name);
    }
}

void DocxWriter::startInParagraph(const XmlReader& xml, std::string_view name)
{
    Paragraph& paragraph = m_paragraphs.back();
    if (name == "pStyle") {
        paragraph.style = xml.attribute("val");
    } else if (name == "numPr") {
        paragraph.numbering.emplace();
    } else if (name == "numId" && paragraph.numbering) {
        paragraph.numbering->id = number(xml.attribute("val"));
    } else if (name == "ilvl" && paragraph.numbering) {
        paragraph.numbering->level = std::min(number(xml.attribute("val")), 8);
    } else if (name == "outlineLvl") {
        paragraph.outline = number(xml.attribute("val"));
    } else if (name == "shd") {
        paragraph.shaded = isDark(xml.attribute("fill"));
    }
}

void DocxWriter::startInRun(const XmlReader& xml, std::string_view name)
{
    if (name == "vanish") {
        m_run.vanish = isOn(xml);
    } else if (name == "rStyle") {
        m_run.vanish = m_run.vanish || m_styles.isHidden(xml.attribute("val"));
    } else if (name == "color") {
        m_run.white = asciiLower(xml.attribute("val")) == "ffffff";
    } else if (name == "sz") {
        const std::string halfPoints = xml.attribute("val");
        m_run.tiny = !halfPoints.empty() && number(halfPoints) < 4;
    } else if (name == "shd") {
        m_run.shaded = isDark(xml.attribute("fill"));
    } else if (name == "highlight") {
        m_run.shaded = xml.attribute("val") != "white" && xml.attribute("val") != "none";
    }
}

void DocxWriter::startInTable(const XmlReader& xml, std::string_view name)
{
    if (name == "tbl") {
        ++m_tables;
        return;
    }
    if (m_tables != 1) {
        return;
    }
    if (name == "tr") {
        m_rows.emplace_back();
    } else if (name == "tc" && !m_rows.empty()) {
        m_rows.back().cells.emplace_back();
        m_cellShaded = false;
        m_cellContinues = false;
    } else if (name == "tblHeader" && !m_rows.empty()) {
        m_rows.back().header = isOn(xml);
    } else if (name == "vMerge") {
        m_cellContinues = xml.attribute("val") != "restart";
    } else if (name == "shd") {
        m_cellShaded = isDark(xml.attribute("fill"));
    }
}

void DocxWriter::end(std::string_view name)
{
    if (name == "t") {
        m_inText = false;
    } else if (name == "r") {
        m_inRun = false;
    } else if (name == "pPr") {
        m_inProperties = false;
    } else if (name == "p" && !m_paragraphs.empty()) {
        Paragraph paragraph = std::move(m_paragraphs.back());
        m_paragraphs.pop_back();
        m_inRun = !m_paragraphs.empty();
        write(std::move(paragraph));
    } else if (name == "tc" && m_tables == 1 && m_cellContinues && m_rows.size() > 1) {
        const std::size_t column = m_rows.back().cells.size() - 1;
        const Row& above = m_rows[m_rows.size() - 2];
        if (column < above.cells.size()) {
            m_rows.back().cells[column] = above.cells[column]; // so that the row says it, too
        }
    } else if (name == "tbl" && --m_tables == 0) {
        writeTable();
    }
}

void DocxWriter::text(std::string_view text)
{
    if (m_paragraphs.empty()) {
        return;
    }
    Paragraph& paragraph = m_paragraphs.back();
    std::string reason;
    if (m_run.vanish || m_styles.isHidden(paragraph.style)) {
        reason = "hidden text";
    } else if (m_run.white && !m_run.shaded && !paragraph.shaded && !(m_tables > 0 && m_cellShaded)) {
        reason = "white text";
    } else if (m_run.tiny) {
        reason = "tiny text";
    }
    if (reason.empty()) {
        paragraph.text += text;
    } else if (!paragraph.hidden.empty() && paragraph.hidden.back().first == reason) {
        paragraph.hidden.back().second += text;
    } else {
        paragraph.hidden.emplace_back(reason, text);
    }
}

void DocxWriter::write(Paragraph paragraph)
{
    for (const auto& [reason, text] : paragraph.hidden) {
        m_builder.hidden(text, reason);
    }
    if (m_tables > 0 && !m_rows.empty() && !m_rows.back().cells.empty()) {
        std::string& cell = m_rows.back().cells.back();
        cell += (cell.empty() ? "" : " ") + paragraph.text;
        return;
    }
    if (m_styles.isCode(paragraph.style)) {
        m_codeLines += paragraph.text + '\n';
        return;
    }
    writeCode();
    if (trimmed(paragraph.text).empty()) {
        return;
    }
    const bool outlined = paragraph.outline && *paragraph.outline < 9;
    const int level = outlined ? std::min(*paragraph.outline + 1, 6) : m_styles.headingLevel(paragraph.style);
    if (level > 0) {
        m_lists.clear();
        m_builder.heading(level, paragraph.text);
    } else if (writeAsListItem(paragraph)) {
        return;
    } else if (m_styles.isQuote(paragraph.style)) {
        m_builder.quote(paragraph.text);
    } else {
        std::erase_if(m_lists, [](const auto& list) { return list.first.first < 0; });
        m_builder.paragraph(paragraph.text);
    }
}

bool DocxWriter::writeAsListItem(const Paragraph& paragraph)
{
    const auto place = paragraph.numbering ? paragraph.numbering : m_styles.numbering(paragraph.style);
    const auto named = m_styles.listByName(paragraph.style);
    if (place && place->id > 0) {
        writeItem(*place, named.value_or(m_styles.isOrdered(*place)) || m_styles.isOrdered(*place),
                  paragraph.text);
        return true;
    }
    if (paragraph.numbering || !named) {
        return false; // numbering 0: taken out of its list
    }
    const char last = paragraph.style.empty() ? '1' : paragraph.style.back();
    writeItem({*named ? kNamedNumbers : kNamedBullets, last >= '2' && last <= '5' ? last - '1' : 0}, *named,
              paragraph.text);
    return true;
}

void DocxWriter::writeItem(const DocxNumbering& place, bool ordered, std::string_view text)
{
    const int level = std::clamp(place.level, 0, 8);
    std::erase_if(
        m_lists, [&](const auto& list) { return list.first.first == place.id && list.first.second > level; });
    auto [list, isNew] = m_lists.try_emplace({place.id, level}, 0, 0);
    if (isNew) {
        list->second.first = m_builder.newGroup();
    }
    m_builder.listItem(level + 1, ordered, ++list->second.second, list->second.first, text);
}

void DocxWriter::writeTable()
{
    writeCode();
    const std::vector<Row> rows = std::move(m_rows);
    m_rows.clear();
    const int group = m_builder.newGroup();
    bool first = true;
    for (const Row& row : rows) {
        if (row.cells.size() == 1) { // a box, or a title across the table
            m_builder.paragraph(row.cells.front());
        } else {
            m_builder.tableRow(row.cells, first && (row.header || rows.size() > 1), group);
            first = false;
        }
    }
}

void DocxWriter::writeCode()
{
    m_builder.code(m_codeLines);
    m_codeLines.clear();
}

ExtractedText DocxWriter::take()
{
    writeCode();
    return m_builder.take();
}

} // namespace plumbline::corpus
