#include "app/corpus/markdown_source.h"

#include <algorithm>
#include <array>

namespace plumbline::corpus {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// What may stand before the content of a line: indentation, quote and list markers, rules.
struct LinePrefix {
    std::size_t size = 0;
    std::size_t markers = 0;
    bool rule = true; // nothing but one of "-*_" and blanks up to here
};

LinePrefix prefixOf(std::string_view line)
{
    LinePrefix prefix;
    char mark = 0;
    for (; prefix.size < line.size(); ++prefix.size) {
        const char c = line[prefix.size];
        const bool last = prefix.size + 1 == line.size() || isBlank(line[prefix.size + 1]);
        if (isBlank(c)) {
            continue;
        }
        if (c == '>' || c == '.' || c == ')') {
            prefix.markers += c == '>' || last ? 1U : 0U;
            prefix.rule = false;
        } else if (c == '-' || c == '*' || c == '_' || c == '+') {
            prefix.markers += last && c != '_' ? 1U : 0U;
            prefix.rule = prefix.rule && c != '+' && (mark == 0 || mark == c);
            mark = c;
        } else if (isDigit(c)) {
            prefix.rule = false;
        } else {
            break;
        }
    }
    prefix.rule = prefix.rule && prefix.size == line.size();
    return prefix;
}

// "</script" and its like end a block of raw HTML from the middle of a line.
bool endsRawHtml(std::string_view rest)
{
    static constexpr std::array<std::string_view, 4> kEnds = {"</script", "</style", "</pre", "</textarea"};
    if (rest.size() < 5 || rest[1] != '/') {
        return false;
    }
    const std::string lower = asciiLower(rest.substr(0, 10));
    return std::ranges::any_of(kEnds, [&](std::string_view end) { return lower.starts_with(end); });
}

void blankInlines(std::string& text, std::size_t from, std::size_t end)
{
    static constexpr std::array<bool, 256> kSpecial = [] {
        std::array<bool, 256> special{};
        for (const char c : {'*', '_', '[', ']', '`', '!', '<', '&', '\0'}) {
            special[static_cast<unsigned char>(c)] = true;
        }
        return special;
    }();
    for (std::size_t i = from; i < end; ++i) {
        if (!kSpecial[static_cast<unsigned char>(text[i])]) {
            continue;
        }
        const std::string_view rest(text.data() + i, end - i);
        if (rest.starts_with("]]>")) {
            i += 2;
        } else if (rest.front() != '<' || !endsRawHtml(rest)) {
            text[i] = 'x';
        }
    }
}

} // namespace

MarkdownLines::MarkdownLines(std::string_view text, std::size_t from) : m_text(text)
{
    m_starts.push_back(from);
    while (from < text.size()) {
        std::size_t end = text.find_first_of("\r\n", from);
        if (end == std::string_view::npos) {
            end = text.size();
        } else {
            end += text.substr(end).starts_with("\r\n") ? 2U : 1U;
        }
        m_starts.push_back(end);
        from = end;
    }
    if (m_starts.size() == 1) {
        m_starts.push_back(from);
    }
}

std::size_t MarkdownLines::end(std::size_t line) const
{
    std::size_t end = m_starts[line + 1];
    while (end > m_starts[line] && (m_text[end - 1] == '\n' || m_text[end - 1] == '\r')) {
        --end;
    }
    return end;
}

Result<std::string> blockSkeleton(std::string_view text, const MarkdownLines& lines, int nesting)
{
    std::string skeleton(text);
    for (std::size_t line = 0; line < lines.count(); ++line) {
        const std::size_t start = lines.start(line);
        const std::size_t end = lines.end(line);
        const std::string_view content = text.substr(start, end - start);
        const LinePrefix prefix = prefixOf(content);
        if (prefix.markers > static_cast<std::size_t>(nesting) && !prefix.rule) {
            return failure(
                ErrorCode::TooLarge,
                "lists or quotes are nested deeper than " + std::to_string(nesting) + " at line " +
                    std::to_string(1 + std::count(text.begin(),
                                                  text.begin() + static_cast<std::ptrdiff_t>(start), '\n')));
        }
        std::size_t from = start + prefix.size;
        const std::string_view rest = content.substr(prefix.size);
        if (rest.starts_with("```")) {
            continue; // a fence; its info string may not hold a backtick
        }
        if (rest.starts_with('<')) {
            from += std::min<std::size_t>(rest.size(), 9); // up to "<![CDATA["
        }
        blankInlines(skeleton, from, end);
        std::replace(skeleton.begin() + static_cast<std::ptrdiff_t>(start),
                     skeleton.begin() + static_cast<std::ptrdiff_t>(end), '\0', ' ');
    }
    return skeleton;
}

} // namespace plumbline::corpus
