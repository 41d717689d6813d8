// resources/schemas/labels.schema.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::prompts {

extern const std::string_view kLabelsSchema;

} // namespace plumbline::prompts
