#include "app/base/json_schema.h"
#include "app/base/yaml.h"
#include "app/evals/assertion_check.h"
#include "app/evals/js_text.h"
#include "app/evals/json_in_text.h"
#include "app/evals/schema_formats.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

bool isGiven(const ordered_json& value)
{
    return !(value.is_null() || value == false || value == 0 || value == "");
}

// promptfoo reads schemas with Ajv, whose dialect is draft 7; a schema of another draft names it.
JsonSchema schemaOf(const ordered_json& value)
{
    ordered_json schema = value;
    if (value.is_string()) {
        auto parsed = parseYaml(value.get<std::string>(), "schema");
        if (!parsed)
            throw NotExecutable{"the schema is no YAML: " + parsed.error().message};
        schema = std::move(parsed->value);
    }
    if (!schema.is_object())
        throw NotExecutable{"the value must be a JSON Schema"};
    auto checking = withFormats(schema);
    if (!checking)
        throw NotExecutable{checking.error().message};
    auto compiled = JsonSchema::compile(std::move(*checking), {}, SchemaDialect::Draft7);
    if (!compiled)
        throw NotExecutable{"the schema cannot be used: " + compiled.error().describe()};
    return std::move(*compiled);
}

// Empty: valid.
std::string violationOf(const JsonSchema& schema, const ordered_json& instance)
{
    const auto violations = schema.validate(instance);
    if (violations.empty())
        return {};
    const std::string& path = violations.front().instancePath;
    return (path.empty() ? "the value" : path) + " " + violations.front().message;
}

Judgement isJson(const Checked& checked)
{
    const ordered_json parsed = jsParseJson(checked.text);
    if (parsed.is_discarded() || !isGiven(checked.value))
        return holds(checked, !parsed.is_discarded(), "the output is no JSON", "the output is JSON");
    const std::string violation = violationOf(schemaOf(checked.value), parsed);
    return holds(checked, violation.empty(), "the JSON breaks its schema: " + violation,
                 "the JSON keeps to the schema");
}

Judgement containsJson(const Checked& checked)
{
    const auto found = jsonObjectsIn(checked.text);
    if (found.empty() || !isGiven(checked.value))
        return holds(checked, !found.empty(), "the output contains no JSON object",
                     "the output contains a JSON object");
    const JsonSchema schema = schemaOf(checked.value);
    std::string violation;
    for (const ordered_json& object : found) {
        violation = violationOf(schema, object);
        if (violation.empty())
            break;
    }
    return holds(checked, violation.empty(), "no JSON in the output keeps to the schema: " + violation,
                 "JSON in the output keeps to the schema");
}

Judgement keepsSchema(const Checked& checked)
{
    if (!isGiven(checked.value))
        throw NotExecutable{"'schema' needs a JSON Schema as its value"};
    return isJson(checked);
}

} // namespace

CheckTable jsonChecks()
{
    return {{"is-json", isJson}, {"contains-json", containsJson}, {"schema", keepsSchema}};
}

} // namespace plumbline::evals
