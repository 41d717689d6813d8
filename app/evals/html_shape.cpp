#include "app/evals/html_shape.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <vector>

#include <re2/re2.h>

#include "app/base/text.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

constexpr std::size_t kLongest = 10'485'760;

using Names = std::set<std::string, std::less<>>;

Names namesOf(std::string_view list)
{
    Names names;
    for (const std::string_view name : split(list, ' '))
        names.emplace(name);
    return names;
}

// Elements of the living standard that count as a sign of HTML (html, head and body are looked for apart).
const Names& knownElements()
{
    static const Names kNames = namesOf(
        "title base link meta style article section nav aside h1 h2 h3 h4 h5 h6 header footer address p hr "
        "pre "
        "blockquote ol ul li dl dt dd figure figcaption main div a em strong small s cite q dfn abbr ruby rt "
        "rp "
        "data time code var samp kbd sub sup i b u mark bdi bdo span br wbr img iframe embed object param "
        "picture source video audio track map area svg math script noscript canvas ins del table caption "
        "colgroup col tbody thead tfoot tr td th form label input button select datalist optgroup option "
        "textarea output progress meter fieldset legend details summary dialog menu slot template");
    return kNames;
}

const Names kVoid = namesOf("area base br col embed hr img input link meta param source track wbr");
const Names kRawText = namesOf("script style textarea title xmp iframe noembed noframes noscript");
const Names kEndsParagraph = namesOf(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
    "header "
    "hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing form li dd dt hr xmp");
const Names kOnlyInTable = namesOf("caption col colgroup tbody td tfoot th thead tr");
const Names kTableFrame = namesOf("table tbody thead tfoot tr");
const Names kWrappers = namesOf("html head body");
const Names kClosesItself = namesOf("li a button option nobr");

struct Tag {
    std::string name;
    std::size_t end = 0; // one past '>'
    bool closes = false;
};

class Shape {
public:
    explicit Shape(std::string_view text) : m_text(text)
    {
        while (m_at < m_text.size())
            takeNext();
    }

    bool textOutside() const { return m_textOutside; }
    bool hasElement() const { return m_hasElement; }

private:
    void takeNext()
    {
        if (m_text[m_at] != '<' || !takeMarkup())
            takeText();
    }

    bool takeMarkup()
    {
        const std::string_view rest = m_text.substr(m_at);
        const char next = rest.size() > 1 ? rest[1] : '\0';
        if (rest.starts_with("<!--")) {
            skipTo("-->");
            return true;
        }
        if (next == '!' || next == '?' ||
            (next == '/' && rest.size() > 2 && std::isalpha(static_cast<unsigned char>(rest[2])) == 0)) {
            skipTo(">");
            return true;
        }
        const bool tag =
            std::isalpha(static_cast<unsigned char>(next)) != 0 || (next == '/' && rest.size() > 2);
        if (!tag)
            return false;
        const Tag read = readTag();
        m_at = read.end;
        if (read.end <= m_text.size() && !read.name.empty())
            read.closes ? close(read.name) : open(read.name);
        return true;
    }

    void skipTo(std::string_view close)
    {
        const std::size_t end = m_text.find(close, m_at + 1);
        m_at = end == std::string_view::npos ? m_text.size() : end + close.size();
    }

    Tag readTag() const
    {
        Tag tag;
        tag.closes = m_text[m_at + 1] == '/';
        std::size_t i = m_at + (tag.closes ? 2 : 1);
        while (i < m_text.size() && m_text[i] != '>' && m_text[i] != '/' &&
               std::isspace(static_cast<unsigned char>(m_text[i])) == 0)
            tag.name += static_cast<char>(std::tolower(static_cast<unsigned char>(m_text[i++])));
        char quote = 0;
        char before = 0;
        for (; i < m_text.size(); ++i) {
            const char c = m_text[i];
            if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if ((c == '"' || c == '\'') && before == '=')
                quote = c;
            else if (c == '>')
                break;
            before = std::isspace(static_cast<unsigned char>(c)) != 0 ? before : c;
        }
        if (i == m_text.size()) // the text ends inside the tag: it is none
            tag.name.clear();
        tag.end = std::min(i + 1, m_text.size());
        return tag;
    }

    void takeText()
    {
        std::size_t end = m_text.find('<', m_at + 1);
        end = std::min(end, m_text.size());
        std::string_view piece = m_text.substr(m_at, end - m_at);
        while (piece.starts_with("&nbsp;") || (!piece.empty() && jsTrim(piece.substr(0, 1)).empty()))
            piece.remove_prefix(piece.front() == '&' ? 6 : 1);
        m_begun = m_begun || !jsTrim(piece).empty();
        if (!jsTrim(piece).empty() && isOutside())
            m_textOutside = true;
        m_at = end;
    }

    // Text right inside of a table is moved out in front of it.
    bool isOutside() const
    {
        std::size_t depth = m_open.size();
        if (depth > 0 && kTableFrame.contains(m_open.back()))
            while (depth > 0 && m_open[--depth] != "table") {
            }
        return depth == 0;
    }

    void closeThrough(std::string_view name)
    {
        const auto found = std::find(m_open.rbegin(), m_open.rend(), name);
        if (found != m_open.rend())
            m_open.erase(std::next(found).base(), m_open.end());
    }

    void open(const std::string& name)
    {
        m_begun = true;
        if (kWrappers.contains(name)) {
            m_hasElement = true;
            return;
        }
        const bool inTable = std::ranges::find(m_open, "table") != m_open.end();
        if (kOnlyInTable.contains(name) && !inTable)
            return;
        if (kEndsParagraph.contains(name))
            closeThrough("p");
        if (kClosesItself.contains(name))
            closeThrough(name);
        m_hasElement = m_hasElement || knownElements().contains(name) || name.find('-') != std::string::npos;
        if (kVoid.contains(name))
            return;
        if (!kRawText.contains(name)) {
            m_open.push_back(name);
            return;
        }
        const std::string rest = asciiLower(m_text.substr(m_at));
        const std::size_t end = rest.find("</" + name);
        m_at = end == std::string::npos ? m_text.size() : m_at + end;
    }

    void close(const std::string& name)
    {
        if ((name == "p" && m_begun && std::ranges::find(m_open, name) == m_open.end()) || name == "br")
            m_hasElement = true; // stands for an empty one
        closeThrough(name);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::string> m_open;
    bool m_textOutside = false;
    bool m_hasElement = false;
    bool m_begun = false; // something of the page has come
};

bool finds(std::string_view text, const char* pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), RE2(pattern, options));
}

} // namespace

std::string whyNotHtml(std::string_view text)
{
    const std::string_view inner = jsTrim(text);
    if (inner.empty())
        return "the output is empty";
    if (inner.size() > kLongest)
        return "the output is too long for HTML";
    if (asciiLower(inner.substr(0, 5)) == "<?xml")
        return "the output is XML, not HTML";
    const Shape shape(inner);
    if (shape.textOutside() && !finds(inner, R"((?i)<body[\s>/])"))
        return "text stands outside of every element";
    return shape.hasElement() ? "" : "the output has no element of HTML";
}

bool looksLikeHtml(std::string_view text)
{
    if (text.size() > kLongest)
        return false;
    const bool opens = finds(text, R"(<[a-zA-Z][a-zA-Z0-9-]*(?:\s[^>]*)?>)");
    const bool closes = finds(text, R"(</[a-zA-Z][a-zA-Z0-9-]*\s*>)");
    int signs = (opens ? 1 : 0) + (closes ? 1 : 0);
    signs += finds(text, R"(<[a-zA-Z][a-zA-Z0-9-]*(?:\s[^>]*)?/>)") ? 1 : 0;
    signs += finds(text, "&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);") ? 1 : 0;
    signs += finds(text, R"((?i)<!DOCTYPE\s+html)") ? 2 : 0;
    signs += finds(text, "<!--[^-]*(?:-[^-]+)*-->") ? 1 : 0;
    signs += finds(text, R"(\s[a-zA-Z-]+=\s*["'][^"']*["'])") ? 1 : 0;
    signs += finds(text,
                   "(?i)<(?:html|head|body|div|span|p|a|img|h[1-6]|ul|ol|li|table|tr|td|th|form|input|button|"
                   R"(script|style|link|meta|br|hr)\b)")
                 ? 2
                 : 0;
    return signs >= 2;
}

} // namespace plumbline::evals
