#include "app/evals/suite_file.h"

#include <set>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/base/json_schema.h"
#include "app/base/text.h"
#include "app/base/yaml.h"
#include "app/evals/suite_case.h"
#include "app/evals/suite_schema.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::uint64_t kLargestSuite = 400'000'000; // bytes
constexpr std::uint64_t kLargestPrompt = 4'000'000;

// The whole schema, or what one row must be.
const Result<JsonSchema>& suiteSchema()
{
    static const auto kSchema = JsonSchema::compile(ordered_json::parse(kSuiteSchema));
    return kSchema;
}

const Result<JsonSchema>& rowSchema()
{
    static const auto kSchema = [] {
        ordered_json schema = ordered_json::parse(kSuiteSchema);
        ordered_json row = {{"$schema", schema["$schema"]}, {"$ref", "#/$defs/row"}};
        row["$defs"] = schema["$defs"];
        return JsonSchema::compile(std::move(row));
    }();
    return kSchema;
}

Result<void> hold(const Result<JsonSchema>& schema, const ordered_json& value, const WhereFn& where)
{
    if (!schema) {
        return tl::unexpected(schema.error());
    }
    const auto violations = schema->validate(value);
    if (violations.empty()) {
        return {};
    }
    const SchemaViolation& first = violations.front();
    const std::string key =
        first.instancePath.empty() ? std::string("it") : "'" + first.instancePath.substr(1) + "'";
    return failure(ErrorCode::BadInput, key + " " + first.message, where(first.instancePath));
}

Result<void> add(Suite& suite, Case one, std::set<std::string>& seen)
{
    if (one.id.empty()) {
        one.id = "#" + std::to_string(suite.cases.size() + 1);
        one.cluster = one.cluster.empty() ? one.id : one.cluster;
    }
    if (!seen.insert(one.id).second) {
        return failure(ErrorCode::BadInput, "there is another case with the id '" + one.id + "' above",
                       one.where);
    }
    suite.cases.push_back(std::move(one));
    return {};
}

Result<PlainPrompt> readPrompt(const ordered_json& value, std::string where, const fs::path& folder)
{
    PlainPrompt prompt;
    prompt.where = std::move(where);
    if (value.is_string()) {
        prompt.text = value.get<std::string>();
        prompt.label = std::string(CodePoints(prompt.text).slice({0, 60}));
        return prompt;
    }
    if (value.contains("file")) {
        const fs::path file = value.at("file").get<std::string>();
        const bool inside =
            !folder.empty() && file.is_relative() && file.lexically_normal().native().substr(0, 2) != "..";
        if (!inside) {
            return failure(ErrorCode::BadInput, "expected a file in the suite's folder or below",
                           prompt.where);
        }
        auto text = readFile(folder / file, kLargestPrompt);
        if (!text) {
            return tl::unexpected(text.error());
        }
        prompt.text = std::move(*text);
        prompt.label = file.string();
    } else {
        prompt.text = value.at("text").get<std::string>();
        prompt.label = std::string(CodePoints(prompt.text).slice({0, 60}));
    }
    prompt.label = value.value("label", prompt.label);
    return prompt;
}

Result<void> readPrompts(const YamlDocument& document, const fs::path& folder, Suite& suite)
{
    if (!document.value.contains("prompts")) {
        return {};
    }
    std::set<std::string> labels;
    std::size_t index = 0;
    for (const ordered_json& one : document.value.at("prompts")) {
        auto prompt = readPrompt(one, document.where("/prompts/" + std::to_string(index++)), folder);
        if (!prompt) {
            return tl::unexpected(prompt.error());
        }
        if (!labels.insert(prompt->label).second) {
            return failure(ErrorCode::BadInput, "there is another prompt labelled '" + prompt->label + "'",
                           prompt->where);
        }
        suite.prompts.push_back(std::move(*prompt));
    }
    return {};
}

Result<void> readCases(const YamlDocument& document, const CaseDefaults& defaults, Suite& suite)
{
    std::set<std::string> seen;
    std::size_t index = 0;
    for (const ordered_json& value : document.value.at("cases")) {
        const std::string base = "/cases/" + std::to_string(index++);
        auto one = readCase(value, defaults,
                            [&](const std::string& pointer) { return document.where(base + pointer); });
        if (!one) {
            return tl::unexpected(one.error());
        }
        if (auto added = add(suite, std::move(*one), seen); !added) {
            return added;
        }
    }
    return {};
}

} // namespace

Result<Suite> parseSuiteYaml(const SuiteText& source)
{
    auto document = parseYaml(source.text, source.path);
    if (!document) {
        return tl::unexpected(document.error());
    }
    const WhereFn where = [&](const std::string& pointer) { return document->where(pointer); };
    if (auto held = hold(suiteSchema(), document->value, where); !held) {
        return tl::unexpected(held.error());
    }
    const ordered_json& value = document->value;
    Suite suite;
    suite.path = source.path;
    suite.name = value.value("name", source.name);
    suite.description = value.value("description", std::string());
    suite.riskTier = value.value("tier", std::string());
    suite.models = value.value("models", std::vector<std::string>());
    const ordered_json given = value.value("defaults", ordered_json::object());
    const auto defaults =
        readDefaults(given, [&](const std::string& pointer) { return where("/defaults" + pointer); });
    if (!defaults) {
        return tl::unexpected(defaults.error());
    }
    if (auto read = readPrompts(*document, source.folder, suite); !read) {
        return tl::unexpected(read.error());
    }
    if (auto read = readCases(*document, *defaults, suite); !read) {
        return tl::unexpected(read.error());
    }
    if (given.contains("tier") && suite.riskTier.empty()) {
        suite.riskTier = given.at("tier").get<std::string>();
    }
    suite.digest = digestOf(suite);
    return suite;
}

Result<Suite> parseSuiteLines(const SuiteText& source)
{
    Suite suite;
    suite.path = source.path;
    suite.name = source.name;
    std::set<std::string> seen;
    std::size_t number = 0;
    for (const std::string_view line : splitLines(source.text)) {
        const std::string place = source.path + ":" + std::to_string(++number);
        if (trimmed(line).empty()) {
            continue;
        }
        const ordered_json value = ordered_json::parse(line, nullptr, false);
        if (value.is_discarded() || !value.is_object()) {
            return failure(ErrorCode::BadInput, "expected a JSON object on one line", place);
        }
        const WhereFn where = [&](const std::string& /*pointer*/) { return place; };
        if (auto held = hold(rowSchema(), value, where); !held) {
            return tl::unexpected(held.error());
        }
        auto one = readCase(value, {}, where);
        if (!one) {
            return tl::unexpected(one.error());
        }
        if (auto added = add(suite, std::move(*one), seen); !added) {
            return tl::unexpected(added.error());
        }
    }
    if (suite.cases.empty()) {
        return failure(ErrorCode::BadInput, "expected at least one case, a JSON object in each line",
                       source.path);
    }
    suite.digest = digestOf(suite);
    return suite;
}

Result<Suite> loadSuite(const fs::path& path, const fs::path& home)
{
    std::error_code ignored;
    fs::path file = path;
    if (path.is_relative() && !fs::exists(path, ignored)) {
        file = home / path;
    }
    auto text = readFile(file, kLargestSuite);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const fs::path inside =
        fs::weakly_canonical(file, ignored).lexically_relative(fs::weakly_canonical(home, ignored));
    const bool below = !inside.empty() && *inside.begin() != "..";
    const SuiteText source{*text, below ? inside.generic_string() : file.generic_string(),
                           file.stem().string(), file.parent_path()};
    return file.extension() == ".jsonl" ? parseSuiteLines(source) : parseSuiteYaml(source);
}

} // namespace plumbline::evals
