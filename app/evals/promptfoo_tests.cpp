#include "app/evals/promptfoo_tests.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/evals/js_text.h"
#include "app/evals/promptfoo_csv.h"
#include "app/evals/promptfoo_files.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;
using Tests = std::vector<PromptfooTest>;

constexpr std::size_t kMostCases = 20'000;

// A program (with or without the name of a function behind it), or what is kept elsewhere.
bool isProgram(std::string_view name)
{
    if (name.starts_with("file://"))
        name.remove_prefix(7);
    if (name.find("://") != std::string_view::npos)
        return true;
    name = name.substr(0, name.find(':'));
    for (const std::string_view extension : {".js", ".mjs", ".cjs", ".ts", ".py", ".xlsx", ".xls"})
        if (name.ends_with(extension))
            return true;
    return false;
}

class Gatherer {
public:
    Gatherer(const fs::path& folder, std::vector<std::string>& notes) : m_folder(folder), m_notes(notes) {}

    Result<void> addAll(const ordered_json& tests, const std::string& pointer, const PlaceFn& where)
    {
        if (!tests.is_array())
            return addOne(tests, where(pointer), pointer);
        for (std::size_t i = 0; i < tests.size(); ++i) {
            const std::string inner = pointer + "/" + std::to_string(i);
            if (auto added = addOne(tests[i], where(inner), inner); !added)
                return added;
        }
        return {};
    }

    Tests take() { return std::move(m_tests); }

private:
    Result<void> addOne(const ordered_json& test, const std::string& where, const std::string& pointer = {})
    {
        if (test.is_null())
            return {};
        if (test.is_string())
            return addFiles(test.get<std::string>());
        if (!test.is_object())
            return failure(ErrorCode::BadInput, "expected a test: a mapping, or the name of a file", where);
        if (test.contains("path") && test["path"].is_string())
            return addFiles(test["path"].get<std::string>());
        m_tests.push_back({test, where, m_inFile ? std::string() : pointer});
        return withVarsFile(m_tests.back());
    }

    // vars: file://vars.yaml
    Result<void> withVarsFile(PromptfooTest& test) const
    {
        if (!test.value.contains("vars") || test.value["vars"].is_object())
            return {};
        ordered_json vars = ordered_json::object();
        const ordered_json given = test.value["vars"];
        for (const auto& one : given.is_array() ? given : ordered_json{given}) {
            const auto names = filesNamed(jsString(one), m_folder);
            if (!names)
                return failure(names.error().code, names.error().message, test.where);
            for (const std::string& name : *names) {
                auto read = readPromptfooFile(m_folder, name);
                if (!read)
                    return tl::unexpected(read.error());
                vars.update(read->value);
            }
        }
        test.value["vars"] = std::move(vars);
        return {};
    }

    Result<void> addFiles(const std::string& reference)
    {
        if (isProgram(reference)) {
            m_notes.push_back("the tests of '" + reference +
                              "' are made by a program or kept elsewhere: left out");
            return {};
        }
        const auto names = filesNamed(reference, m_folder);
        if (!names)
            return tl::unexpected(names.error());
        for (const std::string& name : *names)
            if (auto added = addFile(name); !added)
                return added;
        return {};
    }

    Result<void> addFile(const std::string& name)
    {
        if (name.ends_with(".csv")) {
            const auto text = readPromptfooText(m_folder, name);
            if (!text)
                return tl::unexpected(text.error());
            auto tests = testsOfCsv(*text, name);
            if (!tests)
                return tl::unexpected(tests.error());
            for (ordered_json& test : *tests) {
                const auto where = test["__where"].get<std::string>();
                test.erase("__where");
                m_tests.push_back({std::move(test), where, {}});
            }
            return {};
        }
        if (name.ends_with(".jsonl"))
            return addLines(name);
        auto read = readPromptfooFile(m_folder, name);
        if (!read)
            return tl::unexpected(read.error());
        m_inFile = true;
        auto added = addAll(read->value, "", [&](const std::string& pointer) { return name + pointer; });
        m_inFile = false;
        return added;
    }

    Result<void> addLines(const std::string& name)
    {
        const auto text = readPromptfooText(m_folder, name);
        if (!text)
            return tl::unexpected(text.error());
        std::size_t number = 0;
        for (const std::string_view line : splitLines(*text)) {
            const std::string where = name + ":" + std::to_string(++number);
            if (trimmed(line).empty())
                continue;
            const ordered_json test = ordered_json::parse(line, nullptr, false);
            if (!test.is_object())
                return failure(ErrorCode::BadInput, "expected a JSON object on one line", where);
            if (auto added = addOne(test, where); !added)
                return added;
        }
        return {};
    }

    const fs::path& m_folder;
    std::vector<std::string>& m_notes;
    Tests m_tests;
    bool m_inFile = false; // what is added now stands in a file that the configuration names
};

ordered_json merged(const ordered_json& base, const ordered_json& over)
{
    ordered_json out = base;
    for (const auto& [key, value] : over.items()) {
        const bool deep = (key == "vars" || key == "options" || key == "metadata") && out.contains(key) &&
                          out[key].is_object() && value.is_object();
        if (deep)
            out[key].update(value);
        else
            out[key] = value;
    }
    return out;
}

// Each entry of `config` with each test.
Result<void> addScenario(const ordered_json& scenario, const std::string& pointer, const PlaceFn& where,
                         const fs::path& folder, std::vector<std::string>& notes, Tests& all)
{
    Gatherer configs(folder, notes);
    Gatherer tests(folder, notes);
    if (auto added =
            configs.addAll(scenario.value("config", ordered_json::array()), pointer + "/config", where);
        !added)
        return added;
    const ordered_json given = scenario.value("tests", ordered_json{ordered_json::object()});
    if (auto added = tests.addAll(given, pointer + "/tests", where); !added)
        return added;
    const Tests inner = tests.take();
    for (const PromptfooTest& config : configs.take())
        for (const PromptfooTest& test : inner)
            all.push_back({merged(config.value, test.value), test.where, test.pointer});
    return {};
}

Result<std::vector<ordered_json>> valuesOf(const ordered_json& value, bool expand, const fs::path& folder)
{
    const bool isFile = value.is_string() && value.get<std::string>().starts_with("file://");
    if (isFile && isProgram(value.get<std::string>()))
        return failure(ErrorCode::Unsupported,
                       "a variable is made by the program '" + value.get<std::string>() + "'");
    if (!isFile) {
        const bool texts = value.is_array() && !value.empty() && value.front().is_string();
        if (!expand || !texts)
            return std::vector<ordered_json>{value};
        return value.get<std::vector<ordered_json>>();
    }
    const auto names = filesNamed(value.get<std::string>(), folder);
    if (!names)
        return tl::unexpected(names.error());
    std::vector<ordered_json> values;
    for (const std::string& name : *names) {
        auto text = readPromptfooText(folder, name);
        if (!text)
            return tl::unexpected(text.error());
        values.emplace_back(std::string(jsTrim(*text)));
    }
    return values;
}

} // namespace

Result<Tests> gatherTests(const ordered_json& config, const PlaceFn& where, const fs::path& folder,
                          std::vector<std::string>& notes)
{
    Gatherer gatherer(folder, notes);
    if (auto added = gatherer.addAll(config.value("tests", ordered_json()), "/tests", where); !added)
        return tl::unexpected(added.error());
    Tests all = gatherer.take();
    const ordered_json scenarios = config.value("scenarios", ordered_json::array());
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        const std::string pointer = "/scenarios/" + std::to_string(i);
        if (!scenarios[i].is_object()) {
            notes.push_back("a scenario is kept in another file: left out");
            continue;
        }
        if (auto added = addScenario(scenarios[i], pointer, where, folder, notes, all); !added)
            return tl::unexpected(added.error());
    }
    return all;
}

Result<std::vector<ordered_json>> variablesOf(const ordered_json& vars, bool expand, const fs::path& folder)
{
    std::vector<ordered_json> all = {ordered_json::object()};
    for (const auto& [name, value] : vars.items()) {
        const auto values = valuesOf(value, expand, folder);
        if (!values)
            return tl::unexpected(values.error());
        if (all.size() * values->size() > kMostCases)
            return failure(ErrorCode::TooLarge, "the lists of variables make over 20,000 cases");
        std::vector<ordered_json> next;
        for (const ordered_json& before : all)
            for (const ordered_json& one : *values) {
                next.push_back(before);
                next.back()[name] = one.is_structured() ? ordered_json(jsJson(one)) : one;
            }
        all = std::move(next);
    }
    return all;
}

} // namespace plumbline::evals
