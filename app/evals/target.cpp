#include "app/evals/target.h"

#include <nlohmann/json.hpp>

#include "app/base/text.h"
#include "app/evals/template.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// {{ name }} and {{name}}; what is no plain name stays as it is, unless the whole reads as a template.
std::string substituted(std::string_view text, const Case& one)
{
    if (auto whole = renderTemplate(text, one.vars)) {
        return std::move(*whole);
    }
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = text.find("{{", at);
        const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open + 2);
        if (close == std::string_view::npos) {
            break;
        }
        const std::string_view name = trimmed(text.substr(open + 2, close - open - 2));
        const bool plain =
            !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO"
                                                    "PQRSTUVWXYZ0123456789_-") == std::string_view::npos;
        out += text.substr(at, open - at);
        if (plain) {
            const auto found = one.vars.find(name);
            out += found == one.vars.end() ? std::string_view() : std::string_view(found->second);
        } else {
            out += text.substr(open, close + 2 - open);
        }
        at = close + 2;
    }
    return out += text.substr(at);
}

std::optional<llm::Role> roleOf(const std::string& word)
{
    for (const llm::Role role : {llm::Role::System, llm::Role::User, llm::Role::Assistant, llm::Role::Tool}) {
        if (llm::toString(role) == word) {
            return role;
        }
    }
    return word == "developer" ? std::optional(llm::Role::System) : std::nullopt;
}

} // namespace

assistant::TurnRequest turnOf(const Target& target, const Case& one, Date asOf, int repeat,
                              std::uint64_t seed)
{
    assistant::TurnRequest turn;
    turn.question = one.question;
    turn.asOf = one.asOf.value_or(asOf);
    turn.profile = target.profile;
    turn.prompt = target.prompt;
    turn.model = target.variant.model;
    if (repeat > 0 && target.asksModel()) {
        const auto base = turn.prompt.parameters.seed.value_or(static_cast<std::int64_t>(seed & 0x7fffffffU));
        turn.prompt.parameters.seed = base + repeat;
    }
    return turn;
}

Result<PlainMessages> renderPlain(const PlainPrompt& prompt, const Case& one)
{
    PlainMessages out;
    ordered_json list = trimmed(prompt.text).starts_with('[')
                            ? ordered_json::parse(prompt.text, nullptr, false)
                            : ordered_json();
    if (!list.is_array()) {
        out.text = substituted(prompt.text, one);
        out.messages.push_back({llm::Role::User, out.text});
        return out;
    }
    for (ordered_json& entry : list) {
        const bool whole = entry.is_object() && entry.contains("role") && entry["role"].is_string() &&
                           entry.contains("content") && entry["content"].is_string();
        const auto role = whole ? roleOf(entry["role"].get<std::string>()) : std::nullopt;
        if (!role) {
            return failure(ErrorCode::BadInput,
                           "expected a list of messages, each with a role and a text as content",
                           prompt.where);
        }
        entry["content"] = substituted(entry["content"].get<std::string>(), one);
        out.messages.push_back({*role, entry["content"].get<std::string>()});
    }
    out.text = list.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    return out;
}

} // namespace plumbline::evals
