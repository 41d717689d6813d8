#include "app/evals/template.h"

#include "app/evals/js_text.h"
#include "app/evals/template_expression.h"

namespace plumbline::evals {

namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";

void dropTrailingSpace(std::string& out)
{
    const std::size_t last = out.find_last_not_of(kSpaces);
    out.erase(last == std::string::npos ? 0 : last + 1);
}

// The end of a tag, quotes inside it skipped; npos when it is not closed.
std::size_t closeOf(std::string_view text, std::size_t from, std::string_view close)
{
    char quote = 0;
    for (std::size_t i = from; i + close.size() <= text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (text.substr(i, close.size()) == close) {
            return i;
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
    }
    return std::string_view::npos;
}

std::string shown(const nlohmann::ordered_json& value)
{
    return value.is_discarded() || value.is_null() ? std::string() : jsString(value);
}

class Renderer {
public:
    Renderer(std::string_view text, const Variables& variables) : m_text(text), m_variables(variables) {}

    Result<std::string> render()
    {
        while (m_at < m_text.size()) {
            const std::size_t tag = nextTag();
            appendPlain(m_text.substr(m_at, tag - m_at));
            m_at = tag;
            if (m_at == m_text.size())
                break;
            if (auto done = takeTag(); !done)
                return tl::unexpected(done.error());
        }
        return std::move(m_out);
    }

private:
    std::size_t nextTag() const
    {
        for (std::size_t i = m_text.find('{', m_at); i < m_text.size() - 1; i = m_text.find('{', i + 1))
            if (m_text[i + 1] == '{' || m_text[i + 1] == '%' || m_text[i + 1] == '#')
                return i;
        return m_text.size();
    }

    void appendPlain(std::string_view plain)
    {
        if (m_eatSpace) {
            const std::size_t first = plain.find_first_not_of(kSpaces);
            plain.remove_prefix(first == std::string_view::npos ? plain.size() : first);
            m_eatSpace = m_eatSpace && plain.empty();
        }
        m_out += plain;
    }

    Result<void> takeTag()
    {
        const char kind = m_text[m_at + 1];
        const std::string_view close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
        const std::size_t end = kind == '#' ? m_text.find(close, m_at + 2) : closeOf(m_text, m_at + 2, close);
        if (end == std::string_view::npos)
            return failure(ErrorCode::BadInput, std::string("the template opens ") + m_text[m_at] + kind +
                                                    " and does not close it");
        std::string_view inside = m_text.substr(m_at + 2, end - m_at - 2);
        m_at = end + 2;
        m_eatSpace = false;
        if (inside.starts_with('-')) {
            dropTrailingSpace(m_out);
            inside.remove_prefix(1);
        }
        const bool eatsAfter = inside.ends_with('-');
        if (eatsAfter)
            inside.remove_suffix(1);
        if (kind == '%')
            return takeBlock(jsTrim(inside));
        if (kind == '{') {
            const auto value = evaluateExpression(inside, m_variables);
            if (!value)
                return tl::unexpected(value.error());
            m_out += shown(*value);
        }
        m_eatSpace = eatsAfter;
        return {};
    }

    Result<void> takeBlock(std::string_view name)
    {
        if (name != "raw" && name != "verbatim")
            return failure(ErrorCode::Unsupported,
                           "the template uses {% " + std::string(name.substr(0, name.find(' '))) + " %}");
        for (std::size_t i = m_text.find("{%", m_at); i != std::string_view::npos;
             i = m_text.find("{%", i + 2)) {
            const std::size_t end = m_text.find("%}", i);
            if (end == std::string_view::npos)
                break;
            if (jsTrim(m_text.substr(i + 2, end - i - 2)) == "end" + std::string(name)) {
                m_out += m_text.substr(m_at, i - m_at);
                m_at = end + 2;
                return {};
            }
        }
        return failure(ErrorCode::BadInput, "the template opens {% raw %} and does not close it");
    }

    std::string_view m_text;
    const Variables& m_variables;
    std::size_t m_at = 0;
    std::string m_out;
    bool m_eatSpace = false;
};

} // namespace

Result<std::string> renderTemplate(std::string_view text, const Variables& variables)
{
    return Renderer(text, variables).render();
}

} // namespace plumbline::evals
