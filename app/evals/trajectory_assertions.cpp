#include <algorithm>
#include <cmath>

#include "app/evals/assertion_check.h"
#include "app/evals/glob.h"
#include "app/evals/js_text.h"
#include "app/evals/trajectory.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Steps = std::vector<TrajectoryStep>;

// What a step must be: {"name" or "pattern", "type"}, or a pattern alone.
struct Matcher {
    std::string pattern;
    std::vector<std::string> types; // empty: any
};

std::string textAt(const ordered_json& value, const char* key)
{
    const bool there = value.contains(key) && value[key].is_string();
    return there ? value[key].get<std::string>() : std::string();
}

Matcher matcherOf(const ordered_json& value, const char* defaultType)
{
    Matcher matcher;
    if (value.is_string()) {
        matcher.pattern = value.get<std::string>();
    } else if (value.is_object()) {
        matcher.pattern = textAt(value, "pattern");
        if (matcher.pattern.empty())
            matcher.pattern = textAt(value, "name");
        const ordered_json type = value.value("type", ordered_json());
        for (const auto& one : type.is_array() ? type : ordered_json{type})
            if (one.is_string())
                matcher.types.push_back(one.get<std::string>());
    }
    if (matcher.types.empty() && defaultType != nullptr)
        matcher.types.emplace_back(defaultType);
    return matcher;
}

void needName(const Matcher& matcher)
{
    if (matcher.pattern.empty())
        throw NotExecutable{"each tool must have a name or a pattern"};
}

bool fits(const TrajectoryStep& step, const Matcher& matcher)
{
    if (!matcher.types.empty() && std::ranges::find(matcher.types, step.type) == matcher.types.end())
        return false;
    return matcher.pattern.empty() || std::ranges::any_of(step.aliases, [&](const std::string& alias) {
               return matchesGlob(alias, matcher.pattern);
           });
}

Steps stepsOf(const Checked& checked, bool toolsOnly)
{
    const ordered_json* trace = checked.input.trace;
    if (trace == nullptr || !trace->is_object() || !trace->contains("spans"))
        throw NotExecutable{"there is no trace of this case"};
    Steps steps = trajectoryOf(*trace);
    if (toolsOnly)
        std::erase_if(steps, [](const TrajectoryStep& step) { return step.type != "tool"; });
    return steps;
}

std::string listed(const Steps& steps)
{
    std::string out;
    for (const TrajectoryStep& step : steps)
        out += (out.empty() ? "" : ", ") + step.name;
    return out.empty() ? "none" : out;
}

double count(const Steps& steps, const Matcher& matcher)
{
    return static_cast<double>(
        std::ranges::count_if(steps, [&](const TrajectoryStep& step) { return fits(step, matcher); }));
}

double boundAt(const ordered_json& value, const char* key, double otherwise)
{
    return value.contains(key) && value[key].is_number() ? value[key].get<double>() : otherwise;
}

Judgement toolUsed(const Checked& checked)
{
    const Steps steps = stepsOf(checked, true);
    const ordered_json& value = checked.value;
    const std::string is = "the tools called were " + listed(steps);
    if (value.is_object()) {
        const Matcher matcher = matcherOf(value, "tool");
        needName(matcher);
        const double times = count(steps, matcher);
        return holds(checked, times >= boundAt(value, "min", 1) && times <= boundAt(value, "max", INFINITY),
                     is, is);
    }
    const ordered_json list = value.is_array() ? value : ordered_json{value};
    const bool texts = std::ranges::all_of(list, [](const ordered_json& one) { return one.is_string(); });
    if (list.empty() || !texts)
        throw NotExecutable{"the value must name a tool, a list of them, or be a mapping with name"};
    const auto used = [&](const ordered_json& one) { return count(steps, matcherOf(one, "tool")) > 0; };
    // Negated: none of them may have been called.
    return checked.negated() ? yesOrNo(std::ranges::none_of(list, used), is)
                             : yesOrNo(std::ranges::all_of(list, used), is);
}

Judgement toolSequence(const Checked& checked)
{
    const Steps steps = stepsOf(checked, true);
    const ordered_json& value = checked.value;
    if (!value.is_structured())
        throw NotExecutable{"the value must be a list of tools, or a mapping with steps"};
    const ordered_json wanted = value.is_object() ? value.value("steps", ordered_json::array()) : value;
    std::vector<Matcher> matchers;
    for (const auto& one : wanted) {
        matchers.push_back(matcherOf(one, "tool"));
        needName(matchers.back());
    }
    if (matchers.empty())
        throw NotExecutable{"the value must name one tool at least"};
    bool holding = false;
    if (value.is_object() && textAt(value, "mode") == "exact") {
        holding = std::ranges::equal(steps, matchers, fits);
    } else {
        std::size_t next = 0;
        for (const TrajectoryStep& step : steps)
            next += next < matchers.size() && fits(step, matchers[next]) ? 1U : 0U;
        holding = next == matchers.size();
    }
    const std::string is = "the tools called were " + listed(steps);
    return holds(checked, holding, is, is);
}

Judgement stepCount(const Checked& checked)
{
    const Steps steps = stepsOf(checked, false);
    const ordered_json& value = checked.value;
    const bool bounded = value.is_object() && ((value.contains("min") && value["min"].is_number()) ||
                                               (value.contains("max") && value["max"].is_number()));
    if (!bounded)
        throw NotExecutable{"the value must be a mapping with min or max"};
    const double times = count(steps, matcherOf(value, nullptr));
    const std::string is = shortNumber(times) + " steps fit";
    return holds(checked, times >= boundAt(value, "min", 0) && times <= boundAt(value, "max", INFINITY), is,
                 is);
}

bool isIgnored(const std::string& key, const std::vector<std::string>& ignore)
{
    return std::ranges::any_of(ignore, [&](const std::string& entry) {
        return entry == key || (entry.find_first_of("*?") != std::string::npos && matchesGlob(key, entry));
    });
}

ordered_json without(const ordered_json& value, const std::vector<std::string>& ignore,
                     const ordered_json& defaults)
{
    if (!value.is_object())
        return value;
    ordered_json kept = ordered_json::object();
    for (const auto& [key, inner] : value.items()) {
        const bool isDefault =
            defaults.is_object() && defaults.contains(key) && jsEqual(defaults[key], inner);
        if (!isDefault && !isIgnored(key, ignore))
            kept[key] = inner;
    }
    return kept;
}

// Every key of `expected` is there with its value; lists are as long and agree place by place.
bool holdsAll(const ordered_json& actual, const ordered_json& expected)
{
    if (expected.is_array())
        return actual.is_array() && std::ranges::equal(actual, expected, holdsAll);
    if (!expected.is_object())
        return jsEqual(actual, expected);
    if (!actual.is_object())
        return false;
    for (const auto& [key, inner] : expected.items())
        if (!actual.contains(key) || !holdsAll(actual[key], inner))
            return false;
    return true;
}

std::vector<std::string> ignoredOf(const ordered_json& value)
{
    std::vector<std::string> ignored;
    const ordered_json given = value.value("ignore", ordered_json::array());
    for (const auto& entry : given.is_array() ? given : ordered_json{given}) {
        if (!entry.is_string() || jsTrim(entry.get<std::string>()).empty())
            throw NotExecutable{"ignore must be a text or a list of texts"};
        ignored.push_back(entry.get<std::string>());
    }
    return ignored;
}

Judgement toolArgsMatch(const Checked& checked)
{
    const Steps steps = stepsOf(checked, true);
    const ordered_json& value = checked.value;
    if (!value.is_object() || !(value.contains("args") || value.contains("arguments")))
        throw NotExecutable{"the value must be a mapping with name and args"};
    const Matcher matcher = matcherOf(value, "tool");
    needName(matcher);
    const std::string mode = value.contains("mode") ? textAt(value, "mode") : "partial";
    const ordered_json defaults = value.value("defaults", ordered_json());
    if ((mode != "partial" && mode != "exact") || !(defaults.is_null() || defaults.is_object()))
        throw NotExecutable{"mode must be partial or exact, and defaults a mapping"};
    const std::vector<std::string> ignored = ignoredOf(value);
    const ordered_json expected =
        without(value.contains("args") ? value["args"] : value["arguments"], ignored, {});
    const bool found = std::ranges::any_of(steps, [&](const TrajectoryStep& step) {
        if (!step.args || !fits(step, matcher))
            return false;
        const ordered_json actual = without(without(*step.args, ignored, {}), {}, defaults);
        return mode == "exact" ? jsEqual(actual, expected) : holdsAll(actual, expected);
    });
    return holds(checked, found, "no call of \"" + matcher.pattern + "\" had these arguments",
                 "a call of \"" + matcher.pattern + "\" had these arguments");
}

} // namespace

CheckTable trajectoryChecks()
{
    return {{"trajectory:tool-used", toolUsed},
            {"trajectory:tool-sequence", toolSequence},
            {"trajectory:step-count", stepCount},
            {"trajectory:tool-args-match", toolArgsMatch}};
}

} // namespace plumbline::evals
