#include "app/evals/schema_check.h"

#include <string>

#include "app/base/json_schema.h"

namespace plumbline::evals {

Result<void> checkAgainst(std::string_view schema, const YamlDocument& document)
{
    const auto compiled = JsonSchema::compile(nlohmann::ordered_json::parse(schema));
    if (!compiled) {
        return tl::unexpected(compiled.error());
    }
    const auto violations = compiled->validate(document.value);
    if (violations.empty()) {
        return {};
    }
    const SchemaViolation& first = violations.front();
    const std::string key =
        first.instancePath.empty() ? std::string("the file") : "'" + first.instancePath.substr(1) + "'";
    return failure(ErrorCode::BadInput, key + ": " + first.message, document.where(first.instancePath));
}

} // namespace plumbline::evals
