#include "app/evals/js_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "app/base/json_values.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// How many bytes of white space begin the text: one character, or none.
std::size_t spaceBefore(std::string_view text)
{
    if (!text.empty() && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')))
        return 1;
    for (const std::string_view space :
         {"\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
          "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"})
        if (text.starts_with(space))
            return space.size();
    return 0;
}

// Where the last character begins.
std::size_t lastCharacter(std::string_view text)
{
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        --at;
    return at;
}

std::string utf8(const icu::UnicodeString& text)
{
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString utf16(std::string_view text)
{
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// Digits and the place of the point: value = 0.DIGITS x 10^point.
std::string placed(const std::string& digits, int point)
{
    const int count = static_cast<int>(digits.size());
    if (point >= count && point <= 21)
        return digits + std::string(static_cast<std::size_t>(point - count), '0');
    if (point > 0 && point <= 21)
        return digits.substr(0, static_cast<std::size_t>(point)) + "." +
               digits.substr(static_cast<std::size_t>(point));
    if (point > -6 && point <= 0)
        return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    const int exponent = point - 1;
    const std::string tail = (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    return count == 1 ? digits + tail : digits.substr(0, 1) + "." + digits.substr(1) + tail;
}

} // namespace

std::string jsNumber(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (value == 0)
        return "0";
    if (value < 0)
        return "-" + jsNumber(-value);
    if (std::isinf(value))
        return "Infinity";
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string text(buffer.data(), end.ptr);
    const std::size_t e = text.find('e');
    std::string digits = text.substr(0, 1);
    if (e > 2)
        digits += text.substr(2, e - 2);
    return placed(digits, std::stoi(text.substr(e + 1)) + 1);
}

std::string jsJson(const ordered_json& value)
{
    if (value.is_number())
        return std::isfinite(value.get<double>()) ? jsNumber(value.get<double>()) : "null";
    if (value.is_array()) {
        std::string out = "[";
        for (const auto& item : value)
            out += (out.size() > 1 ? "," : "") + jsJson(item);
        return out + "]";
    }
    if (value.is_object()) {
        std::string out = "{";
        for (const auto& [key, item] : value.items())
            out += (out.size() > 1 ? "," : "") + ordered_json(key).dump() + ":" + jsJson(item);
        return out + "}";
    }
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string jsString(const ordered_json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_object())
        return "[object Object]";
    if (value.is_array()) {
        std::string out;
        bool first = true;
        for (const auto& item : value) {
            out += (first ? "" : ",") + (item.is_null() ? std::string() : jsString(item));
            first = false;
        }
        return out;
    }
    return jsJson(value);
}

bool jsParseNumber(std::string_view text, double& number)
{
    text = jsTrim(text);
    number = 0;
    if (text.empty())
        return true;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        unsigned long long hex = 0;
        const auto read = std::from_chars(text.data() + 2, text.data() + text.size(), hex, 16);
        number = static_cast<double>(hex);
        return read.ec == std::errc() && read.ptr == text.data() + text.size();
    }
    if (text.front() == '+')
        text.remove_prefix(1);
    if (text.empty() || (text.front() == '+' || text.find_first_of("nN") != std::string_view::npos))
        return false;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string jsLower(std::string_view text)
{
    return utf8(utf16(text).toLower(icu::Locale::getRoot()));
}

std::string jsUpper(std::string_view text)
{
    return utf8(utf16(text).toUpper(icu::Locale::getRoot()));
}

std::string_view jsTrim(std::string_view text)
{
    while (const std::size_t space = spaceBefore(text))
        text.remove_prefix(space);
    while (!text.empty() && spaceBefore(text.substr(lastCharacter(text))) > 0)
        text.remove_suffix(text.size() - lastCharacter(text));
    return text;
}

std::vector<std::string> jsWords(std::string_view text)
{
    text = jsTrim(text);
    std::vector<std::string> words(1);
    while (!text.empty()) {
        if (spaceBefore(text) == 0) {
            words.back() += text.front();
            text.remove_prefix(1);
            continue;
        }
        while (const std::size_t space = spaceBefore(text))
            text.remove_prefix(space);
        words.emplace_back();
    }
    return words;
}

std::u16string jsUnits(std::string_view text)
{
    const icu::UnicodeString units = utf16(text);
    return {units.getBuffer(), static_cast<std::size_t>(units.length())};
}

ordered_json jsParseJson(std::string_view text)
{
    constexpr std::string_view kMark = "\xEF\xBB\xBF"; // JSON.parse takes no byte order mark
    if (text.starts_with(kMark))
        return ordered_json(ordered_json::value_t::discarded);
    return ordered_json::parse(text, nullptr, false);
}

bool jsEqual(const ordered_json& left, const ordered_json& right)
{
    return canonicalJson(left) == canonicalJson(right);
}

} // namespace plumbline::evals
