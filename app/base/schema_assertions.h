// The keywords of JSON Schema that look at one value alone (the validation vocabulary).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"

namespace plumbline {

// What `instance` breaks of the keyword, said for a person; nothing when it holds, when the keyword is not an
// assertion of the dialect, or when its own value is malformed.
using SchemaAssertion = std::optional<std::string> (*)(const nlohmann::ordered_json& expected,
                                                       const nlohmann::ordered_json& instance);

// Null for a keyword that is no assertion of this dialect ("pattern" is none here: it needs the compiled
// one).
SchemaAssertion schemaAssertion(std::string_view keyword, SchemaDialect dialect);

} // namespace plumbline
