#include "app/evals/promptfoo_fit.h"

#include <array>

#include "app/evals/check.h"
#include "app/evals/ecma_pattern.h"
#include "app/evals/template.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

bool ignoresNot(std::string_view type)
{
    return type.starts_with("is-valid-") || type.starts_with("trace-");
}

bool needsTrace(std::string_view type)
{
    return type.starts_with("trace-") || type.starts_with("trajectory:");
}

// Signs of an edition after 5.1, or of Node.js.
bool isNewerScript(std::string_view script)
{
    constexpr auto kSigns = std::to_array<std::string_view>(
        {"=>", "`", "let ", "async ", "await ", "require(", "import(", "?.", "??", "...", "class ", "new Map",
         "new Set", "Promise", "process.", "fetch("});
    for (const std::string_view sign : kSigns)
        if (script.find(sign) != std::string_view::npos)
            return true;
    return false;
}

std::string whyNotTemplate(const ordered_json& value)
{
    for (const auto& item : value.is_array() ? value : ordered_json{value}) {
        if (!item.is_string())
            continue;
        const auto text = item.get<std::string>();
        if (text.starts_with("file://") || text.starts_with("package:"))
            return "its value is made by a program or outside of the folder";
        if (const auto rendered = renderTemplate(text, {}); !rendered)
            return rendered.error().message;
    }
    return {};
}

// Empty: it can be executed.
std::string whyNotExecutable(const Assertion& assertion)
{
    if (assertion.negated && ignoresNot(assertion.type))
        return "promptfoo takes no notice of `not-` here";
    if (needsTrace(assertion.type))
        return "needs the trace of an agent, which a plain prompt does not leave";
    if (std::string why = whyNotTemplate(assertion.value); !why.empty())
        return why;
    const bool isText = assertion.value.is_string();
    if (assertion.type == "javascript" && (!isText || isNewerScript(assertion.value.get<std::string>())))
        return "the script needs more than ECMAScript 5.1";
    const bool plain = isText && assertion.value.get<std::string>().find("{{") == std::string::npos;
    if (assertion.type == "regex" && plain) {
        const auto found = searchEcma(assertion.value.get<std::string>(), "");
        if (!found && found.error().code == ErrorCode::Unsupported)
            return found.error().message;
    }
    return {};
}

} // namespace

std::vector<ImportedAssertion> fitOf(const ordered_json& assertion, const std::string& where,
                                     const std::string& blocked)
{
    ImportedAssertion fit;
    fit.where = where;
    fit.type = assertion.is_object() && assertion.contains("type") && assertion["type"].is_string()
                   ? assertion["type"].get<std::string>()
                   : "?";
    const auto parsed = parseAssertion(assertion, where);
    const auto refuse = [&](std::string reason) {
        fit.support = KindSupport::NotExecutable;
        fit.reason = std::move(reason);
    };
    std::vector<ImportedAssertion> all;
    if (!parsed) {
        refuse(parsed.error().message);
        return {fit};
    }
    const KindFact* fact = kindFact(parsed->type);
    fit.support = fact->support == KindSupport::Own ? KindSupport::Exact : fact->support;
    fit.reason = std::string(fact->reason);
    if (!blocked.empty())
        refuse(blocked);
    else if (fit.support != KindSupport::NotExecutable) {
        if (std::string why = whyNotExecutable(*parsed); !why.empty()) {
            refuse(std::move(why));
        } else if (parsed->config.is_object() && parsed->config.contains("transform")) {
            fit.support = KindSupport::Approximate;
            fit.reason = "its transform runs as ECMAScript 5.1 where scripts are allowed";
        }
    }
    all.push_back(fit);
    if (parsed->type == "assert-set" && assertion.contains("assert"))
        for (const auto& part : assertion["assert"])
            for (auto& inner : fitOf(part, where, blocked))
                all.push_back(std::move(inner));
    return all;
}

} // namespace plumbline::evals
