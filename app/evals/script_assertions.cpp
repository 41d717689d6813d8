#include "app/evals/assertion_check.h"
#include "app/evals/js_text.h"
#include "app/evals/script_values.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

bool isGrade(const ordered_json& value)
{
    return value.is_object() && value.contains("pass") && value["pass"].is_boolean() &&
           value.contains("score") && value["score"].is_number() && value.contains("reason") &&
           value["reason"].is_string();
}

// As promptfoo reads what comes back: a truth, a number (over 0, or at least the threshold), or a grade. The
// score of a number and of a grade stays as it is, negated or not.
Judgement judged(const Checked& checked, const ordered_json& value)
{
    if (value.is_boolean())
        return holds(checked, value.get<bool>(), "the script says false", "the script says true");
    if (value.is_number()) {
        const double score = value.get<double>();
        const auto threshold = checked.assertion.threshold;
        Judgement judgement =
            holds(checked, threshold ? score >= *threshold : score > 0,
                  "the script gives " + shortNumber(score), "the script gives " + shortNumber(score));
        judgement.score = score;
        return judgement;
    }
    if (!isGrade(value))
        return {false, 0, "the script must give a truth, a number, or {pass, score, reason}"};
    const auto reason = value["reason"].get<std::string>();
    Judgement judgement = holds(checked, value["pass"].get<bool>(),
                                reason.empty() ? "the script says so, without a reason" : reason,
                                "the script says that it passes");
    judgement.score = value["score"].get<double>();
    return judgement;
}

Judgement javascript(const Checked& checked)
{
    if (!checked.input.javascript)
        throw NotExecutable{"scripts are switched off; a suite's scripts run only where they are allowed"};
    if (!checked.value.is_string())
        throw NotExecutable{"the value must be a script"};
    const auto end = runAssertionScript(checked.value.get<std::string>(), checked);
    if (!end)
        throw NotExecutable{end.error().message};
    if (end->threw)
        return {false, 0, "the script threw: " + end->message};
    return judged(checked, end->value);
}

} // namespace

CheckTable scriptChecks()
{
    return {{"javascript", javascript}};
}

} // namespace plumbline::evals
