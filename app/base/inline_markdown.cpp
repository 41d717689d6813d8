#include "app/base/inline_markdown.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "app/base/html_tags.h"

namespace plumbline {

namespace {

constexpr int kNesting = 16; // of emphasis; deeper markers are text

template <typename Char>
bool isBlank(Char c)
{
    return c == Char(' ') || c == Char('\t');
}

template <typename Char>
bool isSpace(Char c)
{
    return isBlank(c) || c == Char('\n') || c == Char('\r');
}

template <typename Char>
bool isAsciiPunctuation(Char c)
{
    return (c >= Char('!') && c <= Char('/')) || (c >= Char(':') && c <= Char('@')) ||
           (c >= Char('[') && c <= Char('`')) || (c >= Char('{') && c <= Char('~'));
}

UChar32 characterAt(std::string_view text, std::size_t at)
{
    const auto* window = reinterpret_cast<const std::uint8_t*>(text.data() + at);
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 8));
    std::int32_t place = 0;
    UChar32 code = 0;
    U8_NEXT(window, place, size, code);
    return code;
}

UChar32 characterBefore(std::string_view text, std::size_t at)
{
    --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
        --at;
    }
    return characterAt(text, at);
}

UChar32 characterBefore(std::u16string_view text, std::size_t at)
{
    return text[at - 1];
}

UChar32 characterAt(std::u16string_view text, std::size_t at)
{
    return text[at];
}

template <typename Char>
class Parser {
public:
    using View = std::basic_string_view<Char>;

    explicit Parser(View text) : m_text(text) {}

    std::vector<InlineMarkdownRun> parse()
    {
        parse(0, m_text.size(), {});
        return std::move(m_runs);
    }

private:
    static constexpr std::size_t kNone = View::npos;

    void parse(std::size_t from, std::size_t to, const InlineMarkdownRun& style)
    {
        ++m_depth;
        std::size_t plain = from;
        for (std::size_t at = from; at < to;) {
            const std::size_t next = special(at, to, plain, style);
            plain = next == at ? plain : next;
            at = next == at ? at + 1 : next;
        }
        add(plain, to, style);
        --m_depth;
    }

    // Handles what begins at `at`; gives where the text goes on, or `at` when nothing special begins there.
    std::size_t special(std::size_t at, std::size_t to, std::size_t plain, const InlineMarkdownRun& style)
    {
        const Char c = m_text[at];
        if (c == Char('\\') && at + 1 < to && isAsciiPunctuation(m_text[at + 1])) {
            add(plain, at, style);
            add(at + 1, at + 2, style);
            return at + 2;
        }
        if (c == Char('\n')) {
            add(plain, at + 1, style);
            std::size_t next = at + 1;
            while (next < to && isBlank(m_text[next])) {
                ++next;
            }
            return next;
        }
        switch (c) {
        case Char('`'):
            return code(at, to, plain, style);
        case Char('*'):
            return emphasis(at, to, plain, style);
        case Char('_'):
            return at > 0 && u_isalnum(characterBefore(m_text, at)) != 0 ? at
                                                                         : emphasis(at, to, plain, style);
        case Char('!'):
            return at + 1 < to && m_text[at + 1] == Char('[') ? link(at, to, plain, style) : at;
        case Char('['):
            return link(at, to, plain, style);
        case Char('<'):
            return tag(at, to, plain, style);
        case Char('{'):
            return attributes(at, to, plain, style);
        default:
            return at;
        }
    }

    std::size_t find(std::basic_string_view<Char> what, std::size_t from, std::size_t to) const
    {
        const std::size_t found = m_text.substr(0, to).find(what, from);
        return found;
    }

    std::size_t code(std::size_t at, std::size_t to, std::size_t plain, InlineMarkdownRun style)
    {
        std::size_t ticks = 0;
        while (at + ticks < to && m_text[at + ticks] == Char('`')) {
            ++ticks;
        }
        const std::size_t end = find(m_text.substr(at, ticks), at + ticks, to);
        if (end == kNone) {
            return at;
        }
        add(plain, at, style);
        style.code = true;
        add(at + ticks, end, style);
        return end + ticks;
    }

    std::size_t emphasis(std::size_t at, std::size_t to, std::size_t plain, InlineMarkdownRun style)
    {
        const Char marker = m_text[at];
        const std::size_t width = at + 1 < to && m_text[at + 1] == marker ? 2 : 1;
        const std::size_t inside = at + width;
        if (inside >= to || isSpace(m_text[inside]) || m_depth > kNesting) {
            return at;
        }
        const View closing = m_text.substr(at, width);
        std::size_t end = inside;
        while ((end = find(closing, end, to)) != kNone) {
            const bool wordGoesOn =
                marker == Char('_') && end + width < to && u_isalnum(characterAt(m_text, end + width)) != 0;
            if (end > inside && !isSpace(m_text[end - 1]) && !wordGoesOn) {
                break;
            }
            ++end;
        }
        if (end == kNone) {
            return at;
        }
        add(plain, at, style);
        (width == 2 ? style.strong : style.emphasis) = true;
        parse(inside, end, style);
        return end + width;
    }

    std::size_t link(std::size_t at, std::size_t to, std::size_t plain, InlineMarkdownRun style)
    {
        static constexpr std::array<Char, 2> kMiddle = {Char(']'), Char('(')};
        const bool image = m_text[at] == Char('!');
        const std::size_t label = at + (image ? 2 : 1);
        const std::size_t middle = find(View(kMiddle.data(), kMiddle.size()), label, to);
        const std::size_t end = middle == kNone ? kNone : m_text.substr(0, to).find(Char(')'), middle);
        if (end == kNone || m_text.substr(label, middle - label).find(Char('\n')) != kNone) {
            return at;
        }
        add(plain, at, style);
        if (image) {
            style.emphasis = true; // its description; the picture itself is never fetched
        } else {
            style.link = {middle + 2, end};
        }
        add(label, middle, style);
        return end + 1;
    }

    std::size_t tag(std::size_t at, std::size_t to, std::size_t plain, InlineMarkdownRun style)
    {
        const auto found = htmlTagAt(m_text.substr(0, to), at);
        const HtmlTagEffect effect = found ? effectOf(found->name) : HtmlTagEffect::Shown;
        if (effect == HtmlTagEffect::Shown) {
            return at;
        }
        add(plain, at, style);
        if (effect == HtmlTagEffect::Break) {
            style.space = true;
            add(at, at + 1, style);
        }
        return found->end;
    }

    // "{:target=_blank}" and its like, on one line, as kramdown and Python-Markdown write them.
    std::size_t attributes(std::size_t at, std::size_t to, std::size_t plain, const InlineMarkdownRun& style)
    {
        if (at + 1 >= to || m_text[at + 1] != Char(':')) {
            return at;
        }
        for (std::size_t end = at + 2; end < to && m_text[end] != Char('\n') && m_text[end] != Char('{');
             ++end) {
            if (m_text[end] == Char('}')) {
                add(plain, at, style);
                return end + 1;
            }
        }
        return at;
    }

    void add(std::size_t from, std::size_t to, InlineMarkdownRun style)
    {
        if (to > from) {
            style.span = {from, to};
            m_runs.push_back(style);
        }
    }

    View m_text;
    std::vector<InlineMarkdownRun> m_runs;
    int m_depth = 0;
};

} // namespace

template <typename Char>
std::vector<InlineMarkdownRun> inlineMarkdown(std::basic_string_view<Char> text)
{
    return Parser<Char>(text).parse();
}

template std::vector<InlineMarkdownRun> inlineMarkdown(std::string_view);
template std::vector<InlineMarkdownRun> inlineMarkdown(std::u16string_view);

std::string plainInlineMarkdown(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities = {
        {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}}};
    std::string plain;
    for (const InlineMarkdownRun& run : inlineMarkdown(text)) {
        std::string piece = run.space ? " " : std::string(text.substr(run.span.start, run.span.size()));
        if (!run.code) {
            for (const auto& [entity, character] : kEntities) {
                for (std::size_t at = piece.find(entity); at != std::string::npos;
                     at = piece.find(entity, at + 1)) {
                    piece.replace(at, entity.size(), character);
                }
            }
        }
        plain += piece;
    }
    return foldedWhitespace(plain);
}

} // namespace plumbline
