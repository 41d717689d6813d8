#include <cmath>

#include "app/evals/assertion_check.h"
#include "app/evals/glob.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

double neededThreshold(const Checked& checked)
{
    if (!checked.assertion.threshold)
        throw NotExecutable{"'" + checked.assertion.type + "' needs a threshold"};
    return *checked.assertion.threshold;
}

Judgement cost(const Checked& checked)
{
    const double threshold = neededThreshold(checked);
    if (!checked.input.cost)
        throw NotExecutable{"the cost of this answer is not known"};
    const double dollars = static_cast<double>(checked.input.cost->microUsd) / 1e6;
    const std::string is = "the answer cost " + toShortString(*checked.input.cost);
    return holds(checked, dollars <= threshold, is + ", over $" + shortNumber(threshold),
                 is + ", not over $" + shortNumber(threshold));
}

Judgement latency(const Checked& checked)
{
    const double threshold = neededThreshold(checked);
    if (!checked.input.latencyMs)
        throw NotExecutable{"this answer came from a cache: its time says nothing"};
    const std::string is = "the answer took " + shortNumber(*checked.input.latencyMs) + " ms";
    return holds(checked, *checked.input.latencyMs <= threshold, is + ", over " + shortNumber(threshold),
                 is + ", not over " + shortNumber(threshold));
}

double meanLogprob(const Checked& checked)
{
    const auto* reply = checked.input.reply;
    if (reply == nullptr || reply->logprobs.empty())
        throw NotExecutable{"the model gave no log probabilities"};
    double sum = 0;
    for (const auto& token : reply->logprobs)
        sum += token.logprob;
    return sum / static_cast<double>(reply->logprobs.size());
}

// Without a threshold both pass, negated or not: promptfoo's way.
Judgement perplexity(const Checked& checked)
{
    const double value = std::exp(-meanLogprob(checked));
    if (!checked.assertion.threshold)
        return yesOrNo(true, "");
    const std::string is = "the perplexity is " + shortNumber(value);
    return holds(checked, value <= *checked.assertion.threshold, is, is);
}

Judgement perplexityScore(const Checked& checked)
{
    const double value = 1 / (1 + std::exp(-meanLogprob(checked)));
    Judgement judgement =
        reaches(checked, "the perplexity score", value, checked.assertion.threshold.value_or(0));
    if (!checked.assertion.threshold)
        judgement.passed = true;
    return judgement;
}

Judgement finishReason(const Checked& checked)
{
    if (!checked.value.is_string())
        throw NotExecutable{"the value must be a text"};
    std::string reason = checked.input.reply == nullptr ? "" : checked.input.reply->finishReason;
    reason = reason == "function_call" ? "tool_calls" : reason; // the same under its older name
    const std::string is =
        reason.empty() ? "the model gave no reason for its end" : "the model ended by \"" + reason + "\"";
    const bool same = !reason.empty() && jsLower(reason) == jsLower(checked.value.get<std::string>());
    return holds(checked, same, is, is);
}

const ordered_json* memberOf(const ordered_json* value, const char* key)
{
    if (value == nullptr || !value->is_object() || !value->contains(key))
        return nullptr;
    return &value->at(key);
}

bool isFlagged(const Checked& checked)
{
    if (const ordered_json* own = memberOf(checked.input.response, "guardrails"); own != nullptr) {
        const ordered_json* flagged = memberOf(own, "flagged");
        return flagged != nullptr && *flagged == true;
    }
    const auto* reply = checked.input.reply;
    return reply != nullptr && (!reply->refusal.empty() || reply->finishReason == "content_filter");
}

// What the provider's own guard said; where it said nothing, nothing was flagged.
Judgement guardrails(const Checked& checked)
{
    const ordered_json& config = checked.assertion.config;
    if (const auto* own = memberOf(&config, "config");
        own != nullptr && own->value("purpose", "") == "redteam")
        throw NotExecutable{"promptfoo passes the whole case when this fails"};
    const bool flagged = isFlagged(checked);
    return holds(checked, !flagged, "the provider's guard flagged it",
                 "the provider's guard flagged nothing");
}

bool isSkill(const ordered_json& call, const std::string& name, const std::string& pattern)
{
    const auto own = call["name"].get<std::string>();
    return (name.empty() || own == name) && (pattern.empty() || matchesGlob(own, pattern));
}

std::vector<ordered_json> skillCalls(const Checked& checked)
{
    std::vector<ordered_json> calls;
    const ordered_json* list = memberOf(memberOf(checked.input.response, "metadata"), "skillCalls");
    for (const auto& call : list != nullptr && list->is_array() ? *list : ordered_json::array())
        if (call.is_object() && call.contains("name") && call["name"].is_string() &&
            !(call.contains("is_error") && call["is_error"] == true))
            calls.push_back(call);
    return calls;
}

std::size_t countSkill(const std::vector<ordered_json>& calls, const std::string& name,
                       const std::string& pattern)
{
    std::size_t count = 0;
    for (const auto& call : calls)
        count += isSkill(call, name, pattern) ? 1U : 0U;
    return count;
}

std::string trimmedText(const ordered_json& value, const char* key)
{
    const bool there = value.contains(key) && value[key].is_string();
    return there ? std::string(jsTrim(value[key].get_ref<const std::string&>())) : std::string();
}

double boundOf(const ordered_json& value, const char* key)
{
    const double bound = value[key].is_number() ? value[key].get<double>() : -1;
    if (bound < 0 || std::floor(bound) != bound)
        throw NotExecutable{std::string(key) + " must be a whole number, 0 or more"};
    return bound;
}

Judgement skillCount(const Checked& checked, const std::vector<ordered_json>& calls)
{
    const ordered_json& value = checked.value;
    const std::string name = trimmedText(value, "name");
    const std::string pattern = trimmedText(value, "pattern");
    if (name.empty() && pattern.empty())
        throw NotExecutable{"the value must have a name or a pattern"};
    const bool hasMin = value.contains("min");
    const bool hasMax = value.contains("max");
    const double min = hasMin ? boundOf(value, "min") : hasMax ? 0 : 1;
    const double max = hasMax ? boundOf(value, "max") : INFINITY;
    if (max < min)
        throw NotExecutable{"max is below min"};
    const auto count = static_cast<double>(countSkill(calls, name, pattern));
    const std::string is = "the skill was used " + shortNumber(count) + " times";
    if (!checked.negated())
        return yesOrNo(count >= min && count <= max, is);
    if (hasMin || (hasMax && max != 0))
        throw NotExecutable{"'not-skill-used' takes no bounds but max: 0"};
    return yesOrNo(count == 0, is);
}

Judgement skillUsed(const Checked& checked)
{
    const std::vector<ordered_json> calls = skillCalls(checked);
    if (checked.value.is_object())
        return skillCount(checked, calls);
    const ordered_json list = checked.value.is_array() ? checked.value : ordered_json{checked.value};
    bool all = true;
    bool any = false;
    if (list.empty())
        throw NotExecutable{"the value must name a skill, a list of them, or be a mapping with name"};
    for (const auto& item : list) {
        if (!item.is_string() || jsTrim(item.get_ref<const std::string&>()).empty())
            throw NotExecutable{"the value must name a skill, a list of them, or be a mapping with name"};
        const bool used = countSkill(calls, std::string(jsTrim(item.get_ref<const std::string&>())), "") > 0;
        all = all && used;
        any = any || used;
    }
    return checked.negated() ? yesOrNo(!any, "a skill was used that must not be")
                             : yesOrNo(all, "a skill that was asked for was not used");
}

} // namespace

CheckTable responseChecks()
{
    return {
        {"cost", cost},
        {"latency", latency},
        {"perplexity", perplexity},
        {"perplexity-score", perplexityScore},
        {"finish-reason", finishReason},
        {"guardrails", guardrails},
        {"skill-used", skillUsed},
    };
}

} // namespace plumbline::evals
