// Text and values as ECMAScript sees them, so that an imported assertion means here what it meant there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace plumbline::evals {

// Number::toString of ECMA-262: "1", "0.1", "1e+21".
std::string jsNumber(double value);

// JSON.stringify without indentation.
std::string jsJson(const nlohmann::ordered_json& value);

// String(value): lists joined by commas, a mapping is "[object Object]".
std::string jsString(const nlohmann::ordered_json& value);

// Number(text): white space at the ends does not count, empty is 0; false when it is no number.
bool jsParseNumber(std::string_view text, double& number);

// String.prototype.toLowerCase and toUpperCase, by Unicode's full mappings without a language.
std::string jsLower(std::string_view text);
std::string jsUpper(std::string_view text);

// String.prototype.trim: white space and line ends of ECMA-262 11.2 and 11.3.
std::string_view jsTrim(std::string_view text);

// text.trim().split(/\s+/): one empty word for a blank text.
std::vector<std::string> jsWords(std::string_view text);

// What String.prototype.length counts.
std::u16string jsUnits(std::string_view text);

// JSON.parse; discarded (is_discarded()) when it throws.
nlohmann::ordered_json jsParseJson(std::string_view text);

// util.isDeepStrictEqual for what JSON can hold: keys in any order, 1 and 1.0 the same.
bool jsEqual(const nlohmann::ordered_json& left, const nlohmann::ordered_json& right);

} // namespace plumbline::evals
