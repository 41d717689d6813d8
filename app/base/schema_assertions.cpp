#include "app/base/schema_assertions.h"

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "app/base/json_values.h"
#include "app/base/text.h"

namespace plumbline {

namespace {

using nlohmann::ordered_json;
using Verdict = std::optional<std::string>;

constexpr std::size_t kMostValuesShown = 30;

bool hasType(const std::string& name, const ordered_json& value)
{
    if (name == "object")
        return value.is_object();
    if (name == "array")
        return value.is_array();
    if (name == "string")
        return value.is_string();
    if (name == "boolean")
        return value.is_boolean();
    if (name == "null")
        return value.is_null();
    return name == "integer" ? isWholeNumber(value) : name == "number" && value.is_number();
}

std::string_view nameOfType(const std::string& name)
{
    static const std::unordered_map<std::string_view, std::string_view> kNames = {
        {"object", "an object"},      {"array", "a list"}, {"string", "a text"},
        {"boolean", "true or false"}, {"null", "empty"},   {"integer", "a whole number"},
        {"number", "a number"}};
    const auto found = kNames.find(name);
    return found == kNames.end() ? std::string_view(name) : found->second;
}

Verdict checkType(const ordered_json& expected, const ordered_json& instance)
{
    const ordered_json names = expected.is_array() ? expected : ordered_json::array({expected});
    std::string words;
    for (const auto& name : names) {
        if (!name.is_string())
            continue;
        const auto& text = name.get_ref<const std::string&>();
        if (hasType(text, instance))
            return std::nullopt;
        words += words.empty() ? "" : " or ";
        words += nameOfType(text);
    }
    std::string found(kindOf(instance));
    if (instance.is_primitive() && !instance.is_null())
        found += " (" + shortJson(instance) + ")";
    return "must be " + words + ", is " + found;
}

Verdict checkEnum(const ordered_json& expected, const ordered_json& instance)
{
    if (!expected.is_array())
        return std::nullopt;
    const std::string wanted = canonicalJson(instance);
    std::string words;
    std::size_t shown = 0;
    for (const auto& one : expected) {
        if (canonicalJson(one) == wanted)
            return std::nullopt;
        if (shown++ < kMostValuesShown)
            words += (words.empty() ? "" : ", ") + shortJson(one);
    }
    if (shown > kMostValuesShown)
        words += " and " + std::to_string(shown - kMostValuesShown) + " more";
    return "must be one of " + words + "; is " + shortJson(instance);
}

Verdict checkConst(const ordered_json& expected, const ordered_json& instance)
{
    if (canonicalJson(expected) == canonicalJson(instance))
        return std::nullopt;
    return "must be " + shortJson(expected) + ", is " + shortJson(instance);
}

// Exact between integers, which a double would round.
int compare(const ordered_json& left, const ordered_json& right)
{
    const auto order = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
    if (left.is_number_float() || right.is_number_float())
        return order(left.get<double>(), right.get<double>());
    if (left.is_number_unsigned() && right.is_number_unsigned())
        return order(left.get<std::uint64_t>(), right.get<std::uint64_t>());
    if (left.is_number_unsigned() != right.is_number_unsigned()) {
        const ordered_json& other = left.is_number_unsigned() ? right : left;
        if (other.get<std::int64_t>() < 0)
            return left.is_number_unsigned() ? 1 : -1;
        return order(left.get<std::uint64_t>(), right.get<std::uint64_t>());
    }
    return order(left.get<std::int64_t>(), right.get<std::int64_t>());
}

Verdict bound(bool holds, std::string_view words, const ordered_json& expected, const ordered_json& instance)
{
    if (holds)
        return std::nullopt;
    return "must be " + std::string(words) + " " + shortJson(expected) + ", is " + shortJson(instance);
}

bool numbers(const ordered_json& expected, const ordered_json& instance)
{
    return expected.is_number() && instance.is_number();
}

Verdict checkMinimum(const ordered_json& expected, const ordered_json& instance)
{
    return bound(!numbers(expected, instance) || compare(instance, expected) >= 0, "at least", expected,
                 instance);
}

Verdict checkMaximum(const ordered_json& expected, const ordered_json& instance)
{
    return bound(!numbers(expected, instance) || compare(instance, expected) <= 0, "at most", expected,
                 instance);
}

Verdict checkExclusiveMinimum(const ordered_json& expected, const ordered_json& instance)
{
    return bound(!numbers(expected, instance) || compare(instance, expected) > 0, "more than", expected,
                 instance);
}

Verdict checkExclusiveMaximum(const ordered_json& expected, const ordered_json& instance)
{
    return bound(!numbers(expected, instance) || compare(instance, expected) < 0, "less than", expected,
                 instance);
}

bool isMultiple(const ordered_json& value, const ordered_json& of)
{
    if (value.is_number_integer() && of.is_number_integer() && of.get<std::int64_t>() != 0) {
        if (value.is_number_unsigned())
            return value.get<std::uint64_t>() % of.get<std::uint64_t>() == 0;
        const std::int64_t step = of.get<std::int64_t>();
        return step == -1 || value.get<std::int64_t>() % step == 0;
    }
    const double quotient = value.get<double>() / of.get<double>();
    if (!std::isfinite(quotient))
        return std::fmod(value.get<double>(), of.get<double>()) == 0;
    // 0.0075 / 0.0001 is not quite 75 in binary: a few units of the last place are rounding.
    return std::abs(quotient - std::round(quotient)) <= 4 * DBL_EPSILON * std::abs(quotient);
}

Verdict checkMultipleOf(const ordered_json& expected, const ordered_json& instance)
{
    return bound(!numbers(expected, instance) || isMultiple(instance, expected), "a multiple of", expected,
                 instance);
}

// A count that a keyword limits: "needs at least 2 entries, has 1".
Verdict atLeast(const ordered_json& expected, std::size_t count, std::string_view unit)
{
    if (!expected.is_number() || static_cast<double>(count) >= expected.get<double>())
        return std::nullopt;
    if (count == 0 && expected.get<double>() <= 1)
        return std::string("must not be empty");
    return "needs at least " + shortJson(expected) + " " + std::string(unit) + ", has " +
           std::to_string(count);
}

Verdict atMost(const ordered_json& expected, std::size_t count, std::string_view unit)
{
    if (!expected.is_number() || static_cast<double>(count) <= expected.get<double>())
        return std::nullopt;
    return "may have at most " + shortJson(expected) + " " + std::string(unit) + ", has " +
           std::to_string(count);
}

Verdict checkMinLength(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_string()
               ? atLeast(expected, codePointCount(instance.get_ref<const std::string&>()), "characters")
               : std::nullopt;
}

Verdict checkMaxLength(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_string()
               ? atMost(expected, codePointCount(instance.get_ref<const std::string&>()), "characters")
               : std::nullopt;
}

Verdict checkMinItems(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_array() ? atLeast(expected, instance.size(), "entries") : std::nullopt;
}

Verdict checkMaxItems(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_array() ? atMost(expected, instance.size(), "entries") : std::nullopt;
}

Verdict checkMinProperties(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_object() ? atLeast(expected, instance.size(), "keys") : std::nullopt;
}

Verdict checkMaxProperties(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_object() ? atMost(expected, instance.size(), "keys") : std::nullopt;
}

Verdict checkUniqueItems(const ordered_json& expected, const ordered_json& instance)
{
    if (!instance.is_array() || !expected.is_boolean() || !expected.get<bool>())
        return std::nullopt;
    std::unordered_set<std::string> seen;
    for (const auto& item : instance)
        if (!seen.insert(canonicalJson(item)).second)
            return "holds " + shortJson(item) + " twice; each entry may stand there once";
    return std::nullopt;
}

Verdict missingOf(const ordered_json& names, const ordered_json& instance, const std::string& condition)
{
    std::string missing;
    for (const auto& name : names)
        if (name.is_string() && !instance.contains(name.get_ref<const std::string&>()))
            missing += (missing.empty() ? "'" : ", '") + name.get_ref<const std::string&>() + "'";
    if (missing.empty())
        return std::nullopt;
    return "lacks " + missing + condition;
}

Verdict checkRequired(const ordered_json& expected, const ordered_json& instance)
{
    return instance.is_object() && expected.is_array() ? missingOf(expected, instance, "") : std::nullopt;
}

Verdict checkDependentRequired(const ordered_json& expected, const ordered_json& instance)
{
    if (!instance.is_object() || !expected.is_object())
        return std::nullopt;
    for (const auto& [key, names] : expected.items())
        if (names.is_array() && instance.contains(key))
            if (auto missing = missingOf(names, instance, ", which '" + key + "' needs"))
                return missing;
    return std::nullopt;
}

} // namespace

SchemaAssertion schemaAssertion(std::string_view keyword, SchemaDialect dialect)
{
    static const std::unordered_map<std::string_view, SchemaAssertion> kAssertions = {
        {"type", checkType},
        {"enum", checkEnum},
        {"const", checkConst},
        {"minimum", checkMinimum},
        {"maximum", checkMaximum},
        {"exclusiveMinimum", checkExclusiveMinimum},
        {"exclusiveMaximum", checkExclusiveMaximum},
        {"multipleOf", checkMultipleOf},
        {"minLength", checkMinLength},
        {"maxLength", checkMaxLength},
        {"minItems", checkMinItems},
        {"maxItems", checkMaxItems},
        {"uniqueItems", checkUniqueItems},
        {"minProperties", checkMinProperties},
        {"maxProperties", checkMaxProperties},
        {"required", checkRequired},
        {"dependentRequired", checkDependentRequired},
    };
    if (keyword == "dependentRequired" && dialect == SchemaDialect::Draft7)
        return nullptr;
    const auto found = kAssertions.find(keyword);
    return found == kAssertions.end() ? nullptr : found->second;
}

} // namespace plumbline
