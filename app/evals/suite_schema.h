// resources/schemas/suite.schema.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::evals {

extern const std::string_view kSuiteSchema;

} // namespace plumbline::evals
