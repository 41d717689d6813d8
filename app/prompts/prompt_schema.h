// resources/schemas/prompt.schema.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::prompts {

extern const std::string_view kPromptSchema;

} // namespace plumbline::prompts
