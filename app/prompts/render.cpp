#include "app/prompts/render.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/digest.h"
#include "app/base/json_values.h"
#include "app/prompts/fence.h"
#include "app/prompts/front_matter.h"
#include "app/prompts/prompt_file.h"
#include "app/prompts/template_text.h"

namespace plumbline::prompts {

namespace {

using nlohmann::ordered_json;

class Renderer {
public:
    Renderer(const PromptVersion& prompt, const Values& values)
        : m_prompt(prompt), m_values(values), m_mark(fenceMarkOf(values))
    {
    }

    Result<Rendered> run()
    {
        if (auto known = checkNames(); !known) {
            return tl::unexpected(known.error());
        }
        for (const Variable& variable : m_prompt.variables) {
            auto text = textOf(variable);
            if (!text) {
                return tl::unexpected(text.error());
            }
            m_texts[variable.name] = std::move(*text);
        }
        Rendered out;
        if (!m_prompt.system.empty()) {
            if (auto added = add(out, llm::Role::System, m_prompt.system); !added) {
                return tl::unexpected(added.error());
            }
        }
        for (const Example& example : m_prompt.examples) {
            out.messages.push_back({llm::Role::User, example.user});
            out.messages.push_back({llm::Role::Assistant, example.assistant});
        }
        if (auto added = add(out, llm::Role::User, m_prompt.user); !added) {
            return tl::unexpected(added.error());
        }
        out.parameters = m_prompt.parameters;
        out.responseSchema = m_prompt.outputSchema;
        out.digest = digestOfRendered(out);
        return out;
    }

private:
    Result<void> checkNames() const
    {
        for (const auto& [name, value] : m_values.texts) {
            const std::string& wanted = name;
            const bool declared =
                std::any_of(m_prompt.variables.begin(), m_prompt.variables.end(), [&](const Variable& one) {
                    return one.name == wanted && one.kind != VariableKind::Passages;
                });
            if (!declared) {
                return failure(ErrorCode::BadInput,
                               m_prompt.id() + " has no variable of this name that takes a text",
                               "variable " + name);
            }
        }
        return {};
    }

    Result<std::string> textOf(const Variable& variable) const
    {
        if (variable.kind == VariableKind::Passages) {
            return fencedPassages(m_mark, m_values.passages);
        }
        const auto given = m_values.texts.find(variable.name);
        if (given == m_values.texts.end() && variable.required) {
            return failure(ErrorCode::BadInput,
                           m_prompt.id() + " needs a value of kind '" + std::string(toString(variable.kind)) +
                               "'",
                           "variable " + variable.name);
        }
        const std::string& value = given == m_values.texts.end() ? variable.fallback : given->second;
        if (isUntrusted(variable.kind)) {
            return fenced(variable.name, m_mark, value);
        }
        auto checked = typedValue(variable, value);
        return checked ? checked
                       : Result<std::string>(failure(ErrorCode::BadInput, checked.error().message,
                                                     "variable " + variable.name));
    }

    Result<void> add(Rendered& out, llm::Role role, const std::string& section) const
    {
        auto pieces = parseTemplate(section);
        if (!pieces) {
            return failure(ErrorCode::BadInput, pieces.error().message, m_prompt.path);
        }
        std::string content;
        for (const TemplatePiece& piece : *pieces) {
            const auto found = m_texts.find(piece.text);
            const auto* const variable =
                std::find_if(m_prompt.variables.data(), m_prompt.variables.data() + m_prompt.variables.size(),
                             [&](const Variable& one) { return one.name == piece.text; });
            if (!piece.placeholder) {
                content += piece.text;
                continue;
            }
            // A version that was put together without parsePrompt() is held to the same rules.
            if (found == m_texts.end() || (role == llm::Role::System && isUntrusted(variable->kind))) {
                return failure(ErrorCode::BadInput,
                               found == m_texts.end() ? "there is no such variable"
                                                      : "is untrusted and cannot stand in a system section",
                               "variable " + piece.text);
            }
            content += found->second;
        }
        out.messages.push_back({role, std::move(content)});
        return {};
    }

    static std::string_view wordOf(llm::Role role)
    {
        return role == llm::Role::System ? "system" : role == llm::Role::User ? "user" : "assistant";
    }

    static std::string digestOfRendered(const Rendered& rendered)
    {
        ordered_json all = {{"format", 1}, {"schema", rendered.responseSchema}};
        all["messages"] = ordered_json::array();
        for (const llm::Message& message : rendered.messages) {
            all["messages"].push_back({{"role", wordOf(message.role)}, {"content", message.content}});
        }
        const llm::ModelParameters& given = rendered.parameters;
        ordered_json parameters = {{"stop", given.stop}, {"logprobs", given.logprobs}};
        const auto put = [&](const char* key, const auto& value) {
            if (value) {
                parameters[key] = *value;
            }
        };
        put("temperature", given.temperature);
        put("top_p", given.topP);
        put("max_output_tokens", given.maxOutputTokens);
        put("seed", given.seed);
        all["parameters"] = std::move(parameters);
        return sha256Hex(canonicalJson(all));
    }

    const PromptVersion& m_prompt;
    const Values& m_values;
    std::string m_mark;
    std::map<std::string, std::string, std::less<>> m_texts; // by variable, as they stand in the messages
};

} // namespace

Result<Rendered> render(const PromptVersion& prompt, const Values& values)
{
    return Renderer(prompt, values).run();
}

Values valuesFor(const PromptVersion& prompt, std::string_view question, std::vector<PassageValue> passages)
{
    Values values;
    for (const VariableKind kind : {VariableKind::Question, VariableKind::Ticket}) {
        if (const Variable* variable = variableOf(prompt, kind);
            variable != nullptr && values.texts.empty()) {
            values.texts[variable->name] = std::string(question);
        }
    }
    values.passages = std::move(passages);
    return values;
}

std::string fenceMarkOf(const Values& values)
{
    std::vector<std::string_view> texts;
    for (const auto& [name, value] : values.texts) {
        texts.emplace_back(name);
        texts.emplace_back(value);
    }
    for (const PassageValue& passage : values.passages) {
        texts.insert(texts.end(),
                     {passage.document, passage.version, passage.title, passage.heading, passage.text});
    }
    return fenceMark(texts);
}

} // namespace plumbline::prompts
