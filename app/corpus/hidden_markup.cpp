#include "app/corpus/hidden_markup.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace plumbline::corpus {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

bool isWhite(std::string_view value)
{
    return value == "white" || value == "#fff" || value == "#ffffff" || value == "rgb(255,255,255)" ||
           value == "transparent" || value.starts_with("rgba(255,255,255,");
}

// Sizes of less than two pixels or points, and 0 of any unit.
bool isTiny(std::string_view value)
{
    if (value.empty() || !((value.front() >= '0' && value.front() <= '9') || value.front() == '.')) {
        return false;
    }
    const std::string text(value);
    char* unit = nullptr;
    const double size = std::strtod(text.c_str(), &unit);
    const std::string_view rest(unit);
    return size == 0 || (size < 2 && (rest.starts_with("px") || rest.starts_with("pt")));
}

bool isFarAway(std::string_view value)
{
    return value.starts_with('-') && std::atoi(std::string(value.substr(1)).c_str()) >= 500;
}

// "name:value" in lower case, blanks and "!important" taken out.
std::string reasonOf(std::string_view name, std::string_view value, bool onBackground)
{
    if (name == "display" && value == "none") {
        return "style display:none";
    }
    if (name == "visibility" && (value == "hidden" || value == "collapse")) {
        return "style visibility:hidden";
    }
    if (name == "font-size" && isTiny(value)) {
        return "tiny text";
    }
    if (name == "opacity" && (value == "0" || value == "0.0" || value == "0%")) {
        return "style opacity:0";
    }
    if (name == "color" && isWhite(value) && !onBackground) {
        return "white text";
    }
    if ((name == "left" || name == "top" || name == "text-indent" || name == "margin-left") &&
        isFarAway(value)) {
        return "off-page text";
    }
    return {};
}

// Calls `take(name, value)` for each declaration until it gives true.
template <typename Take>
bool eachDeclaration(std::string_view style, Take take)
{
    for (const std::string_view part : split(style, ';')) {
        std::string plain = asciiLower(part);
        std::erase_if(plain, isSpace);
        const std::size_t colon = plain.find(':');
        if (colon == std::string::npos) {
            continue;
        }
        const std::string_view all(plain);
        std::string_view value = all.substr(colon + 1);
        value = value.substr(0, value.find("!important"));
        if (take(all.substr(0, colon), value)) {
            return true;
        }
    }
    return false;
}

struct Tag {
    std::string name;
    std::size_t end = 0; // one past '>'
    bool closes = false; // "</name>"
    bool empty = false;  // "<name/>" or a void element
    std::string style;
    bool hidden = false;
};

// The attribute that starts at `at`; moves `at` past it.
void takeAttribute(std::string_view text, std::size_t& at, Tag& tag)
{
    const std::size_t nameStart = at;
    while (at < text.size() && !isSpace(text[at]) && text[at] != '=' && text[at] != '>' && text[at] != '/' &&
           text[at] != '<') {
        ++at;
    }
    const std::string name = asciiLower(text.substr(nameStart, at - nameStart));
    std::string_view value;
    if (at < text.size() && text[at] == '=') {
        ++at;
        const char quote = at < text.size() ? text[at] : '>';
        const std::size_t from = quote == '"' || quote == '\'' ? at + 1 : at;
        std::size_t end =
            quote == '"' || quote == '\'' ? text.find(quote, from) : text.find_first_of(" \t\r\n>", from);
        end = std::min(end, text.size());
        value = text.substr(from, end - from);
        at = std::min(text.size(), end + (from > at ? 1U : 0U));
    }
    if (name == "style") {
        tag.style = value;
    } else if (name == "hidden") {
        tag.hidden = true;
    } else if (at == nameStart) {
        ++at;
    }
}

// The tag that starts at `at`, as far as it looks like one. Tags over 2048 bytes are taken for text.
std::optional<Tag> tagAt(std::string_view text, std::size_t at)
{
    const std::string_view window = text.substr(0, std::min(text.size(), at + 2048));
    Tag tag;
    ++at;
    if (at < window.size() && window[at] == '/') {
        tag.closes = true;
        ++at;
    }
    const std::size_t nameStart = at;
    while (at < window.size() && isNameByte(window[at])) {
        ++at;
    }
    tag.name = asciiLower(window.substr(nameStart, at - nameStart));
    if (tag.name.empty() || at >= window.size()) {
        return std::nullopt;
    }
    while (at < window.size() && window[at] != '>') {
        if (window[at] == '<') {
            return std::nullopt;
        }
        if (isSpace(window[at]) || window[at] == '/') {
            tag.empty = window[at] == '/';
            ++at;
        } else {
            tag.empty = false;
            takeAttribute(window, at, tag);
        }
    }
    if (at >= window.size()) {
        return std::nullopt;
    }
    tag.end = at + 1;
    tag.empty = tag.empty || isVoidElement(tag.name);
    return tag;
}

std::string textWithoutTags(std::string_view markup)
{
    std::string out;
    for (std::size_t at = 0; at < markup.size();) {
        if (markup[at] == '<') {
            if (const auto tag = tagAt(markup, at)) {
                at = tag->end;
                out += ' ';
                continue;
            }
        }
        out += markup[at++];
    }
    return foldedWhitespace(out);
}

class MarkupScan {
public:
    MarkupScan(std::string_view text, const std::function<bool(std::size_t)>& isCode)
        : m_text(text), m_isCode(isCode)
    {
    }

    std::vector<HiddenText> run(std::size_t at)
    {
        while ((at = m_text.find('<', at)) != std::string_view::npos) {
            at = m_isCode(at) ? at + 1 : take(at);
        }
        return std::move(m_found);
    }

private:
    // Looks at the markup at `at`; gives where to go on.
    std::size_t take(std::size_t at)
    {
        if (m_text.substr(at).starts_with("<!--")) {
            return comment(at);
        }
        const auto tag = tagAt(m_text, at);
        if (!tag || tag->closes) {
            return at + 1;
        }
        std::string reason =
            tag->hidden ? "hidden attribute" : hidingReason(tag->style, setsBackground(tag->style));
        if (tag->name == "script" || tag->name == "style" || tag->name == "template") {
            reason = tag->name + " element";
        }
        if (reason.empty() || tag->empty) {
            return tag->end;
        }
        const std::size_t end = endOfElement(*tag);
        m_found.push_back({{at, end}, textWithoutTags(m_text.substr(at, end - at)), reason});
        return end;
    }

    std::size_t comment(std::size_t at)
    {
        const std::size_t end = m_commentsEnd ? std::string_view::npos : m_text.find("-->", at + 4);
        const bool opensLine = at == 0 || m_text[at - 1] == '\n' || m_text[at - 1] == '\r';
        if (end == std::string_view::npos) {
            m_commentsEnd = true; // none of those that follow has an end either
            if (!opensLine) {
                return at + 4;
            }
        }
        const std::size_t stop = end == std::string_view::npos ? m_text.size() : end + 3;
        const std::size_t textEnd = end == std::string_view::npos ? m_text.size() : end;
        m_found.push_back(
            {{at, stop}, foldedWhitespace(m_text.substr(at + 4, textEnd - at - 4)), "HTML comment"});
        return stop;
    }

    // Past the end tag that belongs to `open`; the end of the text when there is none.
    std::size_t endOfElement(const Tag& open) const
    {
        std::size_t depth = 1;
        std::size_t at = open.end;
        while ((at = m_text.find('<', at)) != std::string_view::npos) {
            const auto tag = m_isCode(at) ? std::nullopt : tagAt(m_text, at);
            if (!tag || tag->name != open.name) {
                ++at;
                continue;
            }
            depth += tag->closes ? 0U : (tag->empty ? 0U : 1U);
            depth -= tag->closes ? 1U : 0U;
            at = tag->end;
            if (depth == 0) {
                return at;
            }
        }
        return m_text.size();
    }

    std::string_view m_text;
    const std::function<bool(std::size_t)>& m_isCode;
    std::vector<HiddenText> m_found;
    bool m_commentsEnd = false;
};

} // namespace

std::string hidingReason(std::string_view style, bool onBackground)
{
    std::string reason;
    eachDeclaration(style, [&](std::string_view name, std::string_view value) {
        reason = reasonOf(name, value, onBackground);
        return !reason.empty();
    });
    return reason;
}

bool setsBackground(std::string_view style)
{
    return eachDeclaration(style, [](std::string_view name, std::string_view value) {
        return (name == "background" || name == "background-color") && !isWhite(value) && value != "none";
    });
}

bool isVoidElement(std::string_view name)
{
    static constexpr std::array<std::string_view, 14> kVoid = {"area",  "base",   "br",    "col",  "embed",
                                                               "hr",    "img",    "input", "link", "meta",
                                                               "param", "source", "track", "wbr"};
    return std::ranges::find(kVoid, name) != kVoid.end();
}

std::vector<HiddenText> hiddenMarkup(std::string_view text, std::size_t from,
                                     const std::function<bool(std::size_t)>& isCode)
{
    return MarkupScan(text, isCode).run(from);
}

} // namespace plumbline::corpus
