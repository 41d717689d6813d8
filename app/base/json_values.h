// JSON values as JSON Schema compares and names them.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace plumbline {

// A text that is the same for equal values and for no others: keys sorted, 1.0 as 1.
std::string canonicalJson(const nlohmann::ordered_json& value);

// An integer, or a float without a fraction.
bool isWholeNumber(const nlohmann::ordered_json& value);

// "a text", "a whole number", …
std::string_view kindOf(const nlohmann::ordered_json& value);

// The value for a message: compact, cut after some 60 bytes at a character.
std::string shortJson(const nlohmann::ordered_json& value);

// One part of a JSON Pointer, with ~ and / escaped (RFC 6901).
std::string pointerPart(std::string_view key);

} // namespace plumbline
