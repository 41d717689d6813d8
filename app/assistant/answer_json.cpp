#include "app/assistant/answer_json.h"

namespace plumbline::assistant {

namespace {

using nlohmann::ordered_json;

ordered_json sentencesJson(const std::vector<AnswerSentence>& sentences)
{
    ordered_json list = ordered_json::array();
    for (const AnswerSentence& sentence : sentences) {
        ordered_json spans = ordered_json::array();
        for (const SourceSpan& place : sentence.spans) {
            spans.push_back({{"document", place.document},
                             {"version", place.version},
                             {"start", place.span.start},
                             {"end", place.span.end}});
        }
        list.push_back({{"text", sentence.text},
                        {"citations", sentence.citations},
                        {"spans", spans},
                        {"supported", sentence.supported},
                        {"conflicting", sentence.conflicting}});
    }
    return list;
}

ordered_json sourcesJson(const std::vector<Source>& sources)
{
    ordered_json list = ordered_json::array();
    for (const Source& source : sources) {
        ordered_json one = {{"n", source.number}};
        one.update(passageJson(source.passage));
        one["approval"] =
            source.passage.approval == corpus::Approval::ByDefault ? "approved by default" : "approved";
        list.push_back(std::move(one));
    }
    return list;
}

ordered_json refusalJson(const Refusal& refusal)
{
    ordered_json nearest = ordered_json::array();
    for (const retrieval::Passage& passage : refusal.nearest) {
        nearest.push_back(passageJson(passage));
    }
    return {{"kind", toString(refusal.kind)},
            {"reason", refusal.reason},
            {"nearest", nearest},
            {"unusable", droppedJson(refusal.unusable)}};
}

ordered_json usageJson(const llm::Usage& usage)
{
    return {{"input_tokens", usage.input.count},
            {"cached_tokens", usage.cached.count},
            {"output_tokens", usage.output.count},
            {"reasoning_tokens", usage.reasoning.count},
            {"estimated", usage.estimated}};
}

// Six decimals are exact: a micro-dollar is the smallest amount there is. Unknown is null, never 0.
ordered_json costJson(const std::optional<Money>& cost)
{
    return cost ? ordered_json(static_cast<double>(cost->microUsd) / 1e6) : ordered_json();
}

ordered_json generationJson(const Generation& generation)
{
    ordered_json messages = ordered_json::array();
    for (const llm::Message& message : generation.messages) {
        messages.push_back({{"role", toString(message.role)}, {"content", message.content}});
    }
    const llm::ChatReply& reply = generation.reply;
    return {{"messages", std::move(messages)},
            {"digest", generation.promptDigest},
            {"text", reply.text},
            {"finish_reason", reply.finishReason},
            {"server_model", reply.model},
            {"attempts", reply.attempts},
            {"first_token_ms", reply.firstTokenMs},
            {"simulated", reply.simulated},
            {"replayed", reply.replayed},
            {"withheld", sentencesJson(generation.withheld)}};
}

// The ranked list by place alone: which passage came where, for whoever measures the retrieval.
ordered_json retrievedJson(const std::vector<retrieval::Passage>& passages)
{
    ordered_json list = ordered_json::array();
    for (const retrieval::Passage& passage : passages) {
        list.push_back({{"rank", passage.rank},
                        {"document", passage.document},
                        {"version", passage.version},
                        {"start", passage.span.start},
                        {"end", passage.span.end},
                        {"score", passage.score}});
    }
    return list;
}

} // namespace

ordered_json toJson(const retrieval::StageScores& scores)
{
    ordered_json out = {{"lexical", scores.lexical},
                        {"vector", scores.vector},
                        {"fused", scores.fused},
                        {"rerank", scores.rerank}};
    if (scores.relevance) {
        out["relevance"] = *scores.relevance;
    }
    return out;
}

ordered_json passageJson(const retrieval::Passage& passage)
{
    return {{"rank", passage.rank},       {"document", passage.document},
            {"title", passage.title},     {"version", passage.version},
            {"heading", passage.heading}, {"start", passage.span.start},
            {"end", passage.span.end},    {"passage", passage.text},
            {"score", passage.score},     {"scores", toJson(passage.scores)}};
}

ordered_json droppedJson(const std::vector<retrieval::Dropped>& dropped)
{
    ordered_json list = ordered_json::array();
    for (const retrieval::Dropped& one : dropped) {
        list.push_back({{"document", one.document},
                        {"version", one.version},
                        {"title", one.title},
                        {"reason", one.fileGone ? "file_gone" : corpus::toString(one.verdict)},
                        {"score", one.score}});
    }
    return list;
}

ordered_json toJson(const TurnRequest& request, const Answer& answer)
{
    ordered_json findings = ordered_json::array();
    for (const Finding& finding : answer.findings) {
        findings.push_back({{"rule", finding.rule}, {"detail", finding.detail}});
    }
    ordered_json signals = ordered_json::object();
    for (const auto& [name, value] : answer.confidenceSignals) {
        signals[name] = value;
    }
    const Latency& latency = answer.latency;
    ordered_json out = {{"answer", answer.text()},
                        {"refused", answer.refused()},
                        {"refusal", answer.refusal ? refusalJson(*answer.refusal) : ordered_json()},
                        {"sentences", sentencesJson(answer.sentences)},
                        {"sources", sourcesJson(answer.sources)},
                        {"retrieved", retrievedJson(answer.search.passages)},
                        {"findings", findings},
                        {"confidence", answer.confidence},
                        {"signals", signals},
                        {"asked", answer.asked},
                        {"generation", answer.search.generation},
                        {"trace", answer.trace},
                        {"latency_ms",
                         {{"guard", latency.guard},
                          {"retrieve", latency.retrieve},
                          {"generate", latency.generate},
                          {"ground", latency.ground},
                          {"total", latency.total}}},
                        {"prompt", request.promptId()},
                        {"model", request.model},
                        {"usage", usageJson(answer.usage())},
                        {"cost_usd", costJson(answer.cost())}};
    if (answer.generation) {
        out["model_said"] = generationJson(*answer.generation);
    }
    return out;
}

} // namespace plumbline::assistant
