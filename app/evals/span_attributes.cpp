#include "app/evals/span_attributes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/base/text.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// Families of names, as "prefix:suffixes"; an empty suffix is the prefix alone. The order decides.
constexpr auto kToolNames =
    std::to_array<std::string_view>({"tool:.name,_name,", "function:.name,_name", "ai.toolCall:.name",
                                     "gen_ai.tool:.name", "agent.tool:_name,,Name", "codex.mcp.tool:"});
constexpr auto kToolArguments = std::to_array<std::string_view>(
    {"tool:.args,.arguments,.input,_args,_arguments,_input",
     "function:.args,.arguments,.input,_args,_arguments", "ai.toolCall:.args,.arguments,.input",
     "gen_ai.tool:.args,.arguments,.input,.call.args,.call.arguments", "agent.tool:.args,.arguments,.input",
     "codex.mcp:.args,.arguments,.input", "args:", "arguments:", "input:"});
constexpr auto kCommands = std::to_array<std::string_view>({"codex.command:", "command:,.name,_name"});
constexpr auto kSearches = std::to_array<std::string_view>({"codex.search.query:", "search:.query,_query"});

std::vector<std::string> namesIn(std::string_view family)
{
    const std::size_t colon = family.find(':');
    std::vector<std::string> names;
    for (const std::string_view suffix : split(family.substr(colon + 1), ','))
        names.push_back(std::string(family.substr(0, colon)) + std::string(suffix));
    return names;
}

ordered_json attributesOf(const ordered_json& span)
{
    const bool there = span.contains("attributes") && span["attributes"].is_object();
    return there ? span["attributes"] : ordered_json::object();
}

std::string textIn(const ordered_json& attributes, const std::string& key)
{
    const auto found = attributes.find(key);
    return found != attributes.end() && found->is_string() ? std::string(jsTrim(found->get<std::string>()))
                                                           : std::string();
}

template <std::size_t Size>
std::string firstText(const ordered_json& attributes, const std::array<std::string_view, Size>& families)
{
    for (const std::string_view family : families)
        for (const std::string& key : namesIn(family))
            if (std::string text = textIn(attributes, key); !text.empty())
                return text;
    return {};
}

// Whether one of the words stands in `key`: anywhere, or (whole) between dots and underscores.
bool mentions(std::string_view key, std::initializer_list<std::string_view> words, bool whole)
{
    const std::string lower = asciiLower(key);
    return std::ranges::any_of(words, [&](std::string_view word) {
        for (std::size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            const bool parted = (at == 0 || lower[at - 1] == '.' || lower[at - 1] == '_') &&
                                (end == lower.size() || lower[end] == '.' || lower[end] == '_');
            if (!whole || parted)
                return true;
        }
        return false;
    });
}

bool namesTool(const std::string& key)
{
    const std::string lower = asciiLower(key);
    for (const std::string_view word : {"tool", "function"})
        for (std::size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
            const std::string_view rest = std::string_view(lower).substr(at + word.size());
            if (rest.starts_with("name") || (!rest.empty() && rest.substr(1).starts_with("name")))
                return true;
        }
    return mentions(key, {"tool"}, true) && !mentions(key, {"result", "output", "definition"}, false);
}

// JSON in a text is read; blank is nothing.
std::optional<ordered_json> readValue(const ordered_json& value)
{
    if (value.is_null())
        return std::nullopt;
    if (!value.is_string())
        return value;
    const std::string text(jsTrim(value.get<std::string>()));
    if (text.empty())
        return std::nullopt;
    ordered_json parsed = jsParseJson(text);
    return parsed.is_discarded() ? ordered_json(text) : std::move(parsed);
}

bool isSearchLike(const std::string& name, const ordered_json& attributes)
{
    std::string lower = asciiLower(name);
    std::ranges::replace_if(
        lower, [](char c) { return std::string_view(" \t\r\n:/-").find(c) != std::string_view::npos; }, '.');
    if (mentions(lower, {"search", "find", "lookup", "retrieve", "retrieval"}, true))
        return true;
    for (const auto& [key, value] : attributes.items())
        if (key != "query" && mentions(key, {"search", "lookup", "retrieve", "retrieval"}, true))
            return true;
    return false;
}

} // namespace

std::string attributeOf(const ordered_json& span, const char* key)
{
    const ordered_json attributes = attributesOf(span);
    const auto found = attributes.find(key);
    return found != attributes.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string toolNameOf(const ordered_json& span)
{
    const ordered_json attributes = attributesOf(span);
    if (std::string direct = firstText(attributes, kToolNames); !direct.empty())
        return direct;
    for (const auto& [key, value] : attributes.items()) {
        const std::string text = textIn(attributes, key);
        const bool structured = text.starts_with('[') || text.starts_with('{');
        if (!text.empty() && namesTool(key) && !(structured && jsParseJson(text).is_structured()))
            return text;
    }
    const std::string name = jsString(span.value("name", ordered_json("")));
    const std::size_t slash = name.rfind('/');
    if (name.starts_with("mcp ") && slash != std::string::npos && slash + 1 < name.size())
        return std::string(jsTrim(std::string_view(name).substr(slash + 1)));
    return {};
}

std::optional<ordered_json> toolArgumentsOf(const ordered_json& span)
{
    const ordered_json attributes = attributesOf(span);
    for (const std::string_view family : kToolArguments)
        for (const std::string& key : namesIn(family))
            if (attributes.contains(key))
                if (auto value = readValue(attributes[key]))
                    return value;
    for (const auto& [key, raw] : attributes.items())
        if (!mentions(key, {"result", "output", "error", "status"}, false) &&
            mentions(key, {"arguments", "args", "input"}, true))
            if (auto value = readValue(raw))
                return value;
    return std::nullopt;
}

std::string commandOf(const ordered_json& span)
{
    const ordered_json attributes = attributesOf(span);
    if (std::string direct = firstText(attributes, kCommands); !direct.empty())
        return direct;
    for (const auto& [key, value] : attributes.items())
        if (mentions(key, {"command"}, false) && !mentions(key, {"output", "result"}, false))
            if (std::string text = textIn(attributes, key); !text.empty())
                return text;
    return {};
}

std::string searchQueryOf(const ordered_json& span)
{
    const ordered_json attributes = attributesOf(span);
    if (std::string direct = firstText(attributes, kSearches); !direct.empty())
        return direct;
    const std::string name = jsString(span.value("name", ordered_json("")));
    const std::string generic = textIn(attributes, "query");
    if (!generic.empty() && isSearchLike(name, attributes))
        return generic;
    if (!name.starts_with("search "))
        return {};
    std::string_view rest = std::string_view(name).substr(7);
    if (rest.starts_with('"'))
        rest.remove_prefix(1);
    if (rest.ends_with('"'))
        rest.remove_suffix(1);
    return std::string(jsTrim(rest));
}

} // namespace plumbline::evals
