// Tests of promptfoo in a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace plumbline::evals {

// A column is a variable; __expected, __expected1 … are assertions, __metric, __threshold, __prefix, __suffix
// and
// __config:__expectedN:threshold what they say; other columns with "__" are passed over. Each test carries
// its line as "__where". Errors of parseCsv(); BadInput: a row without all its fields.
Result<std::vector<nlohmann::ordered_json>> testsOfCsv(std::string_view text, const std::string& name);

// "contains: a text", "not-is-json", "rouge-n(0.5): …", "javascript: …"; all else is what the output must
// equal.
nlohmann::ordered_json assertionOfCell(std::string_view cell);

} // namespace plumbline::evals
