#include "app/base/linear_pattern.h"

#include <cctype>
#include <cmath>
#include <vector>

namespace plumbline {

namespace {

constexpr double kMostSteps = 2e6;
// ECMA-262 5.1, sections 7.2 and 7.3: what \s means there.
constexpr std::string_view kSpaces =
    R"(\t\n\x{0B}\f\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F})"
    R"(\x{205F}\x{3000}\x{FEFF})";

bool isHex(std::string_view text)
{
    for (const char c : text) {
        if (std::isxdigit(static_cast<unsigned char>(c)) == 0) {
            return false;
        }
    }
    return true;
}

class Translator {
public:
    explicit Translator(std::string_view pattern) : m_in(pattern) {}

    std::optional<std::string> translate()
    {
        while (m_at < m_in.size()) {
            if (!(m_in[m_at] == '\\' ? escape() : plain())) {
                return std::nullopt;
            }
        }
        return m_out;
    }

private:
    bool plain()
    {
        const char c = m_in[m_at++];
        const std::string_view rest = m_in.substr(m_at);
        if (m_inClass) {
            m_inClass = c != ']';
            m_out += c == '[' ? "\\[" : std::string(1, c);
            return c != '&' && c != '~' && c != '-' ? true : rest.empty() || rest.front() != c;
        }
        if (c == '[') {
            m_inClass = true;
            const bool empty = rest.starts_with(']') || rest.starts_with("^]"); // nothing, or anything
            m_out += c;
            return !empty;
        }
        if (c == '.') {
            m_out += R"([^\n\r\x{2028}\x{2029}])";
            return true;
        }
        if (c == '(' && rest.starts_with('?') && !rest.starts_with("?:")) {
            return false;
        }
        m_out += c;
        return true;
    }

    bool codePoint(std::size_t digits)
    {
        const std::string_view hex = m_in.substr(m_at, digits);
        if (hex.size() < digits || !isHex(hex) || hex.starts_with("D8") || hex.starts_with("d8")) {
            return false;
        }
        m_at += digits;
        m_out += "\\x{" + std::string(hex) + "}";
        return true;
    }

    bool escape()
    {
        if (m_at + 1 >= m_in.size()) {
            return false;
        }
        const char c = m_in[m_at + 1];
        m_at += 2;
        switch (c) {
        case 's':
            m_out += m_inClass ? std::string(kSpaces) : "[" + std::string(kSpaces) + "]";
            return true;
        case 'S':
            m_out += "[^" + std::string(kSpaces) + "]";
            return !m_inClass;
        case 'b':
        case 'B':
            m_out += std::string("\\") + c;
            return !m_inClass;
        case 'x':
            return codePoint(2);
        case 'u':
            return codePoint(4);
        case 'd':
        case 'D':
        case 'w':
        case 'W':
        case 'n':
        case 'r':
        case 't':
        case 'f':
        case 'v':
            m_out += std::string("\\") + c;
            return true;
        default:
            m_out += std::string("\\") + c;
            return std::ispunct(static_cast<unsigned char>(c)) != 0;
        }
    }

    std::string_view m_in;
    std::string m_out;
    std::size_t m_at = 0;
    bool m_inClass = false;
};

bool isQuantifier(char c)
{
    return c == '*' || c == '+' || c == '{' || c == '?';
}

} // namespace

std::optional<std::string> asLinearPattern(std::string_view pattern)
{
    return Translator(pattern).translate();
}

bool mayBacktrackLong(std::string_view pattern, std::size_t length)
{
    std::vector<bool> branches = {false}; // for each open group: does it repeat or choose inside
    bool nested = false;
    bool inClass = false;
    int repetitions = pattern.starts_with('^') ? 0 : 1;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\') {
            ++i;
        } else if (inClass || c == '[') {
            inClass = c != ']';
        } else if (c == '(') {
            branches.push_back(false);
            i += i + 1 < pattern.size() && pattern[i + 1] == '?' ? 1U : 0U; // "(?=" is no repetition
        } else if (c == ')' && branches.size() > 1) {
            const bool inside = branches.back();
            branches.pop_back();
            branches.back() = branches.back() || inside;
            nested = nested || (inside && i + 1 < pattern.size() && isQuantifier(pattern[i + 1]));
        } else if (c == '|' || isQuantifier(c)) {
            branches.back() = true;
            repetitions += c == '|' || c == '?' ? 0 : 1;
        }
    }
    const auto size = static_cast<double>(length);
    return (nested ? std::exp2(size) : std::pow(size, repetitions)) > kMostSteps;
}

} // namespace plumbline
