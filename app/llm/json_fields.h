// Reading JSON that a server wrote: what is missing or of another type reads as absent, never as an
// exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::llm {

struct ServerJson {
    nlohmann::json value;
    bool hasHalves = false; // texts may have marks in them (half_characters.h)
};

// Malformed UTF-8 reads as U+FFFD. Network, with what came in its place: nothing, an HTML page, JSON that
// stops in the middle, something else. The message continues a sentence that begins with the server's name.
Result<ServerJson> parseServerJson(std::string_view text);

// Null when there is none, or `object` is not one.
const nlohmann::json& fieldOf(const nlohmann::json& object, std::string_view key);

std::string textOf(const nlohmann::json& object, std::string_view key);                  // "" when absent
std::optional<double> numberOf(const nlohmann::json& object, std::string_view key);      // finite
std::optional<std::int64_t> countOf(const nlohmann::json& object, std::string_view key); // 0 or more, whole

} // namespace plumbline::llm
