#include "app/prompts/prompt_diff.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "app/prompts/prompt_file.h"

namespace plumbline::prompts {

namespace {

using nlohmann::ordered_json;
using Fields = std::vector<std::pair<std::string, std::string>>; // in the order of the file

std::string written(const ordered_json& value, int indent = -1)
{
    return value.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

void add(Fields& fields, const char* name, const std::string& value)
{
    if (!value.empty()) {
        fields.emplace_back(name, value);
    }
}

template <typename T>
void add(Fields& fields, const char* name, const std::optional<T>& value)
{
    if (value) {
        fields.emplace_back(name, written(*value));
    }
}

// "question, required: What was asked"
std::string variableText(const Variable& variable)
{
    std::string out(toString(variable.kind));
    out += variable.required ? ", required" : ", optional";
    out += variable.fallback.empty() ? std::string() : ", default " + written(variable.fallback);
    out += variable.choices.empty() ? std::string() : ", one of " + written(variable.choices);
    return variable.description.empty() ? out : out + ": " + variable.description;
}

Fields fieldsOf(const PromptVersion& prompt)
{
    Fields fields;
    add(fields, "title", prompt.title);
    add(fields, "purpose", prompt.purpose);
    add(fields, "task", prompt.task);
    add(fields, "author", prompt.authorRole);
    add(fields, "change_note", prompt.changeNote);
    add(fields, "guard_policy", prompt.guardPolicy);
    add(fields, "model.temperature", prompt.parameters.temperature);
    add(fields, "model.top_p", prompt.parameters.topP);
    add(fields, "model.max_output_tokens", prompt.parameters.maxOutputTokens);
    add(fields, "model.seed", prompt.parameters.seed);
    add(fields, "model.stop", prompt.parameters.stop.empty() ? "" : written(prompt.parameters.stop));
    add(fields, "model.logprobs", std::string(prompt.parameters.logprobs ? "true" : "false"));
    add(fields, "answer.layout", std::string(toString(prompt.form.layout)));
    add(fields, "answer.max_sentences", std::to_string(prompt.form.maxSentences));
    add(fields, "answer.answer_from", written(prompt.form.answerFrom));
    add(fields, "answer.unsupported", std::string(toString(prompt.form.unsupported)));
    for (const Variable& variable : prompt.variables) {
        fields.emplace_back("variables." + variable.name, variableText(variable));
    }
    if (!prompt.outputSchema.empty()) {
        const auto schema = ordered_json::parse(prompt.outputSchema, nullptr, false);
        fields.emplace_back("output", schema.is_discarded() ? prompt.outputSchema : written(schema, 2));
    }
    return fields;
}

const std::string* valueOf(const Fields& fields, const std::string& name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? nullptr : &found->second;
}

std::vector<FieldChange> changesOf(const Fields& left, const Fields& right)
{
    std::vector<FieldChange> out;
    for (const auto& [name, value] : left) {
        const std::string* other = valueOf(right, name);
        if (other == nullptr || *other != value) {
            out.push_back({name, value, other == nullptr ? "" : *other});
        }
    }
    for (const auto& [name, value] : right) {
        if (valueOf(left, name) == nullptr) {
            out.push_back({name, "", value});
        }
    }
    return out;
}

// Messages by what they are: a system message that one side lacks must not shift all others.
struct MessageParts {
    const llm::Message* system = nullptr;
    std::vector<const llm::Message*> examples; // user and assistant in turn
    const llm::Message* last = nullptr;
};

MessageParts partsOf(const Rendered& rendered)
{
    MessageParts parts;
    for (std::size_t i = 0; i < rendered.messages.size(); ++i) {
        const llm::Message* message = &rendered.messages[i];
        if (i == 0 && message->role == llm::Role::System) {
            parts.system = message;
        } else if (i + 1 == rendered.messages.size()) {
            parts.last = message;
        } else {
            parts.examples.push_back(message);
        }
    }
    return parts;
}

std::string_view wordOf(llm::Role role)
{
    return role == llm::Role::System ? "system" : role == llm::Role::User ? "user" : "assistant";
}

} // namespace

PromptDiff diffPrompts(const PromptVersion& left, const PromptVersion& right)
{
    PromptDiff out;
    out.left = left.id();
    out.right = right.id();
    out.fields = changesOf(fieldsOf(left), fieldsOf(right));
    out.file = diffText(left.text, right.text);
    const auto section = [&](const std::string& name, const std::string& before, const std::string& after) {
        if (!before.empty() || !after.empty()) {
            out.sections.push_back({name, diffText(before, after)});
        }
    };
    section("system", left.system, right.system);
    section("user", left.user, right.user);
    for (std::size_t i = 0; i < std::max(left.examples.size(), right.examples.size()); ++i) {
        const Example before = i < left.examples.size() ? left.examples[i] : Example();
        const Example after = i < right.examples.size() ? right.examples[i] : Example();
        const std::string name = "example " + std::to_string(i + 1);
        section(name + " user", before.user, after.user);
        section(name + " assistant", before.assistant, after.assistant);
    }
    return out;
}

std::vector<PartDiff> diffRendered(const Rendered& left, const Rendered& right)
{
    std::vector<PartDiff> out;
    const auto compare = [&](const llm::Message* before, const llm::Message* after) {
        const llm::Role role = before != nullptr ? before->role : after->role;
        out.push_back(
            {std::to_string(out.size() + 1) + " " + std::string(wordOf(role)),
             diffText(before != nullptr ? before->content : "", after != nullptr ? after->content : "")});
    };
    const MessageParts before = partsOf(left);
    const MessageParts after = partsOf(right);
    if (before.system != nullptr || after.system != nullptr) {
        compare(before.system, after.system);
    }
    for (std::size_t i = 0; i < std::max(before.examples.size(), after.examples.size()); ++i) {
        compare(i < before.examples.size() ? before.examples[i] : nullptr,
                i < after.examples.size() ? after.examples[i] : nullptr);
    }
    if (before.last != nullptr || after.last != nullptr) {
        compare(before.last, after.last);
    }
    return out;
}

} // namespace plumbline::prompts
