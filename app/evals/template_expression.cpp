#include "app/evals/template_expression.h"

#include <cctype>
#include <optional>
#include <vector>

#include "app/base/text.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Values = std::vector<ordered_json>;

const ordered_json kUndefined(ordered_json::value_t::discarded);

bool isAbsent(const ordered_json& value)
{
    return value.is_discarded() || value.is_null();
}

std::string textOf(const ordered_json& value)
{
    return isAbsent(value) ? std::string() : jsString(value);
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to)
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t hit = text.find(from); !from.empty() && hit != std::string::npos;
         hit = text.find(from, at)) {
        out += text.substr(at, hit - at) + to;
        at = hit + from.size();
    }
    return out + text.substr(at);
}

std::string capitalized(const std::string& text)
{
    const std::string lower = jsLower(text);
    const CodePoints points(lower);
    const std::string_view first = points.slice({0, 1});
    return jsUpper(first) + lower.substr(first.size());
}

std::string titled(const std::string& text)
{
    std::string out;
    for (const std::string_view word : split(text, ' '))
        out += (out.empty() ? "" : " ") + capitalized(std::string(word));
    return out;
}

ordered_json lengthOf(const ordered_json& value)
{
    if (value.is_array() || value.is_object())
        return value.size();
    return value.is_string() ? jsUnits(value.get<std::string>()).size() : 0;
}

ordered_json joined(const ordered_json& value, const std::string& by)
{
    std::string out;
    bool first = true;
    for (const auto& item : value) {
        out += (first ? "" : by) + textOf(item);
        first = false;
    }
    return out;
}

ordered_json endOf(const ordered_json& value, bool last)
{
    if (value.is_array())
        return value.empty() ? kUndefined : last ? value.back() : value.front();
    const std::string text = textOf(value);
    const CodePoints points(text);
    const std::size_t at = last && points.size() > 0 ? points.size() - 1 : 0;
    return std::string(points.slice({at, at + 1}));
}

// Empty: no filter of that name here.
std::optional<ordered_json> filtered(std::string_view name, const ordered_json& value, const Values& given)
{
    const auto argument = [&](std::size_t i) { return i < given.size() ? given[i] : kUndefined; };
    if (name == "upper")
        return jsUpper(textOf(value));
    if (name == "lower")
        return jsLower(textOf(value));
    if (name == "trim")
        return std::string(jsTrim(textOf(value)));
    if (name == "capitalize")
        return capitalized(textOf(value));
    if (name == "title")
        return titled(textOf(value));
    if (name == "length")
        return lengthOf(value);
    if (name == "safe" || name == "string")
        return name == "safe" ? value : ordered_json(textOf(value));
    if (name == "default" || name == "d") {
        const bool alsoFalse = argument(1).is_boolean() && argument(1).get<bool>();
        const bool empty = alsoFalse && (textOf(value).empty() || value == false || value == 0);
        return value.is_discarded() || empty ? argument(0) : value;
    }
    if (name == "replace" && given.size() == 2)
        return replaced(textOf(value), textOf(given[0]), textOf(given[1]));
    if (name == "join" && value.is_array())
        return joined(value, textOf(argument(0)));
    if (name == "first" || name == "last")
        return endOf(value, name == "last");
    if (name == "dump" && given.empty() && !value.is_discarded())
        return jsJson(value);
    return std::nullopt;
}

class Expression {
public:
    Expression(std::string_view text, const Variables& variables) : m_text(text), m_variables(variables) {}

    Result<ordered_json> value()
    {
        auto value = operand();
        skipSpace();
        while (value && take('|')) {
            value = filter(*value);
            skipSpace();
        }
        if (value && m_at != m_text.size())
            return unsupported();
        return value;
    }

private:
    tl::unexpected<Error> unsupported() const
    {
        return failure(ErrorCode::Unsupported, "the template has an expression that is not read here: {{" +
                                                   std::string(m_text) + "}}");
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])) != 0)
            ++m_at;
    }

    bool take(char c)
    {
        skipSpace();
        const bool there = m_at < m_text.size() && m_text[m_at] == c;
        m_at += there ? 1 : 0;
        return there;
    }

    std::string_view name()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[m_at])) != 0 ||
                                        m_text[m_at] == '_' || m_text[m_at] == '$'))
            ++m_at;
        return m_text.substr(start, m_at - start);
    }

    std::optional<std::string> quoted()
    {
        const char quote = m_text[m_at++];
        std::string out;
        for (; m_at < m_text.size(); ++m_at) {
            char c = m_text[m_at];
            if (c == quote) {
                ++m_at;
                return out;
            }
            if (c == '\\' && m_at + 1 < m_text.size()) {
                c = m_text[++m_at];
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
            out += c;
        }
        return std::nullopt;
    }

    Result<ordered_json> operand()
    {
        skipSpace();
        if (m_at == m_text.size())
            return unsupported();
        const char c = m_text[m_at];
        if (c == '"' || c == '\'') {
            const auto text = quoted();
            return text ? Result<ordered_json>(*text) : unsupported();
        }
        const std::string_view word = name();
        if (word.empty())
            return unsupported();
        if (double number = 0; std::isdigit(static_cast<unsigned char>(c)) != 0)
            return jsParseNumber(word, number) ? Result<ordered_json>(number) : unsupported();
        if (word == "true" || word == "false")
            return ordered_json(word == "true");
        if (word == "none" || word == "null")
            return ordered_json();
        if (word == "env" || word == "not" || word == "range" || word == "cycler" || word == "joiner")
            return unsupported();
        return followed(word);
    }

    // The variable, and the keys behind it.
    Result<ordered_json> followed(std::string_view word)
    {
        const auto found = m_variables.find(word);
        ordered_json value = found == m_variables.end() ? kUndefined : ordered_json(found->second);
        bool first = true;
        while (m_at < m_text.size() && (m_text[m_at] == '.' || m_text[m_at] == '[')) {
            ordered_json key;
            if (m_text[m_at++] == '.') {
                key = std::string(name());
            } else {
                auto inside = operand();
                if (!inside || !take(']'))
                    return unsupported();
                key = *inside;
            }
            if (first && value.is_string())
                value = jsParseJson(value.get<std::string>());
            first = false;
            value = memberOf(value, key);
        }
        return value;
    }

    static ordered_json memberOf(const ordered_json& value, const ordered_json& key)
    {
        if (value.is_object()) {
            const auto member = value.find(jsString(key));
            return member == value.end() ? kUndefined : *member;
        }
        if (value.is_array() && key == "length")
            return value.size();
        if (double index = -1; value.is_array() && jsParseNumber(jsString(key), index))
            if (index >= 0 && index < static_cast<double>(value.size()))
                return value[static_cast<std::size_t>(index)];
        return kUndefined;
    }

    Result<ordered_json> filter(const ordered_json& value)
    {
        skipSpace();
        const std::string_view called = name();
        Values given;
        if (take('(') && !take(')')) {
            do {
                auto argument = operand();
                if (!argument)
                    return argument;
                given.push_back(std::move(*argument));
            } while (take(','));
            if (!take(')'))
                return unsupported();
        }
        auto out = filtered(called, value, given);
        return out ? Result<ordered_json>(std::move(*out)) : unsupported();
    }

    std::string_view m_text;
    const Variables& m_variables;
    std::size_t m_at = 0;
};

} // namespace

Result<ordered_json> evaluateExpression(std::string_view text, const Variables& variables)
{
    return Expression(text, variables).value();
}

} // namespace plumbline::evals
