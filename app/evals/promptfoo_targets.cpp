#include "app/evals/promptfoo_targets.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/evals/js_text.h"
#include "app/evals/promptfoo_files.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

bool hasExtension(std::string_view name, std::initializer_list<std::string_view> extensions)
{
    return std::ranges::any_of(extensions, [&](std::string_view one) { return name.ends_with(one); });
}

std::string textAt(const ordered_json& value, const char* key)
{
    const bool there = value.is_object() && value.contains(key) && value[key].is_string();
    return there ? value[key].get<std::string>() : std::string();
}

class Prompts {
public:
    Prompts(const fs::path& folder, std::vector<std::string>& notes) : m_folder(folder), m_notes(notes) {}

    Result<void> add(const ordered_json& prompt)
    {
        if (prompt.is_string())
            return addText(prompt.get<std::string>(), "");
        const std::string label = textAt(prompt, "label");
        for (const char* key : {"raw", "file", "id"})
            if (const std::string text = textAt(prompt, key); !text.empty())
                return addText(text, label);
        // Messages of a chat, written as a list.
        if (prompt.is_structured())
            keep(jsJson(prompt), label);
        return {};
    }

    ordered_json take() { return std::move(m_all); }

private:
    Result<void> addText(const std::string& text, const std::string& label)
    {
        const bool oneLine = text.find('\n') == std::string::npos;
        if (oneLine && (hasExtension(text, {".js", ".cjs", ".mjs", ".ts", ".py"}) ||
                        text.find(".py:") != std::string::npos || text.find(".js:") != std::string::npos)) {
            m_notes.push_back("the prompt '" + text + "' is made by a program: left out");
            return {};
        }
        const bool named = text.starts_with("file://") ||
                           hasExtension(text, {".txt", ".json", ".yaml", ".yml", ".jsonl", ".md", ".j2"});
        if (!oneLine || !named) {
            keep(text, label);
            return {};
        }
        const auto names = filesNamed(text, m_folder);
        if (!names)
            return tl::unexpected(names.error());
        for (const std::string& name : *names)
            if (auto added = addFile(name, label); !added)
                return added;
        return {};
    }

    Result<void> addFile(const std::string& name, const std::string& label)
    {
        const auto text = readPromptfooText(m_folder, name);
        if (!text)
            return tl::unexpected(text.error());
        if (hasExtension(name, {".yaml", ".yml"})) {
            const auto read = readPromptfooFile(m_folder, name);
            if (!read)
                return tl::unexpected(read.error());
            keep(jsJson(read->value), label.empty() ? name : label);
            return {};
        }
        const bool many = name.ends_with(".txt") || name.ends_with(".jsonl");
        std::string part;
        std::size_t count = 0;
        const auto flush = [&] {
            if (!jsTrim(part).empty())
                keep(std::string(jsTrim(part)),
                     (label.empty() ? name : label) + (++count > 1 ? " #" + std::to_string(count) : ""));
            part.clear();
        };
        for (const std::string_view line : splitLines(*text)) {
            if (many && name.ends_with(".txt") && trimmed(line) == "---") {
                flush();
                continue;
            }
            part += std::string(line) + "\n";
            if (name.ends_with(".jsonl"))
                flush();
        }
        flush();
        return {};
    }

    void keep(const std::string& text, std::string label)
    {
        if (label.empty())
            label = std::string(CodePoints(foldedWhitespace(text)).slice({0, 60}));
        std::string unique = label;
        for (int i = 2; std::ranges::any_of(m_all, [&](const auto& one) { return one["label"] == unique; });
             ++i)
            unique = label + " (" + std::to_string(i) + ")";
        m_all.push_back({{"label", unique}, {"text", text}});
    }

    const fs::path& m_folder;
    std::vector<std::string>& m_notes;
    ordered_json m_all = ordered_json::array();
};

// "openai:chat:gpt-4o" is the model "gpt-4o"; empty: no endpoint of the OpenAI API.
std::string modelOf(const std::string& provider)
{
    if (provider == "echo")
        return provider;
    if (!provider.starts_with("openai:") && !provider.starts_with("localai:") &&
        !provider.starts_with("ollama:") && !provider.starts_with("vllm:") &&
        !provider.starts_with("openrouter:"))
        return {};
    std::string_view rest = std::string_view(provider).substr(provider.find(':') + 1);
    for (const std::string_view kind : {"chat:", "completion:", "responses:"})
        if (rest.starts_with(kind))
            rest.remove_prefix(kind.size());
    return std::string(rest);
}

void takeConfig(const ordered_json& provider, ImportedTargets& targets)
{
    const ordered_json config =
        provider.is_object() ? provider.value("config", ordered_json()) : ordered_json();
    if (config.is_object() && config.contains("tools") && targets.tools.is_null())
        targets.tools = config["tools"];
    if (config.is_object() && config.contains("functions") && targets.functions.is_null())
        targets.functions = config["functions"];
    if (targets.transform.empty())
        targets.transform = textAt(provider, "transform");
}

} // namespace

Result<ordered_json> importedPrompts(const ordered_json& prompts, const fs::path& folder,
                                     std::vector<std::string>& notes)
{
    Prompts all(folder, notes);
    for (const auto& prompt : prompts.is_array() ? prompts : ordered_json{prompts})
        if (!prompt.is_null())
            if (auto added = all.add(prompt); !added)
                return tl::unexpected(added.error());
    return all.take();
}

ImportedTargets importedTargets(const ordered_json& providers, std::vector<std::string>& notes)
{
    ImportedTargets targets;
    for (const auto& provider : providers.is_array() ? providers : ordered_json{providers}) {
        if (provider.is_null())
            continue;
        // {id: …}, a text, or {"openai:gpt-4o": {config: …}}
        const bool keyed = provider.is_object() && !provider.contains("id") && provider.size() == 1;
        const ordered_json body = keyed ? provider.front() : provider;
        const std::string id = keyed                  ? provider.items().begin().key()
                               : provider.is_string() ? provider.get<std::string>()
                                                      : textAt(provider, "id");
        const std::string model = modelOf(id);
        if (model.empty()) {
            notes.push_back("the provider '" + id + "' is no endpoint of the OpenAI API: left out");
            continue;
        }
        if (model != "echo")
            notes.push_back("the provider '" + id + "' is the model '" + model +
                            "': put its endpoint below `models` of workspace.yaml under that name");
        if (std::ranges::find(targets.models, model) == targets.models.end())
            targets.models.push_back(model);
        takeConfig(body, targets);
    }
    return targets;
}

} // namespace plumbline::evals
