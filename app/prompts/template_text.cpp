#include "app/prompts/template_text.h"

#include <algorithm>

#include "app/base/text.h"

namespace plumbline::prompts {

namespace {

bool isNameCharacter(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (!first && ((c >= '0' && c <= '9') || c == '_'));
}

// Bytes of "{{name}}" at the beginning of `text`; 0 when it is none.
std::size_t placeholderSize(std::string_view text)
{
    std::size_t at = 2;
    while (at < text.size() && isNameCharacter(text[at], at == 2)) {
        ++at;
    }
    return at > 2 && text.substr(at, 2) == "}}" ? at + 2 : 0;
}

class TemplateParser {
public:
    explicit TemplateParser(std::string_view section) : m_section(section) {}

    Result<std::vector<TemplatePiece>> run()
    {
        while (m_at < m_section.size()) {
            const std::string_view rest = m_section.substr(m_at);
            if (rest.front() == '\\') {
                backslashes();
            } else if (rest.starts_with("{{")) {
                const std::size_t size = placeholderSize(rest);
                if (size == 0) {
                    return malformed();
                }
                flush();
                m_pieces.push_back({true, std::string(rest.substr(2, size - 4)), m_at});
                m_at += size;
                m_begun = m_at;
            } else {
                m_literal += rest.front();
                ++m_at;
            }
        }
        flush();
        return std::move(m_pieces);
    }

private:
    void backslashes()
    {
        const bool lineStart = m_at == 0 || m_section[m_at - 1] == '\n';
        const std::size_t end = std::min(m_section.find_first_not_of('\\', m_at), m_section.size());
        const std::size_t count = end - m_at;
        const std::string_view next = m_section.substr(end);
        const bool braces = next.starts_with("{{") || next.starts_with("}}");
        const bool heading = lineStart && next.starts_with('#');
        m_at = end;
        if (!braces && !heading) {
            m_literal.append(count, '\\');
            return;
        }
        m_literal.append(count / 2, '\\');
        if (count % 2 == 1) {
            m_literal += next.substr(0, braces ? 2 : 1);
            m_at += braces ? 2 : 1;
        }
    }

    void flush()
    {
        if (!m_literal.empty()) {
            m_pieces.push_back({false, std::move(m_literal), m_begun});
            m_literal.clear();
        }
    }

    tl::unexpected<Error> malformed() const
    {
        return failure(
            ErrorCode::BadInput,
            "expected a placeholder such as {{question}}: lower-case letters, digits and _ between "
            "two pairs of braces, without blanks; literal braces are written \\{{",
            lineColumn(m_section, m_at));
    }

    std::string_view m_section;
    std::size_t m_at = 0;
    std::size_t m_begun = 0; // of the literal under way
    std::string m_literal;
    std::vector<TemplatePiece> m_pieces;
};

} // namespace

Result<std::vector<TemplatePiece>> parseTemplate(std::string_view section)
{
    return TemplateParser(section).run();
}

std::string lineColumn(std::string_view text, std::size_t byte, std::size_t firstLine)
{
    const std::string_view before = text.substr(0, byte);
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t newline = before.rfind('\n');
    const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    return std::to_string(firstLine + lines) + ":" + std::to_string(codePointCount(line) + 1);
}

} // namespace plumbline::prompts
