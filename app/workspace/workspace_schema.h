// resources/schemas/workspace.schema.json, built into the program.
#pragma once

#include <string_view>

namespace plumbline::workspace {

extern const std::string_view kWorkspaceSchema;

} // namespace plumbline::workspace
