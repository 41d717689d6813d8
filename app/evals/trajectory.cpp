#include "app/evals/trajectory.h"

#include <algorithm>
#include <set>

#include "app/evals/js_text.h"
#include "app/evals/span_attributes.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Names = std::set<std::string, std::less<>>;

Names commandTools(const ordered_json& trace)
{
    Names names = {"exec_command", "local_shell", "shell"};
    const ordered_json metadata = trace.value("metadata", ordered_json::object());
    if (metadata.is_object() && metadata.contains("commandToolNames"))
        for (const auto& name : metadata["commandToolNames"])
            if (name.is_string() && !jsTrim(name.get<std::string>()).empty())
                names.insert(jsLower(jsTrim(name.get<std::string>())));
    return names;
}

// The command among the arguments of a shell's tool.
std::string commandInArguments(const std::optional<ordered_json>& args)
{
    if (!args || !args->is_object())
        return {};
    for (const auto& [key, separator] : {std::pair{"cmd", " "}, {"command", " "}, {"commands", "; "}}) {
        if (!args->contains(key))
            continue;
        const ordered_json& value = (*args)[key];
        if (value.is_string())
            return std::string(jsTrim(value.get<std::string>()));
        std::string joined;
        for (const auto& part : value.is_array() ? value : ordered_json::array()) {
            const std::string text(jsTrim(jsString(part)));
            if (!text.empty())
                joined += (joined.empty() ? "" : separator) + text;
        }
        return joined;
    }
    return {};
}

class StepReader {
public:
    StepReader(const ordered_json& span, const Names& shells)
        : m_span(span), m_shells(shells), m_name(jsString(span.value("name", ordered_json(""))))
    {
    }

    TrajectoryStep read() const
    {
        const std::string tool = toolNameOf(m_span);
        const std::optional<ordered_json> args = toolArgumentsOf(m_span);
        const bool shell = !tool.empty() && m_shells.contains(jsLower(jsTrim(tool)));
        std::string command = commandOf(m_span);
        if (command.empty() && shell)
            command = commandInArguments(args);
        if (command.empty() && m_name.starts_with("exec "))
            command = std::string(jsTrim(std::string_view(m_name).substr(5)));
        TrajectoryStep step{"span", m_name, {m_name}, {}};
        if (!command.empty() && (shell || tool.empty())) {
            become(step, "command", command);
            step.aliases.push_back(shell ? tool : command);
            step.aliases.push_back(jsWords(command).front());
            if (shell)
                step.args = args;
        } else if (!tool.empty()) {
            become(step, "tool", tool);
            step.args = args;
        } else if (const std::string query = searchQueryOf(m_span); !query.empty()) {
            become(step, "search", query);
        } else {
            takeTalk(step);
        }
        return step;
    }

private:
    static void become(TrajectoryStep& step, const char* type, const std::string& name)
    {
        step.type = type;
        step.name = name;
        step.aliases.push_back(name);
    }

    void takeTalk(TrajectoryStep& step) const
    {
        const std::string item = attributeOf(m_span, "codex.item.type");
        const std::string lower = jsLower(m_name);
        const bool reasons =
            lower == "reasoning" || lower.starts_with("reasoning_") || lower.starts_with("reasoning ");
        if (item == "reasoning" || reasons)
            step.type = "reasoning";
        else if (item == "agent_message" || m_name == "agent response" || m_name == "send input")
            step.type = "message";
        if (step.type != "span")
            step.aliases.push_back(step.type);
    }

    const ordered_json& m_span;
    const Names& m_shells;
    std::string m_name;
};

double timeOf(const ordered_json& span, const char* key, double otherwise)
{
    const bool there = span.contains(key) && span[key].is_number();
    return there ? span[key].get<double>() : otherwise;
}

} // namespace

std::vector<TrajectoryStep> trajectoryOf(const ordered_json& trace)
{
    std::vector<ordered_json> spans;
    for (const auto& span : trace.value("spans", ordered_json::array()))
        if (span.is_object())
            spans.push_back(span);
    std::ranges::stable_sort(spans, [](const ordered_json& left, const ordered_json& right) {
        const double leftStart = timeOf(left, "startTime", 0);
        const double rightStart = timeOf(right, "startTime", 0);
        if (leftStart != rightStart)
            return leftStart < rightStart;
        return timeOf(left, "endTime", leftStart) < timeOf(right, "endTime", rightStart);
    });
    const Names shells = commandTools(trace);
    std::vector<TrajectoryStep> steps;
    for (const ordered_json& span : spans)
        steps.push_back(StepReader(span, shells).read());
    return steps;
}

} // namespace plumbline::evals
