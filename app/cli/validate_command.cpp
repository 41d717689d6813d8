#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "app/base/json_schema.h"
#include "app/base/yaml.h"
#include "app/cli/commands.h"

namespace plumbline::cli {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uint64_t kLargestFile = 64ULL << 20U;

struct ValidateFlags {
    std::string schema;
    std::string in;
};

bool isYaml(const fs::path& file)
{
    return file.extension() == ".yaml" || file.extension() == ".yml";
}

// Deeper values would overflow the stack of whoever walks them.
constexpr int kMostDepth = 512;

Result<ordered_json> parseJsonFile(const std::string& text, const std::string& name)
{
    try {
        bool deep = false;
        auto value = ordered_json::parse(text, [&](int depth, ordered_json::parse_event_t, ordered_json&) {
            deep = deep || depth > kMostDepth;
            return depth <= kMostDepth; // what is deeper is not kept
        });
        if (deep) {
            return failure(ErrorCode::TooLarge, "is nested deeper than 512 levels", name);
        }
        return value;
    } catch (const ordered_json::parse_error& error) {
        const std::size_t end = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
        const auto before = std::string_view(text).substr(0, end);
        const std::size_t line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        const std::size_t start = before.rfind('\n') + 1; // npos + 1 is 0
        return failure(ErrorCode::BadInput, "is no JSON",
                       name + ":" + std::to_string(line) + ":" + std::to_string(end - start + 1));
    }
}

Result<ordered_json> readValue(const fs::path& file)
{
    auto text = readFile(file, kLargestFile);
    if (!text) {
        return tl::unexpected(text.error());
    }
    if (!isYaml(file)) {
        return parseJsonFile(*text, file.string());
    }
    auto document = parseYaml(*text, file.string());
    if (!document) {
        return tl::unexpected(document.error());
    }
    return std::move(document->value);
}

// Documents that the schema refers to come from its own folder and below, never from elsewhere.
SchemaLoader filesBeside(const fs::path& schema)
{
    return [folder = fs::absolute(schema).parent_path()](const std::string& uri) -> Result<ordered_json> {
        std::error_code failed;
        const bool remote = uri.find(':') != std::string::npos;
        const fs::path file = fs::weakly_canonical(folder / uri, failed);
        const auto below = file.lexically_relative(fs::weakly_canonical(folder, failed));
        if (remote || failed || below.empty() || *below.begin() == "..") {
            return failure(ErrorCode::NotFound,
                           "the schema refers to '" + uri + "'; only files below its own folder are read");
        }
        return readValue(file);
    };
}

void print(const SchemaViolation& violation)
{
    std::cout << (violation.instancePath.empty() ? "/" : violation.instancePath) << ": " << violation.message
              << "  (" << violation.schemaPath << ")\n";
}

Result<void> validate(Session& session, const ValidateFlags& flags)
{
    auto text = readValue(flags.schema);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto schema = JsonSchema::compile(std::move(*text), filesBeside(flags.schema));
    if (!schema) {
        const Error& error = schema.error();
        return failure(error.code, error.message, error.where.empty() ? flags.schema : error.where);
    }
    auto instance = readValue(flags.in);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    const auto violations = schema->validate(*instance);
    ordered_json errors = ordered_json::array();
    for (const SchemaViolation& violation : violations) {
        errors.push_back({{"path", violation.instancePath},
                          {"message", violation.message},
                          {"schema_path", violation.schemaPath}});
        if (!session.json) {
            print(violation);
        }
    }
    if (session.json) {
        printJson({{"valid", violations.empty()}, {"errors", errors}});
    }
    session.exitCode = violations.empty() ? kDone : kNo;
    return {};
}

} // namespace

void addValidate(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("validate", "check a JSON or YAML file against a JSON Schema");
    command->footer("Example: plumbline validate --schema ticket.schema.json --in ticket.json\n"
                    "Exit code 0: valid. 1: not valid. 2: a file or the schema cannot be used.");
    auto flags = std::make_shared<ValidateFlags>();
    command->add_option("--schema", flags->schema, "the schema, JSON or YAML; draft 7 or 2020-12")
        ->required();
    command->add_option("--in", flags->in, "what is checked, JSON or YAML")->required();
    command->callback([&session, flags] {
        if (auto done = validate(session, *flags); !done) {
            session.fail(done.error());
        }
    });
}

} // namespace plumbline::cli
