// Our own files held against their schemas, with the first break as an error for a person.
#pragma once

#include <string_view>

#include "app/base/result.h"
#include "app/base/yaml.h"

namespace plumbline::evals {

// BadInput with file:line:column of the first value that breaks `schema` (JSON text of one built in).
Result<void> checkAgainst(std::string_view schema, const YamlDocument& document);

} // namespace plumbline::evals
