#include <algorithm>
#include <cmath>

#include "app/evals/assertion_check.h"
#include "app/evals/glob.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;
using Spans = std::vector<ordered_json>;

std::string patternOf(const ordered_json& value)
{
    const bool there = value.is_object() && value.contains("pattern") && value["pattern"].is_string();
    const std::string pattern = there ? value["pattern"].get<std::string>() : "";
    return pattern.empty() ? "*" : pattern;
}

// The spans whose name fits. promptfoo takes no notice of `not-` on any check of a trace.
Spans spansOf(const Checked& checked, const std::string& pattern)
{
    if (checked.negated())
        throw NotExecutable{"promptfoo takes no notice of `not-` here, so it would mean the opposite"};
    const ordered_json* trace = checked.input.trace;
    if (trace == nullptr || !trace->is_object() || !trace->contains("spans"))
        throw NotExecutable{"there is no trace of this case"};
    Spans spans;
    for (const auto& span : trace->at("spans"))
        if (span.is_object() && span.contains("name") && matchesGlob(jsString(span["name"]), pattern))
            spans.push_back(span);
    return spans;
}

double numberAt(const ordered_json& value, const char* key, double otherwise)
{
    const bool there = value.is_object() && value.contains(key) && value[key].is_number();
    return there ? value[key].get<double>() : otherwise;
}

bool saysError(const ordered_json& span)
{
    if (!span.contains("statusMessage") || !span["statusMessage"].is_string())
        return false;
    const std::string message = jsLower(span["statusMessage"].get<std::string>());
    return std::ranges::any_of(
        std::initializer_list<const char*>{"error", "failed", "failure", "exception", "timeout", "abort"},
        [&](const char* word) { return message.find(word) != std::string::npos; });
}

bool hasErrorAttribute(const ordered_json& attributes)
{
    for (const char* key : {"error", "exception", "failed", "failure"}) {
        const ordered_json value = attributes.contains(key) ? attributes[key] : ordered_json();
        if (value == true || value == "true" || value.is_structured())
            return true;
    }
    if (attributes.contains("http.status_code")) {
        double code = 0;
        if (jsParseNumber(jsString(attributes["http.status_code"]), code) && code >= 400)
            return true;
    }
    return attributes.value("otel.status_code", ordered_json()) == "ERROR" ||
           attributes.value("status.code", ordered_json()) == "ERROR";
}

bool isError(const ordered_json& span)
{
    const double status = numberAt(span, "statusCode", 0);
    const bool hasAttributes = span.contains("attributes") && span["attributes"].is_object();
    return status == 2 || status >= 400 || (hasAttributes && hasErrorAttribute(span["attributes"])) ||
           saysError(span);
}

Judgement errorSpans(const Checked& checked)
{
    const ordered_json& value = checked.value;
    const Spans spans = spansOf(checked, patternOf(value));
    const double maxShare = numberAt(value, "max_percentage", INFINITY);
    const double maxCount = value.is_number()
                                ? value.get<double>()
                                : numberAt(value, "max_count", std::isinf(maxShare) ? 0 : INFINITY);
    if (spans.empty())
        return yesOrNo(true, "");
    const auto errors = static_cast<double>(std::ranges::count_if(spans, isError));
    const double share = errors / static_cast<double>(spans.size()) * 100;
    return yesOrNo(errors <= maxCount && share <= maxShare,
                   shortNumber(errors) + " of " + std::to_string(spans.size()) + " spans are errors");
}

Judgement spanCount(const Checked& checked)
{
    const ordered_json& value = checked.value;
    if (!value.is_object() || !value.contains("pattern") || !value["pattern"].is_string())
        throw NotExecutable{"the value must have a pattern"};
    const auto count = static_cast<double>(spansOf(checked, patternOf(value)).size());
    return yesOrNo(count >= numberAt(value, "min", 0) && count <= numberAt(value, "max", INFINITY),
                   shortNumber(count) + " spans fit \"" + patternOf(value) + "\"");
}

Judgement spanDuration(const Checked& checked)
{
    const ordered_json& value = checked.value;
    if (!value.is_object() || !value.contains("max") || !value["max"].is_number())
        throw NotExecutable{"the value must have max, in milliseconds"};
    const double percentile = numberAt(value, "percentile", 100);
    if (percentile < 0 || percentile > 100)
        throw NotExecutable{"percentile must be from 0 to 100"};
    std::vector<double> durations;
    for (const auto& span : spansOf(checked, patternOf(value)))
        if (span.contains("startTime") && span.contains("endTime") && span["endTime"].is_number())
            durations.push_back(numberAt(span, "endTime", 0) - numberAt(span, "startTime", 0));
    if (durations.empty())
        return yesOrNo(true, "");
    std::ranges::sort(durations);
    const double rank = std::ceil(percentile / 100 * static_cast<double>(durations.size())) - 1;
    const double duration = durations[static_cast<std::size_t>(std::max(0.0, rank))];
    return yesOrNo(duration <= value["max"].get<double>(),
                   "the slowest span that counts took " + shortNumber(duration) + " ms");
}

} // namespace

CheckTable traceChecks()
{
    return {{"trace-error-spans", errorSpans},
            {"trace-span-count", spanCount},
            {"trace-span-duration", spanDuration}};
}

} // namespace plumbline::evals
