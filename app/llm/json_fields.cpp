#include "app/llm/json_fields.h"

#include <cmath>

#include "app/base/text.h"

namespace plumbline::llm {

namespace {

// A server that cuts its answer into pieces by UTF-16 units writes the halves of a pair into two events.
// Strict JSON has no such text: the half becomes U+FFFD.
class SurrogateMending {
public:
    explicit SurrogateMending(std::string_view text) : m_text(text) {}

    std::string mended()
    {
        while (m_at < m_text.size()) {
            const bool escape = m_text[m_at] == '\\';
            if (!escape) {
                m_out += m_text[m_at++];
            } else if (const int unit = unitAt(m_at); unit < 0) {
                copy(2);
            } else if (isHigh(unit) && isLow(unitAt(m_at + 6))) {
                copy(12);
            } else if (isHigh(unit) || isLow(unit)) {
                m_out += "\\ufffd";
                m_at += 6;
            } else {
                copy(6);
            }
        }
        return std::move(m_out);
    }

private:
    static bool isHigh(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
    static bool isLow(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

    void copy(std::size_t count)
    {
        m_out += m_text.substr(m_at, count);
        m_at += std::min(count, m_text.size() - m_at);
    }

    // Of "\uXXXX" at a byte; -1 when none stands there.
    int unitAt(std::size_t at) const
    {
        if (at + 6 > m_text.size() || m_text[at] != '\\' || m_text[at + 1] != 'u')
            return -1;
        int unit = 0;
        for (const char digit : m_text.substr(at + 2, 4)) {
            const std::size_t value = std::string_view("0123456789abcdef").find(asciiLower({&digit, 1}));
            if (value == std::string_view::npos)
                return -1;
            unit = unit * 16 + static_cast<int>(value);
        }
        return unit;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

std::string whatCameInstead(std::string_view text)
{
    const std::string_view whole = trimmed(text);
    if (whole.empty())
        return "answers with nothing where JSON was expected";
    if (whole.front() == '<')
        return "answers with an HTML page instead of JSON; is the url that of the API, up to and with /v1?";
    const bool begun = whole.front() == '{' || whole.front() == '[';
    if (begun && whole.back() != '}' && whole.back() != ']')
        return "answers with JSON that stops in the middle, after " + std::to_string(text.size()) +
               " bytes; see the server's log";
    return "answers with something that is not JSON; is the url that of the API, up to and with /v1?";
}

} // namespace

Result<ServerJson> parseServerJson(std::string_view text)
{
    ServerJson result;
    result.value = nlohmann::json::parse(text, nullptr, false);
    if (!result.value.is_discarded())
        return result;
    if (text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos) {
        result.value = nlohmann::json::parse(SurrogateMending(text).mended(), nullptr, false);
        result.mended = true;
        if (!result.value.is_discarded())
            return result;
    }
    return failure(ErrorCode::Network, whatCameInstead(text));
}

const nlohmann::json& fieldOf(const nlohmann::json& object, std::string_view key)
{
    static const nlohmann::json kNull;
    if (!object.is_object())
        return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

std::string textOf(const nlohmann::json& object, std::string_view key)
{
    const nlohmann::json& field = fieldOf(object, key);
    return field.is_string() ? field.get<std::string>() : std::string();
}

std::optional<double> numberOf(const nlohmann::json& object, std::string_view key)
{
    const nlohmann::json& field = fieldOf(object, key);
    if (!field.is_number())
        return {};
    const double value = field.get<double>();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> countOf(const nlohmann::json& object, std::string_view key)
{
    constexpr double kLargest = 1e15; // whole in a double, and far from overflow when summed
    const auto value = numberOf(object, key);
    if (!value || *value < 0 || *value > kLargest || std::floor(*value) != *value)
        return {};
    return static_cast<std::int64_t>(*value);
}

} // namespace plumbline::llm
