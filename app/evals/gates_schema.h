// resources/schemas/gates.schema.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::evals {

extern const std::string_view kGatesSchema;

} // namespace plumbline::evals
