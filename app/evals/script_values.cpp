#include "app/evals/script_values.h"

#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// The last semicolon outside of quotes; npos for none.
std::size_t lastSemicolon(std::string_view text)
{
    char quote = 0;
    std::size_t last = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\')
            ++i;
        else if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"' || c == '`')
            quote = c;
        else if (c == ';')
            last = i;
    }
    return last;
}

bool declares(std::string_view text)
{
    for (const std::string_view word : {"const ", "let ", "var "})
        if (text.starts_with(word))
            return true;
    return false;
}

ordered_json contextOf(const Checked& checked)
{
    const CheckInput& input = checked.input;
    ordered_json vars = ordered_json::object();
    for (const auto& [name, value] : input.testCase.vars)
        vars[name] = value;
    ordered_json context = {
        {"prompt", std::string(input.prompt)}, {"vars", vars}, {"test", {{"vars", vars}}}};
    context["providerResponse"] = input.response != nullptr ? *input.response : ordered_json::object();
    context["providerResponse"]["output"] =
        checked.hasStructured ? checked.structured : ordered_json(checked.text);
    if (context["providerResponse"].contains("metadata"))
        context["metadata"] = context["providerResponse"]["metadata"];
    if (checked.assertion.config.is_object() && checked.assertion.config.contains("config"))
        context["config"] = checked.assertion.config["config"];
    if (input.trace != nullptr)
        context["trace"] = *input.trace;
    return context;
}

} // namespace

std::string functionBody(std::string_view script)
{
    while (!script.empty() && jsTrim(script.substr(script.size() - 1)).empty())
        script.remove_suffix(1);
    if (script.find('\n') != std::string_view::npos)
        return std::string(script);
    std::string_view line = jsTrim(script);
    while (line.ends_with(';'))
        line = jsTrim(line.substr(0, line.size() - 1));
    const std::size_t semicolon = declares(line) ? lastSemicolon(line) : std::string_view::npos;
    if (!declares(line))
        return "return " + std::string(line);
    if (semicolon == std::string_view::npos)
        return std::string(line);
    return std::string(line.substr(0, semicolon + 1)) + " return " +
           std::string(jsTrim(line.substr(semicolon + 1)));
}

Result<ScriptEnd> runAssertionScript(std::string_view script, const Checked& checked)
{
    Script run;
    run.body = functionBody(script);
    run.output = checked.hasStructured ? checked.structured : ordered_json(checked.text);
    run.context = contextOf(checked);
    return runScript(run);
}

} // namespace plumbline::evals
