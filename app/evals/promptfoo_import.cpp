#include "app/evals/promptfoo_import.h"

#include <algorithm>

#include "app/base/file.h"
#include "app/base/yaml.h"
#include "app/evals/assertion_value.h"
#include "app/evals/js_text.h"
#include "app/evals/promptfoo_files.h"
#include "app/evals/promptfoo_fit.h"
#include "app/evals/promptfoo_targets.h"
#include "app/evals/promptfoo_tests.h"
#include "app/evals/template.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t kMostCases = 20'000;

ordered_json memberOf(const ordered_json& value, const char* key)
{
    return value.is_object() && value.contains(key) ? value[key] : ordered_json();
}

class Importer {
public:
    Importer(fs::path folder, PlaceFn where) : m_folder(std::move(folder)), m_where(std::move(where)) {}

    Result<PromptfooImport> run(const ordered_json& config)
    {
        auto prompts = importedPrompts(memberOf(config, "prompts"), m_folder, m_out.notes);
        if (!prompts)
            return tl::unexpected(prompts.error());
        for (const auto& prompt : *prompts)
            if (const auto rendered = renderTemplate(prompt["text"].get<std::string>(), {}); !rendered)
                m_blocked = "the prompt '" + prompt["label"].get<std::string>() +
                            "' is sent as it is written: " + rendered.error().message;
        const ordered_json providers = memberOf(config, "providers");
        m_targets =
            importedTargets(providers.is_null() ? memberOf(config, "targets") : providers, m_out.notes);
        if (auto taken = takeDefaults(memberOf(config, "defaultTest")); !taken)
            return tl::unexpected(taken.error());
        const auto tests = gatherTests(config, m_where, m_folder, m_out.notes);
        if (!tests)
            return tl::unexpected(tests.error());
        for (const PromptfooTest& test : *tests)
            if (auto added = addTest(test); !added)
                return tl::unexpected(added.error());
        if (m_cases.empty())
            return failure(ErrorCode::BadInput, "expected a test at least, in `tests` or `scenarios`",
                           m_where(""));
        noteTheRest(config);
        const ordered_json description = memberOf(config, "description");
        if (description.is_string())
            m_out.suite["description"] = description;
        if (!prompts->empty())
            m_out.suite["prompts"] = std::move(*prompts);
        if (!m_targets.models.empty())
            m_out.suite["models"] = m_targets.models;
        m_out.suite["cases"] = std::move(m_cases);
        return std::move(m_out);
    }

private:
    void noteTheRest(const ordered_json& config)
    {
        for (const char* key : {"derivedMetrics", "extensions", "nunjucksFilters", "redteam", "outputPath"})
            if (!memberOf(config, key).is_null())
                m_out.notes.push_back(std::string("`") + key + "` is not taken over");
    }

    Result<void> takeDefaults(const ordered_json& given)
    {
        m_defaults = given.is_object() ? given : ordered_json::object();
        if (given.is_string()) {
            const auto names = filesNamed(given.get<std::string>(), m_folder);
            if (!names)
                return tl::unexpected(names.error());
            auto read = readPromptfooFile(m_folder, names->front());
            if (!read)
                return tl::unexpected(read.error());
            m_defaults = read->value.is_object() ? std::move(read->value) : ordered_json::object();
        }
        const std::string blocked = whyBlocked(m_defaults);
        m_defaultAsserts =
            assertionsOf({m_defaults, m_where("/defaultTest"), given.is_object() ? "/defaultTest" : ""},
                         blocked, transformOf(ordered_json::object()));
        return {};
    }

    // Why a test cannot be repeated here at all.
    std::string whyBlocked(const ordered_json& test) const
    {
        if (!m_blocked.empty())
            return m_blocked;
        for (const char* key : {"prefix", "suffix"})
            if (const ordered_json text = memberOf(memberOf(test, "options"), key);
                text.is_string() && text != "")
                return std::string("its test puts a ") + key + " to the prompt";
        if (!memberOf(test, "assertScoringFunction").is_null())
            return "its test sums up by a program";
        if (!memberOf(test, "provider").is_null() || !memberOf(test, "providers").is_null())
            return "its test names a provider of its own";
        if (!memberOf(test, "prompts").is_null())
            return "its test names the prompts it is for";
        return {};
    }

    std::string transformOf(const ordered_json& test) const
    {
        for (const ordered_json* one : {&test, &m_defaults})
            for (const char* key : {"transform", "postprocess"})
                if (const ordered_json text = memberOf(memberOf(*one, "options"), key); text.is_string())
                    return text.get<std::string>();
        return m_targets.transform;
    }

    // The assertions as the suite keeps them; what becomes of each goes to the report.
    ordered_json assertionsOf(const PromptfooTest& test, const std::string& blocked,
                              const std::string& transform)
    {
        ordered_json kept = ordered_json::array();
        const ordered_json list = memberOf(test.value, "assert");
        std::size_t index = 0;
        for (const auto& given : list.is_array() ? list : ordered_json::array()) {
            const std::string where = test.pointer.empty()
                                          ? test.where
                                          : m_where(test.pointer + "/assert/" + std::to_string(index++));
            ordered_json assertion = given;
            complete(assertion, transform);
            const auto fits = fitOf(assertion, where, blocked);
            if (fits.front().support == KindSupport::NotExecutable && assertion.is_object())
                assertion["not_executable"] = fits.front().reason;
            m_out.assertions.insert(m_out.assertions.end(), fits.begin(), fits.end());
            if (assertion.is_object())
                kept.push_back(std::move(assertion));
        }
        return kept;
    }

    // Tools, the transform of the test, and the value of a file stand with the assertion from now on.
    void complete(ordered_json& assertion, const std::string& transform) const
    {
        if (!assertion.is_object())
            return;
        const std::string type = assertion.value("type", "");
        if (type.find("openai-tools-call") != std::string::npos && !m_targets.tools.is_null())
            assertion["tools"] = m_targets.tools;
        if (type.find("function-call") != std::string::npos && !m_targets.functions.is_null())
            assertion["functions"] = m_targets.functions;
        if (!transform.empty() && !assertion.contains("transform"))
            assertion["transform"] = transform;
        if (assertion.contains("assert") && assertion["assert"].is_array())
            for (auto& part : assertion["assert"])
                complete(part, transform);
        const ordered_json value = memberOf(assertion, "value");
        if (value.is_string() && value.get<std::string>().starts_with("file://"))
            if (auto read = readValueFile(value.get<std::string>(), m_folder))
                assertion["value"] = std::move(*read);
    }

    bool expands(const ordered_json& test) const
    {
        return memberOf(memberOf(test, "options"), "disableVarExpansion") != true &&
               memberOf(memberOf(m_defaults, "options"), "disableVarExpansion") != true;
    }

    Result<void> addTest(const PromptfooTest& test)
    {
        ++m_number;
        ordered_json vars = memberOf(m_defaults, "vars");
        vars = vars.is_object() ? vars : ordered_json::object();
        if (const ordered_json own = memberOf(test.value, "vars"); own.is_object())
            vars.update(own);
        const auto combinations = variablesOf(vars, expands(test.value), m_folder);
        if (!combinations)
            return failure(combinations.error().code, combinations.error().message, test.where);
        if (m_cases.size() + combinations->size() > kMostCases)
            return failure(ErrorCode::TooLarge, "expected at most 20,000 cases", test.where);
        ordered_json assertions = ordered_json::array();
        const std::string blocked = whyBlocked(test.value);
        if (memberOf(memberOf(test.value, "options"), "disableDefaultAsserts") != true)
            assertions = m_defaultAsserts;
        for (auto& one : assertions)
            if (!blocked.empty())
                one["not_executable"] = blocked;
        for (auto& one : assertionsOf(test, blocked, transformOf(test.value)))
            assertions.push_back(std::move(one));
        addCases(test, *combinations, assertions);
        return {};
    }

    void addCases(const PromptfooTest& test, const std::vector<ordered_json>& combinations,
                  const ordered_json& assertions)
    {
        ordered_json threshold = memberOf(test.value, "threshold");
        threshold = threshold.is_number() ? threshold : memberOf(m_defaults, "threshold");
        const std::string id = "t" + std::to_string(m_number);
        for (std::size_t i = 0; i < combinations.size(); ++i) {
            ordered_json one = {{"id", combinations.size() == 1 ? id : id + "." + std::to_string(i + 1)}};
            ordered_json vars = ordered_json::object();
            for (const auto& [name, value] : combinations[i].items())
                if (!value.is_null())
                    vars[name] = value;
            if (!vars.empty())
                one["vars"] = std::move(vars);
            // Without an assertion promptfoo passes; a case of ours would get those of an answer.
            one["assert"] = assertions.empty() ? alwaysHolds() : assertions;
            if (threshold.is_number())
                one["threshold"] = threshold;
            one["cluster"] = id;
            m_cases.push_back(std::move(one));
        }
    }

    static ordered_json alwaysHolds()
    {
        return ordered_json::array({{{"type", "word-count"}, {"value", {{"min", 0}}}}});
    }

    fs::path m_folder;
    PlaceFn m_where;
    PromptfooImport m_out;
    ImportedTargets m_targets;
    ordered_json m_defaults;
    ordered_json m_defaultAsserts;
    ordered_json m_cases = ordered_json::array();
    std::string m_blocked; // why no test can be repeated; empty = they can
    std::size_t m_number = 0;
};

} // namespace

Result<PromptfooImport> importPromptfoo(const fs::path& file)
{
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const std::string name = file.filename().string();
    const auto text = readPromptfooText(folder, name);
    if (!text)
        return tl::unexpected(text.error());
    const auto document = parseYaml(*text, name);
    if (!document)
        return tl::unexpected(document.error());
    const auto config = readPromptfooFile(folder, name);
    if (!config)
        return tl::unexpected(config.error());
    if (!config->value.is_object())
        return failure(ErrorCode::BadInput, "expected a mapping with prompts, providers and tests", name);
    return Importer(folder, [&](const std::string& pointer) { return document->where(pointer); })
        .run(config->value);
}

} // namespace plumbline::evals
