#include "app/prompts/front_matter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "app/base/date.h"
#include "app/base/json_schema.h"
#include "app/base/json_values.h"
#include "app/base/text.h"
#include "app/base/yaml.h"
#include "app/prompts/invisible.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/prompt_schema.h"

namespace plumbline::prompts {

namespace {

using nlohmann::ordered_json;

template <typename T>
void take(const ordered_json& from, const char* key, T& into)
{
    if (const auto found = from.find(key); found != from.end()) {
        into = found->template get<T>();
    }
}

template <typename T>
void take(const ordered_json& from, const char* key, std::optional<T>& into)
{
    if (const auto found = from.find(key); found != from.end()) {
        into = found->template get<T>();
    }
}

const ordered_json& part(const ordered_json& value, const char* key)
{
    static const ordered_json kNothing = ordered_json::object();
    const auto found = value.find(key);
    return found != value.end() ? *found : kNothing;
}

template <typename T>
T named(const std::string& word, std::initializer_list<T> all, T otherwise)
{
    const auto* const found =
        std::find_if(all.begin(), all.end(), [&](T one) { return toString(one) == word; });
    return found != all.end() ? *found : otherwise;
}

Result<void> check(const YamlDocument& document)
{
    static const auto kSchema = JsonSchema::compile(ordered_json::parse(kPromptSchema));
    if (!kSchema) {
        return tl::unexpected(kSchema.error());
    }
    const auto violations = kSchema->validate(document.value);
    if (violations.empty()) {
        return {};
    }
    const auto& first = violations.front();
    const std::string key = first.instancePath.empty() ? std::string("the front matter")
                                                       : "'" + first.instancePath.substr(1) + "'";
    const std::string more =
        violations.size() > 1 ? " (and " + std::to_string(violations.size() - 1) + " more)" : std::string();
    return failure(ErrorCode::BadInput, key + ": " + first.message + more,
                   document.where(first.instancePath));
}

llm::ModelParameters parametersOf(const ordered_json& from)
{
    llm::ModelParameters parameters;
    take(from, "temperature", parameters.temperature);
    take(from, "top_p", parameters.topP);
    take(from, "max_output_tokens", parameters.maxOutputTokens);
    take(from, "seed", parameters.seed);
    take(from, "stop", parameters.stop);
    take(from, "logprobs", parameters.logprobs);
    return parameters;
}

AnswerForm formOf(const ordered_json& from)
{
    AnswerForm form;
    form.layout =
        named(from.value("layout", std::string()), {Layout::Prose, Layout::List, Layout::Json}, form.layout);
    take(from, "max_sentences", form.maxSentences);
    take(from, "answer_from", form.answerFrom);
    form.unsupported = named(from.value("unsupported", std::string()),
                             {Unsupported::Withhold, Unsupported::Mark}, form.unsupported);
    return form;
}

class VariableReader {
public:
    explicit VariableReader(const YamlDocument& document) : m_document(document) {}

    Result<Variable> read(const std::string& name, const ordered_json& from)
    {
        const std::string pointer = "/variables/" + pointerPart(name);
        Variable out;
        out.name = name;
        out.kind =
            named(from.at("kind").get<std::string>(),
                  {VariableKind::Question, VariableKind::Ticket, VariableKind::Passages,
                   VariableKind::Integer, VariableKind::Number, VariableKind::Date, VariableKind::Choice},
                  VariableKind::Text);
        take(from, "description", out.description);
        take(from, "choices", out.choices);
        const bool hasFallback = from.contains("default");
        out.required = from.value("required", !hasFallback);
        if ((out.kind == VariableKind::Choice) != from.contains("choices")) {
            return bad(pointer, out.kind == VariableKind::Choice
                                    ? "a choice needs 'choices', a list of texts"
                                    : "only a variable of kind 'choice' has choices");
        }
        if ((name == "passage" || name == "passages") && out.kind != VariableKind::Passages) {
            return bad(pointer, "this name is kept for a variable of kind 'passages'");
        }
        if (auto once = onlyOne(out, pointer); !once) {
            return tl::unexpected(once.error());
        }
        return hasFallback ? withFallback(std::move(out), from.at("default"), pointer)
                           : withoutFallback(std::move(out), pointer);
    }

private:
    // Question, Ticket and Passages are filled by the program: it must know which one is meant.
    Result<void> onlyOne(const Variable& variable, const std::string& pointer)
    {
        const bool filled = isUntrusted(variable.kind) && variable.kind != VariableKind::Text;
        if (filled && std::find(m_filled.begin(), m_filled.end(), variable.kind) != m_filled.end()) {
            return bad(pointer, "there is a variable of kind '" + std::string(toString(variable.kind)) +
                                    "' already; a prompt has one at most");
        }
        m_filled.push_back(variable.kind);
        return {};
    }

    Result<Variable> withFallback(Variable variable, const ordered_json& value, const std::string& pointer)
    {
        if (variable.required) {
            return bad(pointer, "a variable with a default is not required; leave one of the two out");
        }
        if (variable.kind == VariableKind::Passages) {
            return bad(pointer, "passages have no default: they come from the search");
        }
        variable.fallback = value.is_string() ? value.get<std::string>() : value.dump();
        if (!isUntrusted(variable.kind)) {
            auto checked = typedValue(variable, variable.fallback);
            if (!checked) {
                return bad(pointer + "/default", "the default: " + checked.error().message);
            }
        }
        return variable;
    }

    Result<Variable> withoutFallback(Variable variable, const std::string& pointer)
    {
        if (!variable.required && !isUntrusted(variable.kind)) {
            return bad(pointer, "is not required and has no default; give it one");
        }
        return variable;
    }

    tl::unexpected<Error> bad(const std::string& pointer, const std::string& message) const
    {
        return failure(ErrorCode::BadInput, "'" + pointer.substr(1) + "': " + message,
                       m_document.where(pointer));
    }

    const YamlDocument& m_document;
    std::vector<VariableKind> m_filled;
};

Result<std::string> outputOf(const YamlDocument& document, const PromptVersion& prompt)
{
    const auto found = document.value.find("output");
    if (found == document.value.end()) {
        return std::string();
    }
    if (prompt.form.layout != Layout::Json) {
        return failure(ErrorCode::BadInput, "'output' needs 'answer: {layout: json}'",
                       document.where("/output"));
    }
    if (auto schema = JsonSchema::compile(*found); !schema) {
        return failure(ErrorCode::BadInput, "'output' is no JSON Schema: " + schema.error().describe(),
                       document.where("/output"));
    }
    return found->dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// What a person reads in a diff or a list must be what stands there; YAML can also write such characters as
// escapes.
Result<void> checkVisible(const YamlDocument& document, const ordered_json& value, const std::string& pointer)
{
    if (value.is_string()) {
        const auto found = firstInvisible(value.get_ref<const std::string&>());
        return found ? Result<void>(failure(ErrorCode::BadInput, refusal(*found), document.where(pointer)))
                     : Result<void>();
    }
    if (!value.is_structured()) {
        return {};
    }
    for (const auto& [key, inner] : value.items()) {
        const auto found = value.is_object() ? firstInvisible(key) : std::nullopt;
        const std::string below = pointer + "/" + pointerPart(key);
        if (found) {
            return failure(ErrorCode::BadInput, refusal(*found), document.where(below));
        }
        if (auto checked = checkVisible(document, inner, below); !checked) {
            return checked;
        }
    }
    return {};
}

} // namespace

Result<FrontMatter> readFrontMatter(std::string_view yaml, std::string_view path)
{
    auto document = parseYaml(yaml, path);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (auto visible = checkVisible(*document, document->value, ""); !visible) {
        return tl::unexpected(visible.error());
    }
    if (auto checked = check(*document); !checked) {
        return tl::unexpected(checked.error());
    }
    const ordered_json& value = document->value;
    FrontMatter out;
    take(value, "title", out.prompt.title);
    take(value, "purpose", out.prompt.purpose);
    take(value, "task", out.prompt.task);
    take(value, "author", out.prompt.authorRole);
    take(value, "change_note", out.prompt.changeNote);
    take(value, "guard_policy", out.prompt.guardPolicy);
    out.prompt.parameters = parametersOf(part(value, "model"));
    out.prompt.form = formOf(part(value, "answer"));
    VariableReader reader(*document);
    for (const auto& [name, from] : part(value, "variables").items()) {
        auto variable = reader.read(name, from);
        if (!variable) {
            return tl::unexpected(variable.error());
        }
        out.variables[name] = document->where("/variables/" + pointerPart(name));
        out.prompt.variables.push_back(std::move(*variable));
    }
    auto output = outputOf(*document, out.prompt);
    if (!output) {
        return tl::unexpected(output.error());
    }
    out.prompt.outputSchema = std::move(*output);
    return out;
}

Result<std::string> typedValue(const Variable& variable, std::string_view value)
{
    const auto all = [&](auto& number) {
        const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
        return read.ec == std::errc() && read.ptr == value.data() + value.size();
    };
    const auto bad = [&](const std::string& expected) {
        return failure(ErrorCode::BadInput,
                       "expected " + expected + ", is '" + toValidUtf8(value.substr(0, 60)) + "'");
    };
    std::int64_t integer = 0;
    double real = 0;
    std::string choices;
    switch (variable.kind) {
    case VariableKind::Integer:
        return all(integer) ? Result<std::string>(std::to_string(integer)) : bad("an integer");
    case VariableKind::Number:
        return all(real) && std::isfinite(real) ? Result<std::string>(std::string(value)) : bad("a number");
    case VariableKind::Date:
        return parseDate(value) ? Result<std::string>(std::string(value)) : bad("a date, YYYY-MM-DD");
    case VariableKind::Choice:
        for (const std::string& choice : variable.choices) {
            if (choice == value) {
                return choice;
            }
            choices += (choices.empty() ? "" : ", ") + choice;
        }
        return bad("one of: " + choices);
    default:
        return std::string(value);
    }
}

} // namespace plumbline::prompts
