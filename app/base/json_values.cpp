#include "app/base/json_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace plumbline {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShortBytes = 60;

std::string canonicalFloat(double value)
{
    char buffer[352]; // the largest double has 309 digits before the point
    std::snprintf(buffer, sizeof buffer, std::floor(value) == value ? "%.0f" : "%.17g", value);
    return std::string(buffer) == "-0" ? "0" : buffer;
}

void appendCanonical(std::string& out, const ordered_json& value)
{
    if (value.is_object()) {
        std::vector<std::pair<std::string_view, const ordered_json*>> entries;
        for (const auto& [key, inner] : value.items())
            entries.emplace_back(key, &inner);
        std::ranges::sort(entries, {}, &std::pair<std::string_view, const ordered_json*>::first);
        out += '{';
        for (const auto& [key, inner] : entries) {
            out += std::to_string(key.size()) + ":";
            out += key;
            appendCanonical(out, *inner);
            out += ',';
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (const auto& inner : value) {
            appendCanonical(out, inner);
            out += ',';
        }
        out += ']';
    } else if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        out += '"' + std::to_string(text.size()) + ":" + text;
    } else if (value.is_number_float()) {
        out += canonicalFloat(value.get<double>());
    } else {
        out += value.dump();
    }
}

} // namespace

std::string canonicalJson(const ordered_json& value)
{
    std::string out;
    appendCanonical(out, value);
    return out;
}

bool isWholeNumber(const ordered_json& value)
{
    if (!value.is_number_float())
        return value.is_number_integer();
    const double number = value.get<double>();
    return std::isfinite(number) && std::floor(number) == number;
}

std::string_view kindOf(const ordered_json& value)
{
    switch (value.type()) {
    case ordered_json::value_t::object:
        return "an object";
    case ordered_json::value_t::array:
        return "a list";
    case ordered_json::value_t::string:
        return "a text";
    case ordered_json::value_t::boolean:
        return "true or false";
    case ordered_json::value_t::number_integer:
    case ordered_json::value_t::number_unsigned:
        return "a whole number";
    case ordered_json::value_t::number_float:
        return isWholeNumber(value) ? "a whole number" : "a number";
    default:
        return "empty";
    }
}

std::string shortJson(const ordered_json& value)
{
    std::string text = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    if (text.size() <= kShortBytes)
        return text;
    std::size_t end = kShortBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

std::string pointerPart(std::string_view key)
{
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

} // namespace plumbline
