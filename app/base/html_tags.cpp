#include "app/base/html_tags.h"

#include <algorithm>
#include <array>

namespace plumbline {

namespace {

constexpr std::size_t kLongestTag = 2048;

template <typename Char>
bool isSpace(Char c)
{
    return c == Char(' ') || c == Char('\t') || c == Char('\n') || c == Char('\r') || c == Char('\f');
}

template <typename Char>
bool isLetter(Char c)
{
    return (c >= Char('a') && c <= Char('z')) || (c >= Char('A') && c <= Char('Z'));
}

template <typename Char>
bool isNameUnit(Char c)
{
    return isLetter(c) || (c >= Char('0') && c <= Char('9')) || c == Char('-') || c == Char('_') ||
           c == Char(':');
}

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

template <typename Char>
Span withoutBlanks(std::basic_string_view<Char> text, Span span)
{
    while (!span.empty() && isSpace(text[span.start])) {
        ++span.start;
    }
    while (!span.empty() && isSpace(text[span.end - 1])) {
        --span.end;
    }
    return span;
}

} // namespace

template <typename Char>
std::optional<HtmlTag> htmlTagAt(std::basic_string_view<Char> text, std::size_t at)
{
    if (at >= text.size() || text[at] != Char('<')) {
        return std::nullopt;
    }
    const std::size_t stop = std::min(text.size(), at + kLongestTag);
    HtmlTag tag;
    ++at;
    if (at < stop && text[at] == Char('/')) {
        tag.closes = true;
        ++at;
    }
    if (at >= stop || !isLetter(text[at])) {
        return std::nullopt;
    }
    for (; at < stop && isNameUnit(text[at]); ++at) {
        tag.name += static_cast<char>(text[at]);
    }
    tag.name = asciiLower(tag.name);
    if (at < stop && text[at] != Char('>') && text[at] != Char('/') && !isSpace(text[at])) {
        return std::nullopt; // an address in angle brackets, say
    }
    Char quote{};
    for (; at < stop; ++at) {
        const Char c = text[at];
        if (quote != Char{}) {
            quote = c == quote ? Char{} : quote;
        } else if (c == Char('>')) {
            tag.end = at + 1;
            return tag;
        } else if (c == Char('<')) {
            return std::nullopt;
        } else if ((c == Char('"') || c == Char('\'')) && text[at - 1] == Char('=')) {
            quote = c;
        }
    }
    return std::nullopt;
}

HtmlTagEffect effectOf(std::string_view name)
{
    static constexpr std::array<std::string_view, 30> kText = {
        "a",    "abbr",  "b",    "bdi",    "bdo",    "big", "cite",  "code", "del", "dfn",
        "em",   "font",  "i",    "img",    "ins",    "kbd", "label", "mark", "q",   "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup",   "u",    "var", "wbr"};
    static constexpr std::array<std::string_view, 44> kBreak = {
        "br",         "hr",     "p",          "div",     "section", "article", "main",   "header",   "footer",
        "aside",      "ul",     "ol",         "li",      "dl",      "dt",      "dd",     "table",    "thead",
        "tbody",      "tfoot",  "tr",         "td",      "th",      "caption", "col",    "colgroup", "pre",
        "blockquote", "figure", "figcaption", "address", "details", "summary", "center", "nav",      "form",
        "iframe",     "input",  "h1",         "h2",      "h3",      "h4",      "h5",     "h6"};
    if (isOneOf(kText, name)) {
        return HtmlTagEffect::None;
    }
    return isOneOf(kBreak, name) ? HtmlTagEffect::Break : HtmlTagEffect::Shown;
}

template <typename Char>
std::vector<Span> htmlRowCells(std::basic_string_view<Char> row)
{
    const auto first = htmlTagAt(row, 0);
    if (!first || first->name != "tr" || first->closes) {
        return {};
    }
    std::vector<Span> cells;
    std::size_t tables = 0; // open inside
    bool open = false;
    const auto close = [&](std::size_t at) {
        if (open) {
            cells.back() = withoutBlanks(row, {cells.back().start, at});
        }
        open = false;
    };
    for (std::size_t at = first->end; at < row.size();) {
        const auto tag = htmlTagAt(row, at);
        if (!tag) {
            ++at;
            continue;
        }
        if (tag->name == "table") {
            tables += tag->closes ? 0U : 1U;
            tables -= tag->closes && tables > 0 ? 1U : 0U;
        } else if (tables == 0 && (tag->name == "td" || tag->name == "th" || tag->name == "tr")) {
            close(at);
            if (!tag->closes && tag->name != "tr") {
                cells.push_back({tag->end, tag->end});
                open = true;
            }
        }
        at = tag->end;
    }
    close(row.size());
    return cells;
}

template std::optional<HtmlTag> htmlTagAt(std::string_view, std::size_t);
template std::optional<HtmlTag> htmlTagAt(std::u16string_view, std::size_t);
template std::vector<Span> htmlRowCells(std::string_view);
template std::vector<Span> htmlRowCells(std::u16string_view);

} // namespace plumbline
