#include "app/evals/run_json.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

ordered_json placeJson(const EvidencePlace& place)
{
    return {{"document", place.document},
            {"version", place.version},
            {"start", place.start},
            {"end", place.end},
            {"text", place.text}};
}

ordered_json expectedJson(const Expectation& expected)
{
    ordered_json value = {{"documents", expected.documents},
                          {"version", expected.version},
                          {"start", expected.start},
                          {"end", expected.end},
                          {"facts", expected.facts}};
    if (expected.refuses) {
        value["refuses"] = *expected.refuses;
    }
    return value;
}

ordered_json latencyJson(const assistant::Latency& latency)
{
    return {{"guard", latency.guard},
            {"retrieve", latency.retrieve},
            {"generate", latency.generate},
            {"ground", latency.ground},
            {"total", latency.total}};
}

ordered_json usageJson(const llm::Usage& usage)
{
    return {{"input", usage.input.count},
            {"cached", usage.cached.count},
            {"output", usage.output.count},
            {"reasoning", usage.reasoning.count},
            {"estimated", usage.estimated}};
}

} // namespace

ordered_json toJson(const Assertion& assertion, Places places)
{
    ordered_json value = {{"type", assertion.type},     {"negated", assertion.negated},
                          {"value", assertion.value},   {"weight", assertion.weight},
                          {"metric", assertion.metric}, {"config", assertion.config}};
    if (assertion.threshold) {
        value["threshold"] = *assertion.threshold;
    }
    for (const Assertion& child : assertion.children) {
        value["children"].push_back(toJson(child, places));
    }
    if (places == Places::Kept) {
        value["where"] = assertion.where;
    }
    return value;
}

ordered_json toJson(const Case& one, Places places)
{
    ordered_json value = {{"id", one.id},
                          {"question", one.question},
                          {"vars", one.vars},
                          {"expected", expectedJson(one.expected)},
                          {"assertions", ordered_json::array()},
                          {"tags", one.tags},
                          {"cluster", one.cluster},
                          {"tier", one.riskTier}};
    if (one.asOf) {
        value["as_of"] = plumbline::toString(*one.asOf);
    }
    if (one.threshold) {
        value["threshold"] = *one.threshold;
    }
    for (const Assertion& assertion : one.assertions) {
        value["assertions"].push_back(toJson(assertion, places));
    }
    if (places == Places::Kept) {
        value["where"] = one.where;
    }
    return value;
}

ordered_json toJson(const AssertionResult& result)
{
    ordered_json value = {{"name", result.name},     {"outcome", toString(result.outcome)},
                          {"score", result.score},   {"weight", result.weight},
                          {"metric", result.metric}, {"reason", result.reason},
                          {"where", result.where}};
    for (const EvidencePlace& place : result.places) {
        value["places"].push_back(placeJson(place));
    }
    for (const AssertionResult& part : result.parts) {
        value["parts"].push_back(toJson(part));
    }
    return value;
}

ordered_json toJson(const Variant& variant)
{
    return {{"prompt", variant.prompt},          {"prompt_digest", variant.promptDigest},
            {"prompt_path", variant.promptPath}, {"model", variant.model},
            {"profile", variant.profile},        {"profile_digest", variant.profileDigest},
            {"generation", variant.generation},  {"model_digest", variant.modelDigest}};
}

ordered_json toJson(const RunSettings& settings)
{
    ordered_json variants = ordered_json::array();
    for (const Variant& variant : settings.variants) {
        variants.push_back(toJson(variant));
    }
    return {{"suite", settings.suiteName},
            {"path", settings.suitePath},
            {"digest", settings.suiteDigest},
            {"variants", std::move(variants)},
            {"repeats", settings.repeats},
            {"concurrency", settings.concurrency},
            {"seed", settings.seed},
            {"as_of", plumbline::toString(settings.asOf)},
            {"javascript", settings.javascript}};
}

ordered_json toJson(const CaseResult& result)
{
    ordered_json assertions = ordered_json::array();
    for (const AssertionResult& one : result.assertions) {
        assertions.push_back(toJson(one));
    }
    ordered_json value = {{"case", result.caseId},
                          {"variant", result.variant},
                          {"repeat", result.repeat},
                          {"state", toString(result.state)},
                          {"refusal", result.refusalKind},
                          {"error", result.error},
                          {"output", result.output},
                          {"answer", result.answerJson},
                          {"passed", result.passed},
                          {"score", result.score},
                          {"assertions", std::move(assertions)},
                          {"figures", result.figures},
                          {"named", result.named},
                          {"latency", latencyJson(result.latency)},
                          {"usage", usageJson(result.usage)},
                          {"cached", result.cached},
                          {"finished", plumbline::toString(result.finished)}};
    if (result.cost) {
        value["cost"] = result.cost->microUsd;
    }
    return value;
}

ordered_json headJson(const Suite& suite)
{
    ordered_json prompts = ordered_json::array();
    for (const PlainPrompt& prompt : suite.prompts) {
        prompts.push_back({{"label", prompt.label}, {"text", prompt.text}, {"where", prompt.where}});
    }
    return {{"name", suite.name},    {"description", suite.description}, {"digest", suite.digest},
            {"path", suite.path},    {"tier", suite.riskTier},           {"prompts", std::move(prompts)},
            {"models", suite.models}};
}

} // namespace plumbline::evals
