#include "app/prompts/prompt_file.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/base/digest.h"
#include "app/base/json_values.h"
#include "app/prompts/front_matter.h"
#include "app/prompts/invisible.h"
#include "app/prompts/prompt_sections.h"
#include "app/prompts/template_text.h"

namespace plumbline::prompts {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxExamples = 32;
constexpr int kMaxVersion = 1'000'000;

std::string withLineFeeds(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') {
            out += text[i];
        }
    }
    return out;
}

class PromptReader {
public:
    PromptReader(std::string_view text, std::string_view path) : m_text(withLineFeeds(text)), m_path(path) {}

    Result<PromptVersion> run(std::string_view asItStands)
    {
        if (const auto found = firstInvisible(m_text)) {
            return failure(ErrorCode::BadInput, refusal(*found), m_path + ":" + found->lineColumn);
        }
        auto parts = cutPrompt(m_text, m_path);
        if (!parts) {
            return tl::unexpected(parts.error());
        }
        auto front = readFrontMatter(parts->frontMatter, m_path);
        if (!front) {
            return tl::unexpected(front.error());
        }
        m_prompt = std::move(front->prompt);
        if (auto named = takeName(); !named) {
            return tl::unexpected(named.error());
        }
        for (std::size_t i = 0; i < parts->sections.size(); ++i) {
            if (auto taken = takeSection(parts->sections, i); !taken) {
                return tl::unexpected(taken.error());
            }
        }
        if (m_prompt.user.empty()) {
            return failure(ErrorCode::BadInput, "there is no section '# User'; expected one with text",
                           m_path);
        }
        for (const Variable& variable : m_prompt.variables) {
            if (std::find(m_used.begin(), m_used.end(), variable.name) == m_used.end()) {
                return failure(ErrorCode::BadInput,
                               "the variable '" + variable.name + "' is not used; write {{" + variable.name +
                                   "}} in a section, or take it out",
                               front->variables[variable.name]);
            }
        }
        m_prompt.path = m_path;
        m_prompt.text = std::string(asItStands);
        m_prompt.digest = digestOf(m_prompt);
        return std::move(m_prompt);
    }

private:
    Result<void> takeName()
    {
        const std::size_t slash = m_path.rfind('/');
        const std::size_t before =
            slash == std::string::npos || slash == 0 ? slash : m_path.rfind('/', slash - 1);
        const std::string file = m_path.substr(slash == std::string::npos ? 0 : slash + 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        m_prompt.name = slash == std::string::npos ? "" : m_path.substr(begin, slash - begin);
        m_prompt.version = versionOfFile(file);
        if (!isPromptName(m_prompt.name) || m_prompt.version == 0) {
            return failure(ErrorCode::BadInput,
                           "expected a file NAME/vN.md, such as answer/v7.md: NAME of lower-case letters, "
                           "digits and '-', N from 1",
                           m_path);
        }
        return {};
    }

    Result<void> takeSection(const std::vector<Section>& sections, std::size_t index)
    {
        const Section& section = sections[index];
        const std::string heading(headingOf(section.kind));
        const SectionKind before = index == 0 ? SectionKind::System : sections[index - 1].kind;
        if (section.text.empty()) {
            return bad(section, 0, "'" + heading + "' is empty; expected text, or no such section");
        }
        switch (section.kind) {
        case SectionKind::System:
            if (index > 0) {
                return bad(section, 0, "expected '# System' once and as the first section");
            }
            m_prompt.system = section.text;
            return checkPlaceholders(section);
        case SectionKind::User:
            if (index > 0 && before != SectionKind::System) {
                return bad(section, 0, "expected '# User' once and right after '# System'");
            }
            m_prompt.user = section.text;
            return checkPlaceholders(section);
        case SectionKind::ExampleUser:
            if (index == 0 || (before != SectionKind::User && before != SectionKind::ExampleAssistant)) {
                return bad(section, 0,
                           "expected '# Example user' after '# User' or after '# Example assistant'");
            }
            if (index + 1 == sections.size() || m_prompt.examples.size() == kMaxExamples) {
                return bad(section, 0,
                           m_prompt.examples.size() == kMaxExamples
                               ? "there are more than 32 examples"
                               : "expected '# Example assistant' after this section");
            }
            return takeExample(section, true);
        case SectionKind::ExampleAssistant:
            break;
        }
        if (before != SectionKind::ExampleUser) {
            return bad(section, 0, "expected '# Example user' before '# Example assistant'");
        }
        return takeExample(section, false);
    }

    // Kept with its escapes undone: an example is what it says.
    Result<void> takeExample(const Section& section, bool user)
    {
        auto pieces = piecesOf(section);
        if (!pieces) {
            return tl::unexpected(pieces.error());
        }
        std::string text;
        for (const TemplatePiece& piece : *pieces) {
            if (piece.placeholder) {
                return bad(
                    section, piece.byte,
                    "an example is written out, without placeholders; literal braces are written \\{{");
            }
            text += piece.text;
        }
        if (user) {
            m_prompt.examples.push_back({std::move(text), ""});
        } else {
            m_prompt.examples.back().assistant = std::move(text);
        }
        return {};
    }

    Result<void> checkPlaceholders(const Section& section)
    {
        auto pieces = piecesOf(section);
        if (!pieces) {
            return tl::unexpected(pieces.error());
        }
        for (const TemplatePiece& piece : *pieces) {
            if (!piece.placeholder) {
                continue;
            }
            const Variable* variable = declared(piece.text);
            if (variable == nullptr) {
                return bad(section, piece.byte,
                           "there is no variable '" + piece.text + "'; declare it under 'variables'" +
                               known());
            }
            if (section.kind == SectionKind::System && isUntrusted(variable->kind)) {
                return bad(
                    section, piece.byte,
                    "'" + piece.text + "' is of kind '" + std::string(toString(variable->kind)) +
                        "', which is untrusted and cannot stand in a system section; move it to '# User'");
            }
            m_used.push_back(piece.text);
        }
        return {};
    }

    Result<std::vector<TemplatePiece>> piecesOf(const Section& section) const
    {
        auto pieces = parseTemplate(section.text);
        if (pieces) {
            return pieces;
        }
        const std::string& where = pieces.error().where; // "line:column" within the section
        const std::size_t colon = where.find(':');
        const std::size_t line = std::stoul(where.substr(0, colon)) + section.line - 1;
        return failure(ErrorCode::BadInput, pieces.error().message,
                       m_path + ":" + std::to_string(line) + where.substr(colon));
    }

    const Variable* declared(std::string_view name) const
    {
        const auto found = std::find_if(m_prompt.variables.begin(), m_prompt.variables.end(),
                                        [&](const Variable& one) { return one.name == name; });
        return found == m_prompt.variables.end() ? nullptr : &*found;
    }

    std::string known() const
    {
        std::string names;
        for (const Variable& variable : m_prompt.variables) {
            names += (names.empty() ? " (there are: " : ", ") + variable.name;
        }
        return names.empty() ? names : names + ")";
    }

    tl::unexpected<Error> bad(const Section& section, std::size_t byte, std::string message) const
    {
        return failure(ErrorCode::BadInput, std::move(message),
                       m_path + ":" + lineColumn(section.text, byte, section.line));
    }

    std::string m_text;
    std::string m_path;
    PromptVersion m_prompt;
    std::vector<std::string> m_used;
};

template <typename T>
void put(ordered_json& into, const char* key, const std::optional<T>& value)
{
    if (value) {
        into[key] = *value;
    }
}

ordered_json digestedVariables(const PromptVersion& prompt)
{
    ordered_json all = ordered_json::array();
    for (const Variable& variable : prompt.variables) {
        all.push_back({{"name", variable.name},
                       {"kind", toString(variable.kind)},
                       {"choices", variable.choices},
                       {"default", variable.fallback},
                       {"required", variable.required}});
    }
    return all;
}

} // namespace

Result<PromptVersion> parsePrompt(std::string_view text, std::string_view path)
{
    if (text.size() > kMaxPromptBytes) {
        return failure(ErrorCode::TooLarge, "is over 1 MB, the limit for a prompt", std::string(path));
    }
    return PromptReader(text, path).run(text);
}

std::string digestOf(const PromptVersion& prompt)
{
    ordered_json all = {{"format", 1},
                        {"task", prompt.task},
                        {"guard_policy", prompt.guardPolicy},
                        {"system", prompt.system},
                        {"user", prompt.user}};
    ordered_json model = {{"stop", prompt.parameters.stop}, {"logprobs", prompt.parameters.logprobs}};
    put(model, "temperature", prompt.parameters.temperature);
    put(model, "top_p", prompt.parameters.topP);
    put(model, "max_output_tokens", prompt.parameters.maxOutputTokens);
    put(model, "seed", prompt.parameters.seed);
    all["model"] = std::move(model);
    all["answer"] = {{"layout", toString(prompt.form.layout)},
                     {"max_sentences", prompt.form.maxSentences},
                     {"answer_from", prompt.form.answerFrom},
                     {"unsupported", toString(prompt.form.unsupported)}};
    all["variables"] = digestedVariables(prompt);
    all["output"] = prompt.outputSchema;
    all["examples"] = ordered_json::array();
    for (const Example& example : prompt.examples) {
        all["examples"].push_back({{"user", example.user}, {"assistant", example.assistant}});
    }
    return sha256Hex(canonicalJson(all));
}

int versionOfFile(std::string_view file)
{
    if (!file.starts_with('v') || !file.ends_with(".md") || file.size() < 5) {
        return 0;
    }
    const std::string_view digits = file.substr(1, file.size() - 4);
    int version = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    return whole && digits.front() != '0' && version > 0 && version <= kMaxVersion ? version : 0;
}

bool isPromptName(std::string_view name)
{
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 80 && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), fits);
}

bool isUntrusted(VariableKind kind)
{
    return kind == VariableKind::Text || kind == VariableKind::Question || kind == VariableKind::Ticket ||
           kind == VariableKind::Passages;
}

std::string_view toString(VariableKind kind)
{
    constexpr std::array<std::string_view, 8> kWords = {"text",    "question", "ticket", "passages",
                                                        "integer", "number",   "date",   "choice"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string_view toString(Layout layout)
{
    constexpr std::array<std::string_view, 3> kWords = {"prose", "list", "json"};
    return kWords[static_cast<std::size_t>(layout)];
}

std::string_view toString(Unsupported unsupported)
{
    return unsupported == Unsupported::Withhold ? "withhold" : "mark";
}

const Variable* variableOf(const PromptVersion& prompt, VariableKind kind)
{
    const auto found = std::find_if(prompt.variables.begin(), prompt.variables.end(),
                                    [&](const Variable& variable) { return variable.kind == kind; });
    return found == prompt.variables.end() ? nullptr : &*found;
}

} // namespace plumbline::prompts
