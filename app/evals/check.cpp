#include "app/evals/check.h"

#include <exception>

#include "app/base/text.h"
#include "app/evals/assertion_check.h"
#include "app/evals/assertion_kinds.h"
#include "app/evals/assertion_value.h"
#include "app/evals/js_text.h"
#include "app/evals/script_values.h"
#include "app/evals/template.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

const CheckTable& allChecks()
{
    static const CheckTable kChecks = [] {
        CheckTable all;
        for (auto* family : {textChecks, jsonChecks, markupChecks, overlapChecks, callChecks, responseChecks,
                             traceChecks, trajectoryChecks, scriptChecks, answerChecks})
            all.merge(family());
        return all;
    }();
    return kChecks;
}

ordered_json callsOf(const llm::ChatReply& reply)
{
    ordered_json calls = ordered_json::array();
    for (const llm::ToolCall& call : reply.toolCalls)
        calls.push_back({{"id", call.id},
                         {"type", "function"},
                         {"function", {{"name", call.name}, {"arguments", call.arguments}}}});
    return calls;
}

void takeOutput(Checked& checked)
{
    const CheckInput& input = checked.input;
    const bool onlyCalls =
        input.reply != nullptr && !input.reply->toolCalls.empty() && input.reply->text.empty();
    checked.text = input.output;
    checked.hasStructured = input.structured != nullptr || onlyCalls;
    if (!checked.hasStructured)
        return;
    checked.structured = input.structured != nullptr ? *input.structured : callsOf(*input.reply);
    checked.hasStructured = !checked.structured.is_string();
    checked.text = checked.hasStructured ? jsJson(checked.structured) : checked.structured.get<std::string>();
}

// `transform` beside an assertion changes the output for it alone.
void transformOutput(Checked& checked)
{
    const ordered_json& config = checked.assertion.config;
    if (!config.is_object() || !config.contains("transform"))
        return;
    const ordered_json& transform = config["transform"];
    if (!checked.input.javascript || !transform.is_string() ||
        transform.get<std::string>().starts_with("file://"))
        throw NotExecutable{
            "its transform is a script; scripts run only where they are allowed, and not from files"};
    const auto end = runAssertionScript(transform.get<std::string>(), checked);
    if (!end || end->threw)
        throw NotExecutable{"its transform failed: " + (end ? end->message : end.error().message)};
    checked.hasStructured = !end->value.is_string();
    checked.structured = end->value;
    checked.text = checked.hasStructured ? jsJson(end->value) : end->value.get<std::string>();
}

// What promptfoo cannot hold either, or holds only with help from elsewhere.
void refuseUnknown(const Assertion& assertion)
{
    const KindFact* fact = kindFact(assertion.type);
    if (fact == nullptr)
        throw NotExecutable{"'" + assertion.type + "' is no kind of assertion"};
    if (fact->support == KindSupport::NotExecutable)
        throw NotExecutable{"'" + assertion.type + "' " + std::string(fact->reason)};
    // Left by an import: what the assertion stood in cannot be repeated here.
    if (assertion.config.is_object() && assertion.config.contains("not_executable"))
        throw NotExecutable{jsString(assertion.config["not_executable"])};
}

Judgement checkSet(const Assertion& set, const CheckInput& input)
{
    Judgement judgement;
    bool executed = true;
    for (const Assertion& child : set.children) {
        if (child.type == "assert-set")
            throw NotExecutable{"an assert-set stands inside another"};
        judgement.parts.push_back(check(child, input));
        executed = executed && judgement.parts.back().outcome != Outcome::NotExecutable;
        if (judgement.parts.back().outcome == Outcome::Failed && judgement.reason.empty())
            judgement.reason = judgement.parts.back().name + ": " + judgement.parts.back().reason;
    }
    const CaseScore sum = scoreOf(judgement.parts, set.threshold);
    judgement.score = set.children.empty() ? 0 : sum.score; // promptfoo's: nothing weighs nothing
    judgement.passed = set.children.empty() ? judgement.score >= set.threshold.value_or(0) : sum.passed;
    if (!executed)
        judgement.reason = "not all of the set can be executed";
    else if (set.threshold && !judgement.passed)
        judgement.reason = "the score of the set is " + shortNumber(judgement.score) + ", below " +
                           shortNumber(*set.threshold);
    return judgement;
}

Judgement judge(const Assertion& assertion, const CheckInput& input)
{
    refuseUnknown(assertion);
    if (assertion.type == "assert-set")
        return checkSet(assertion, input);
    Checked checked{assertion, input, {}, false, {}, {}};
    takeOutput(checked);
    transformOutput(checked);
    auto value = renderedValue(assertion.value, input.testCase.vars, input.folder);
    if (!value)
        throw NotExecutable{value.error().message};
    checked.value = std::move(*value);
    return allChecks().at(assertion.type)(checked);
}

Outcome outcomeOf(const Assertion& assertion, const Judgement& judgement)
{
    for (const AssertionResult& part : judgement.parts)
        if (part.outcome == Outcome::NotExecutable)
            return Outcome::NotExecutable;
    // Weight 0 is promptfoo's "only measure": it passes whatever came of it.
    const bool passes = judgement.passed || (assertion.weight == 0 && assertion.type != "assert-set");
    return passes ? Outcome::Passed : Outcome::Failed;
}

} // namespace

AssertionResult check(const Assertion& assertion, const CheckInput& input)
{
    AssertionResult result;
    result.name = (assertion.negated ? "not-" : "") + assertion.type;
    result.weight = assertion.weight;
    result.where = assertion.where;
    result.metric = renderTemplate(assertion.metric, input.testCase.vars).value_or(assertion.metric);
    try {
        Judgement judgement = judge(assertion, input);
        result.outcome = outcomeOf(assertion, judgement);
        result.score = judgement.score;
        result.reason = withoutControls(judgement.reason, ' ');
        result.places = std::move(judgement.places);
        result.parts = std::move(judgement.parts);
        return result;
    } catch (const NotExecutable& refused) {
        result.reason = withoutControls(refused.reason, ' ');
    } catch (const std::exception& problem) {
        result.reason = std::string("the check broke off: ") + withoutControls(problem.what(), ' ');
    }
    result.outcome = Outcome::NotExecutable;
    return result;
}

} // namespace plumbline::evals
