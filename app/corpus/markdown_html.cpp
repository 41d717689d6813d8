#include "app/corpus/markdown_html.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline::corpus {

namespace {

// No part of what the page says; their text is looked at by the screen for hidden text.
constexpr std::array<std::string_view, 7> kDropped = {"script", "style",    "svg",   "math",
                                                      "select", "template", "object"};

constexpr std::size_t kDeepestList = 50;

int headingLevel(std::string_view name)
{
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

bool holdsText(std::string_view markup)
{
    for (std::size_t at = 0; at < markup.size();) {
        if (markup.substr(at, 4) == "<!--") {
            const std::size_t end = markup.find("-->", at);
            at = end == std::string_view::npos ? markup.size() : end + 3;
        } else if (const auto tag = htmlTagAt(markup, at)) {
            at = tag->end;
        } else if (isBlank(markup[at])) {
            ++at;
        } else {
            return true;
        }
    }
    return false;
}

MarkdownHtml::MarkdownHtml(std::string_view text, std::function<void(const Block&)> take,
                           std::function<int()> newGroup)
    : m_text(text), m_take(std::move(take)), m_newGroup(std::move(newGroup))
{
}

bool MarkdownHtml::startsBlock(std::string_view text)
{
    const auto tag = htmlTagAt(text, 0);
    return tag && !tag->closes && effectOf(tag->name) == HtmlTagEffect::Break;
}

void MarkdownHtml::read(std::size_t from, std::size_t to)
{
    for (std::size_t at = from; at < to;) {
        if (m_text[at] == '<' && m_text.substr(at, 4) == "<!--") {
            const std::size_t end = m_text.substr(0, to).find("-->", at);
            at = end == kNone ? to : end + 3;
            continue;
        }
        const auto tag = m_text[at] == '<' ? htmlTagAt(m_text.substr(0, to), at) : std::nullopt;
        if (!tag) {
            m_run = m_run == kNone && !isBlank(m_text[at]) ? at : m_run;
            ++at;
        } else if (!tag->closes && std::ranges::find(kDropped, tag->name) != kDropped.end()) {
            flush(at);
            at = skipElement(at, *tag, to);
        } else {
            takeTag(at, *tag);
            at = tag->end;
        }
    }
    endRow(to);
    flush(to);
    m_pre = false;
}

std::size_t MarkdownHtml::skipElement(std::size_t at, const HtmlTag& tag, std::size_t to) const
{
    for (at = tag.end; (at = m_text.substr(0, to).find("</", at)) != kNone; at += 2) {
        const auto end = htmlTagAt(m_text.substr(0, to), at);
        if (end && end->name == tag.name) {
            return end->end;
        }
    }
    return to;
}

void MarkdownHtml::takeTag(std::size_t at, const HtmlTag& tag)
{
    const bool block = effectOf(tag.name) == HtmlTagEffect::Break && tag.name != "br" && tag.name != "input";
    if (m_pre && tag.name != "pre") {
        return;
    }
    if (!block) {
        m_run = m_run == kNone && !tag.closes && tag.name != "br" ? at : m_run;
        return;
    }
    if (tag.name == "table" || inTable()) {
        takeTablePart(at, tag);
    } else {
        flush(at);
        takeOther(tag);
    }
}

void MarkdownHtml::takeTablePart(std::size_t at, const HtmlTag& tag)
{
    const std::string& name = tag.name;
    if (name == "table") {
        if (!inTable()) {
            flush(at);
            m_group = m_newGroup();
            m_sawRow = false;
            m_inHead = false;
        }
        m_tables += tag.closes ? -1 : 1;
        if (!inTable()) {
            endRow(at);
            flush(at);
        }
    } else if (m_tables > 1) {
        return; // what an inner table holds belongs to the cell around it
    } else if (name == "tr") {
        endRow(tag.closes ? tag.end : at);
        flush(at);
        m_row = tag.closes ? kNone : at;
    } else if (name == "thead" || name == "tbody" || name == "tfoot") {
        endRow(at);
        m_inHead = name == "thead" && !tag.closes;
    } else if (name == "td" || name == "th") {
        if (!tag.closes) {
            ++m_cells;
            m_headerCells = m_headerCells && name == "th";
        }
    } else if (m_row == kNone) {
        flush(at);
    }
}

void MarkdownHtml::endRow(std::size_t at)
{
    if (m_row == kNone) {
        return;
    }
    const Span row{m_row, at};
    m_row = kNone;
    m_run = kNone;
    if (holdsText(m_text.substr(row.start, row.size()))) {
        const bool header = !m_sawRow && m_cells > 1 && (m_inHead || m_headerCells);
        emit(header ? BlockKind::TableHeader : BlockKind::TableRow, row, 0, false, m_group);
        m_sawRow = true;
    }
    m_cells = 0;
    m_headerCells = true;
}

void MarkdownHtml::takeOther(const HtmlTag& tag)
{
    const std::string& name = tag.name;
    if (const int level = headingLevel(name); level > 0) {
        m_heading = tag.closes ? 0 : level;
    } else if (name == "ul" || name == "ol") {
        if (!tag.closes && m_lists.size() < kDeepestList) {
            m_lists.push_back({name == "ol", m_newGroup()});
        } else if (tag.closes && !m_lists.empty()) {
            m_lists.pop_back();
        }
        m_itemOpen = false;
    } else if (name == "li") {
        m_itemOpen = !tag.closes;
        if (m_lists.empty()) {
            m_lists.push_back({false, m_newGroup()});
        }
    } else if (name == "blockquote") {
        m_quotes = std::max(0, m_quotes + (tag.closes ? -1 : 1));
    } else if (name == "pre") {
        m_pre = !tag.closes;
    }
}

// Makes a block of the text since the last boundary, as what it stands in.
void MarkdownHtml::flush(std::size_t at)
{
    const std::size_t from = std::exchange(m_run, kNone);
    if (from == kNone || !holdsText(m_text.substr(from, at - from))) {
        return;
    }
    const Span span{from, at};
    if (m_pre) {
        emit(BlockKind::Code, span, 0, false, 0);
    } else if (inTable()) {
        emit(BlockKind::Paragraph, span, 0, false, 0); // a caption, or text beside the rows
    } else if (m_heading > 0) {
        emit(BlockKind::Heading, span, m_heading, false, 0);
    } else if (m_itemOpen) {
        const List& list = m_lists.back();
        emit(BlockKind::ListItem, span, static_cast<int>(m_lists.size()), list.ordered, list.group);
        m_itemOpen = false;
    } else {
        emit(m_quotes > 0 ? BlockKind::Quote : BlockKind::Paragraph, span, 0, false, 0);
    }
}

void MarkdownHtml::emit(BlockKind kind, Span span, int level, bool ordered, int group)
{
    const std::string_view inner = trimmed(m_text.substr(span.start, span.size()));
    const auto start = static_cast<std::size_t>(inner.data() - m_text.data());
    m_take({kind, {start, start + inner.size()}, level, ordered, group});
}

} // namespace plumbline::corpus
