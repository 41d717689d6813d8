#include "app/cli/prompts_json.h"

#include "app/prompts/prompt_file.h"

namespace plumbline::cli {

using nlohmann::ordered_json;

namespace {

template <typename T>
ordered_json orNull(const std::optional<T>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

// A schema as the JSON that it is.
ordered_json schemaOf(const std::string& text)
{
    return text.empty() ? ordered_json() : ordered_json::parse(text, nullptr, false);
}

ordered_json toJson(const llm::ModelParameters& parameters)
{
    return {{"temperature", orNull(parameters.temperature)},
            {"top_p", orNull(parameters.topP)},
            {"max_output_tokens", orNull(parameters.maxOutputTokens)},
            {"seed", orNull(parameters.seed)},
            {"stop", parameters.stop},
            {"logprobs", parameters.logprobs}};
}

ordered_json toJson(const prompts::Variable& variable)
{
    return {{"name", variable.name},
            {"kind", prompts::toString(variable.kind)},
            {"required", variable.required},
            {"default", variable.fallback},
            {"choices", variable.choices},
            {"description", variable.description},
            {"untrusted", prompts::isUntrusted(variable.kind)}};
}

ordered_json spansOf(const std::vector<Span>& spans)
{
    ordered_json out = ordered_json::array();
    for (const Span& span : spans) {
        out.push_back({{"start", span.start}, {"end", span.end}});
    }
    return out;
}

ordered_json rowOf(const TextDiff& diff, const DiffRow& row)
{
    ordered_json out = {{"kind", plumbline::toString(row.kind)}};
    if (row.left > 0) {
        out["left"] = row.left;
        out["left_text"] = diff.leftText(row);
    }
    if (row.right > 0) {
        out["right"] = row.right;
        out["right_text"] = diff.rightText(row);
    }
    if (row.kind == DiffKind::Changed) {
        out["left_words"] = spansOf(row.leftWords);
        out["right_words"] = spansOf(row.rightWords);
    }
    if (row.movedTo > 0) {
        out["moved_to"] = row.movedTo;
    }
    if (row.movedFrom > 0) {
        out["moved_from"] = row.movedFrom;
    }
    return out;
}

std::string_view wordOf(llm::Role role)
{
    return role == llm::Role::System ? "system" : role == llm::Role::User ? "user" : "assistant";
}

} // namespace

ordered_json toJson(const prompts::PromptEntry& entry)
{
    ordered_json labels = ordered_json::object();
    for (const auto& [label, version] : entry.labels.current) {
        labels[label] = version;
    }
    ordered_json versions = ordered_json::array();
    for (const prompts::VersionEntry& one : entry.versions) {
        ordered_json out = {{"version", one.version}, {"path", one.path}, {"labels", one.labels}};
        if (one.prompt) {
            out["title"] = one.prompt->title;
            out["task"] = one.prompt->task;
            out["author"] = one.prompt->authorRole;
            out["change_note"] = one.prompt->changeNote;
            out["digest"] = one.prompt->digest;
        }
        out["released"] = one.release ? ordered_json(plumbline::toString(one.release->at)) : ordered_json();
        out["problem"] = one.problem ? ordered_json(one.problem->describe()) : ordered_json();
        versions.push_back(std::move(out));
    }
    return {{"name", entry.name}, {"labels", std::move(labels)}, {"versions", std::move(versions)}};
}

ordered_json toJson(const prompts::PromptVersion& prompt)
{
    ordered_json variables = ordered_json::array();
    for (const prompts::Variable& variable : prompt.variables) {
        variables.push_back(toJson(variable));
    }
    ordered_json examples = ordered_json::array();
    for (const prompts::Example& example : prompt.examples) {
        examples.push_back({{"user", example.user}, {"assistant", example.assistant}});
    }
    return {{"id", prompt.id()},
            {"name", prompt.name},
            {"version", prompt.version},
            {"path", prompt.path},
            {"digest", prompt.digest},
            {"title", prompt.title},
            {"purpose", prompt.purpose},
            {"task", prompt.task},
            {"author", prompt.authorRole},
            {"change_note", prompt.changeNote},
            {"guard_policy", prompt.guardPolicy},
            {"model", toJson(prompt.parameters)},
            {"answer",
             {{"layout", prompts::toString(prompt.form.layout)},
              {"max_sentences", prompt.form.maxSentences},
              {"answer_from", prompt.form.answerFrom},
              {"unsupported", prompts::toString(prompt.form.unsupported)}}},
            {"variables", std::move(variables)},
            {"output", schemaOf(prompt.outputSchema)},
            {"system", prompt.system},
            {"user", prompt.user},
            {"examples", std::move(examples)},
            {"text", prompt.text}};
}

ordered_json toJson(const prompts::LabelMove& move)
{
    return {{"label", move.label},  {"version", move.version},        {"digest", move.digest},
            {"who", move.who.name}, {"known_how", move.who.knownHow}, {"at", plumbline::toString(move.at)},
            {"why", move.why}};
}

ordered_json toJson(const TextDiff& diff)
{
    ordered_json out = ordered_json::array();
    for (const DiffHunk& hunk : hunks(diff)) {
        ordered_json rows = ordered_json::array();
        for (std::size_t i = hunk.begin; i < hunk.end; ++i) {
            rows.push_back(rowOf(diff, diff.rows[i]));
        }
        out.push_back({{"rows", std::move(rows)}});
    }
    return out;
}

ordered_json toJson(const std::vector<prompts::PartDiff>& parts)
{
    ordered_json out = ordered_json::array();
    for (const prompts::PartDiff& part : parts) {
        out.push_back({{"name", part.name}, {"same", part.diff.same()}, {"hunks", toJson(part.diff)}});
    }
    return out;
}

ordered_json toJson(const prompts::PromptDiff& diff)
{
    ordered_json fields = ordered_json::array();
    for (const prompts::FieldChange& change : diff.fields) {
        fields.push_back({{"field", change.field}, {"left", change.left}, {"right", change.right}});
    }
    return {{"left", diff.left},
            {"right", diff.right},
            {"same", diff.file.same()},
            {"fields", std::move(fields)},
            {"sections", toJson(diff.sections)},
            {"hunks", toJson(diff.file)},
            {"unified", unified(diff.file, diff.left, diff.right)}};
}

ordered_json toJson(const prompts::Rendered& rendered)
{
    ordered_json messages = ordered_json::array();
    for (const llm::Message& message : rendered.messages) {
        messages.push_back({{"role", wordOf(message.role)}, {"content", message.content}});
    }
    return {{"digest", rendered.digest},
            {"messages", std::move(messages)},
            {"model", toJson(rendered.parameters)},
            {"response_schema", schemaOf(rendered.responseSchema)}};
}

} // namespace plumbline::cli
