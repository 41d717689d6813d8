// What stands between {{ and }}.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/evals/template.h"

namespace plumbline::evals {

// Discarded (is_discarded()): a variable that is not there. Unsupported as of renderTemplate().
Result<nlohmann::ordered_json> evaluateExpression(std::string_view text, const Variables& variables);

} // namespace plumbline::evals
