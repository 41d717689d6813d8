// The parts of workspace.yaml that speak of models: endpoints, budgets, prices.
#pragma once

#include "app/base/result.h"
#include "app/base/yaml.h"
#include "app/workspace/config.h"

namespace plumbline::workspace {

// Reads `models`, `budgets`, `prices`, `assistant.model` and `assistant.prompt` of a file that fits the
// schema. BadInput with file:line:column.
Result<void> readModelConfig(const YamlDocument& document, Config& config);

} // namespace plumbline::workspace
