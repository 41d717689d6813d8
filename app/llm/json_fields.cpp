#include "app/llm/json_fields.h"

#include <cmath>

#include "app/base/text.h"
#include "app/llm/half_characters.h"

namespace plumbline::llm {

namespace {

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
    const std::string valid = toValidUtf8(text);
    const std::string marked = withHalvesMarked(valid);
    result.hasHalves = marked != valid;
    result.value = nlohmann::json::parse(marked, nullptr, false);
    if (!result.value.is_discarded())
        return result;
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
