#include "app/corpus/html_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "app/corpus/hidden_markup.h"

namespace plumbline::corpus {

namespace {

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

// No part of what the page says: program text, navigation, form controls.
constexpr std::array<std::string_view, 12> kDropped = {"script", "style",  "nav",    "svg",
                                                       "math",   "object", "iframe", "select",
                                                       "button", "canvas", "audio",  "video"};
// Not shown, though it may hold prose.
constexpr std::array<std::string_view, 3> kNotShown = {"template", "noscript", "datalist"};
constexpr std::array<std::string_view, 24> kBlocks = {
    "p",          "div",    "section", "article", "main",    "header", "footer", "aside",
    "ul",         "ol",     "li",      "dl",      "dt",      "dd",     "table",  "pre",
    "blockquote", "figure", "address", "details", "summary", "hr",     "form",   "figcaption"};

int headingLevel(std::string_view name)
{
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

std::string attribute(const HtmlAttributes& attributes, const std::string& name)
{
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

} // namespace

std::string HtmlWriter::reasonToHide(const std::string& name, const HtmlAttributes& attributes,
                                     bool background) const
{
    if (isOneOf(kNotShown, name)) {
        return name + " element";
    }
    if (attributes.contains("hidden")) {
        return "hidden attribute";
    }
    if (name == "font" && !background) {
        const std::string colour = attribute(attributes, "color");
        return hidingReason("color:" + colour, false);
    }
    return hidingReason(attribute(attributes, "style"), background);
}

void HtmlWriter::open(const std::string& name, const HtmlAttributes& attributes)
{
    const bool outside = !m_open.empty() && m_open.back().background;
    const bool background =
        outside || setsBackground(attribute(attributes, "style")) ||
        (attributes.contains("bgcolor") && setsBackground("background:" + attribute(attributes, "bgcolor")));
    if (!isVoidElement(name)) {
        m_open.push_back({name, background});
    }
    if (m_droppedFrom > 0) {
        m_hiddenRun += ' ';
        return;
    }
    if (name == "meta") {
        const std::string key = asciiLower(attribute(attributes, "name"));
        if (!key.empty()) {
            m_meta.emplace(key, attribute(attributes, "content"));
        }
        return;
    }
    if (name == "br") {
        m_run += m_pres > 0 ? '\n' : ' ';
        return;
    }
    if (!isVoidElement(name)) {
        const std::string reason = reasonToHide(name, attributes, background);
        if (!reason.empty() || isOneOf(kDropped, name) || name == "title") {
            m_inTitle = name == "title" && reason.empty();
            m_droppedFrom = m_open.size();
            m_hiddenReason = reason;
            m_hiddenRun.clear();
            return;
        }
    }
    openBlock(name, attributes);
}

void HtmlWriter::openBlock(const std::string& name, const HtmlAttributes& attributes)
{
    const int level = headingLevel(name);
    if (inTable() && (level > 0 || name == "ul" || name == "ol" || name == "pre" || name == "table")) {
        dissolveTable();
    }
    if (level > 0 || isOneOf(kBlocks, name)) {
        flush();
    }
    if (level > 0) {
        m_headingLevel = level;
    } else if (name == "ul" || name == "ol") {
        const int start = std::atoi(attribute(attributes, "start").c_str());
        m_lists.push_back(
            {name == "ol", m_builder.newGroup(), start > 1 && start < 1'000'000 ? start - 1 : 0});
        m_itemOpen = false;
    } else if (name == "li") {
        m_itemOpen = true;
        if (m_lists.empty()) {
            m_lists.push_back({false, m_builder.newGroup(), 0});
        }
        ++m_lists.back().number;
    } else if (name == "dd") {
        m_itemOpen = !m_lists.empty();
        m_run = m_term.empty() ? std::string() : m_term + ": ";
        m_term.clear();
    } else if (name == "dl") {
        m_lists.push_back({false, m_builder.newGroup(), 0});
    } else if (name == "pre") {
        ++m_pres;
    } else if (name == "blockquote") {
        ++m_quotes;
    } else {
        openTablePart(name);
    }
}

void HtmlWriter::openTablePart(const std::string& name)
{
    if (name == "table") {
        Table table;
        table.depth = m_open.size();
        table.group = m_builder.newGroup();
        m_tables.push_back(std::move(table));
        return;
    }
    if (!inTable()) {
        if (name == "td" || name == "th" || name == "tr") {
            flush();
        }
        return;
    }
    Table& table = m_tables.back();
    if (name == "thead") {
        table.inHead = true;
    } else if (name == "tr") {
        endRow();
    } else if (name == "td" || name == "th") {
        flush();
        table.inCell = true;
        table.allHeaderCells = table.allHeaderCells && name == "th";
        table.cells.emplace_back();
    } else if (name == "caption") {
        flush();
    }
}

void HtmlWriter::close(const std::string& name)
{
    const auto found = std::find_if(m_open.rbegin(), m_open.rend(),
                                    [&](const Element& element) { return element.name == name; });
    if (found == m_open.rend()) {
        return;
    }
    const auto depth = static_cast<std::size_t>(m_open.rend() - found);
    m_open.resize(depth - 1);
    if (m_droppedFrom == 0 || depth < m_droppedFrom) {
        endDropped();
        closeBlock(name);
    } else if (depth == m_droppedFrom) {
        endDropped(); // its content was not read, so nothing of it is open
    }
}

void HtmlWriter::closeBlock(const std::string& name)
{
    if (name == "pre") {
        flush();
        --m_pres;
    } else if (name == "dt") {
        m_term += (m_term.empty() ? "" : ", ") + foldedWhitespace(m_run);
        m_run.clear();
    } else if (headingLevel(name) > 0) {
        flush();
        m_headingLevel = 0;
    } else if (name == "ul" || name == "ol" || name == "dl") {
        flush();
        m_builder.paragraph(m_term);
        m_term.clear();
        m_itemOpen = false;
        if (!m_lists.empty()) {
            m_lists.pop_back();
        }
    } else if (name == "li" || name == "dd") {
        flush();
        m_itemOpen = false;
    } else if (name == "blockquote") {
        flush();
        --m_quotes;
    } else {
        closeTablePart(name);
    }
}

void HtmlWriter::closeTablePart(const std::string& name)
{
    if (name == "td" || name == "th" || name == "caption" || isOneOf(kBlocks, name)) {
        flush();
    }
    if (!inTable()) {
        if (name == "tr") {
            flush();
        }
        return;
    }
    if (name == "td" || name == "th") {
        m_tables.back().inCell = false;
    } else if (name == "tr" || name == "thead") {
        endRow();
        m_tables.back().inHead = m_tables.back().inHead && name != "thead";
    } else if (name == "table" && m_tables.back().depth == m_open.size() + 1) {
        endRow();
        m_tables.pop_back();
    }
}

void HtmlWriter::text(std::string_view text)
{
    if (m_droppedFrom > 0) {
        m_hiddenRun += text;
    } else {
        m_run += text;
    }
}

void HtmlWriter::comment(std::string_view text)
{
    m_builder.hidden(text, "HTML comment");
}

// Writes the text collected since the last boundary as what it stands in.
void HtmlWriter::flush()
{
    const std::string run = std::move(m_run);
    m_run.clear();
    if (run.find_first_not_of(" \t\r\n") == std::string::npos) {
        return;
    }
    if (m_pres > 0) {
        m_builder.code(run);
    } else if (inTable() && m_tables.back().inCell) {
        m_tables.back().cells.back() += run + ' ';
    } else if (m_headingLevel > 0) {
        m_builder.heading(m_headingLevel, run);
    } else if (m_itemOpen && !m_lists.empty()) {
        const List& list = m_lists.back();
        m_builder.listItem(static_cast<int>(m_lists.size()), list.ordered, list.number, list.group, run);
        m_itemOpen = false;
    } else if (m_quotes > 0) {
        m_builder.quote(run);
    } else {
        m_builder.paragraph(run);
    }
}

void HtmlWriter::endRow()
{
    flush();
    Table& table = m_tables.back();
    table.inCell = false;
    if (table.cells.size() == 1 && !table.sawRow) {
        m_builder.paragraph(table.cells.front()); // a box, not a table
    } else if (!table.cells.empty()) {
        m_builder.tableRow(table.cells, !table.sawRow && (table.inHead || table.allHeaderCells), table.group);
        table.sawRow = true;
    }
    table.cells.clear();
    table.allHeaderCells = true;
}

// A table that lays out the page: what its cells hold becomes blocks of the page.
void HtmlWriter::dissolveTable()
{
    const Table table = std::move(m_tables.back());
    m_tables.pop_back();
    for (const std::string& cell : table.cells) {
        m_builder.paragraph(cell);
    }
    flush();
}

void HtmlWriter::endDropped()
{
    if (m_droppedFrom == 0) {
        return;
    }
    m_droppedFrom = 0;
    if (m_inTitle) {
        m_title = foldedWhitespace(m_hiddenRun);
        m_inTitle = false;
    } else if (!m_hiddenReason.empty()) {
        m_builder.hidden(m_hiddenRun, m_hiddenReason);
    }
    m_hiddenRun.clear();
}

ExtractedText HtmlWriter::take()
{
    endDropped();
    while (inTable()) {
        dissolveTable();
    }
    flush();
    return m_builder.take();
}

} // namespace plumbline::corpus
