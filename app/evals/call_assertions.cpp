#include "app/base/json_schema.h"
#include "app/base/text.h"
#include "app/evals/assertion_check.h"
#include "app/evals/js_text.h"
#include "app/evals/tool_calls.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

ToolNames expectedTools(const ordered_json& value)
{
    ToolNames names;
    const auto add = [&](std::string_view name) {
        if (!jsTrim(name).empty())
            names.emplace(jsTrim(name));
    };
    if (value.is_string()) {
        for (const std::string_view name : split(value.get_ref<const std::string&>(), ','))
            add(name);
    } else if (value.is_array()) {
        for (const auto& name : value)
            add(jsString(name));
    }
    if (names.empty())
        throw NotExecutable{"the value must name the tools: a list, or a text parted by commas"};
    return names;
}

std::string listed(const ToolNames& names)
{
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "none" : out;
}

// The harmonic mean of precision and recall over the names of tools. Negated, the score stays as it is.
Judgement toolCallF1(const Checked& checked)
{
    const ToolNames expected = expectedTools(checked.value);
    const ToolNames called =
        checked.hasStructured ? toolsCalledIn(checked.structured) : toolsCalledInText(checked.text);
    double common = 0;
    for (const std::string& name : expected)
        common += called.contains(name) ? 1 : 0;
    const double precision = called.empty() ? 0 : common / static_cast<double>(called.size());
    const double recall = common / static_cast<double>(expected.size());
    const double f1 = common == 0 ? 0 : 2 * precision * recall / (precision + recall);
    const double threshold = checked.assertion.threshold.value_or(1);
    const std::string is = "F1 over the tools is " + shortNumber(f1) + ": asked for " + listed(expected) +
                           ", called " + listed(called);
    Judgement judgement = holds(checked, f1 >= threshold, is, is);
    judgement.score = f1;
    return judgement;
}

// `tools` or `functions` beside the assertion: what the provider had to offer.
ordered_json offered(const Checked& checked, const char* key)
{
    const ordered_json& config = checked.assertion.config;
    if (config.is_object() && config.contains(key))
        return config[key];
    if (config.is_object() && config.contains("config") && config["config"].is_object() &&
        config["config"].contains(key))
        return config["config"][key];
    throw NotExecutable{std::string("the assertion must carry the `") + key + "` that the model was offered"};
}

// Empty: the call is as its function wants it.
std::string whyNotValid(const ordered_json& call, const ordered_json& functions)
{
    const bool shaped = call.is_object() && call.contains("name") && call["name"].is_string() &&
                        call.contains("arguments") && call["arguments"].is_string();
    if (!shaped)
        return "the output is no call of a function";
    const auto name = call["name"].get<std::string>();
    const ordered_json arguments = jsParseJson(call["arguments"].get<std::string>());
    if (arguments.is_discarded())
        return "the arguments of '" + name + "' are no JSON";
    const ordered_json* schema = nullptr;
    for (const auto& function : functions)
        if (schema == nullptr && function.is_object() && function.value("name", "") == name &&
            function.contains("parameters"))
            schema = &function["parameters"];
    if (schema == nullptr)
        return "there is no function '" + name + "'";
    const auto compiled = JsonSchema::compile(*schema, {}, SchemaDialect::Draft7);
    if (!compiled)
        return "the parameters of '" + name + "' are no JSON Schema: " + compiled.error().message;
    const auto violations = compiled->validate(arguments);
    return violations.empty()
               ? std::string()
               : "the call of '" + name + "' breaks its schema: " + violations.front().instancePath + " " +
                     violations.front().message;
}

void refuseNegated(const Checked& checked)
{
    if (checked.negated())
        throw NotExecutable{"promptfoo takes no notice of `not-` here, so it would mean the opposite"};
}

Judgement mcpResult(const std::string& text)
{
    const bool failed = text.find("MCP Tool Error") != std::string::npos;
    return yesOrNo(!failed, "a tool called over MCP gave an error");
}

Judgement validToolsCall(const Checked& checked)
{
    refuseNegated(checked);
    if (checked.text.find("MCP Tool Result") != std::string::npos ||
        checked.text.find("MCP Tool Error") != std::string::npos)
        return mcpResult(checked.text);
    const ordered_json& output = checked.structured;
    const bool wrapped = output.is_object() && output.contains("tool_calls");
    const ordered_json& calls = wrapped ? output["tool_calls"] : output;
    if (!checked.hasStructured || !calls.is_array() || calls.empty())
        return yesOrNo(false, "the output is no call of tools");
    for (const auto& call : calls)
        if (!call.is_object() || !call.contains("function"))
            return yesOrNo(false, "the output is no call of tools");
    ordered_json functions = ordered_json::array();
    for (const auto& tool : offered(checked, "tools"))
        if (tool.is_object() && tool.value("type", "") == "function" && tool.contains("function"))
            functions.push_back(tool["function"]);
    for (const auto& call : calls)
        if (const std::string why = whyNotValid(call["function"], functions); !why.empty())
            return yesOrNo(false, why);
    return yesOrNo(true, "");
}

Judgement validFunctionCall(const Checked& checked)
{
    refuseNegated(checked);
    const ordered_json& output = checked.structured;
    const bool wrapped = output.is_object() && output.contains("function_call");
    const std::string why = checked.hasStructured ? whyNotValid(wrapped ? output["function_call"] : output,
                                                                offered(checked, "functions"))
                                                  : "the output is no call of a function";
    return yesOrNo(why.empty(), why);
}

} // namespace

CheckTable callChecks()
{
    return {
        {"tool-call-f1", toolCallF1},
        {"is-valid-openai-tools-call", validToolsCall},
        {"is-valid-openai-function-call", validFunctionCall},
        {"is-valid-function-call", validFunctionCall},
    };
}

} // namespace plumbline::evals
