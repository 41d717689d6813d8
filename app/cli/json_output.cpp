#include "app/cli/json_output.h"

namespace plumbline::cli {

namespace {

using nlohmann::ordered_json;

ordered_json dateOrNull(const std::optional<Date>& date)
{
    return date ? ordered_json(plumbline::toString(*date)) : ordered_json();
}

ordered_json nameOrNull(const std::string& name)
{
    return name.empty() ? ordered_json() : ordered_json(name);
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

ordered_json filesJson(const std::vector<retrieval::SkippedFile>& files)
{
    ordered_json list = ordered_json::array();
    for (const retrieval::SkippedFile& file : files) {
        list.push_back({{"path", file.path}, {"reason", file.reason}});
    }
    return list;
}

ordered_json sentencesJson(const std::vector<assistant::AnswerSentence>& sentences)
{
    ordered_json list = ordered_json::array();
    for (const assistant::AnswerSentence& sentence : sentences) {
        ordered_json spans = ordered_json::array();
        for (const assistant::SourceSpan& place : sentence.spans) {
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

ordered_json sourcesJson(const std::vector<assistant::Source>& sources)
{
    ordered_json list = ordered_json::array();
    for (const assistant::Source& source : sources) {
        ordered_json one = {{"n", source.number}};
        one.update(passageJson(source.passage));
        one["approval"] =
            source.passage.approval == corpus::Approval::ByDefault ? "approved by default" : "approved";
        list.push_back(std::move(one));
    }
    return list;
}

ordered_json refusalJson(const assistant::Refusal& refusal)
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

ordered_json generationJson(const assistant::Generation& generation)
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

ordered_json toJson(const retrieval::SearchResult& result, bool explain)
{
    ordered_json results = ordered_json::array();
    for (const retrieval::Passage& passage : result.passages) {
        ordered_json one = passageJson(passage);
        if (explain) {
            ordered_json terms = ordered_json::array();
            for (const retrieval::TermMatch& match : passage.matches) {
                terms.push_back({{"term", match.term}, {"weight", match.weight}});
            }
            one["terms"] = std::move(terms);
        }
        results.push_back(std::move(one));
    }
    ordered_json out = {{"results", results},
                        {"profile", result.profile},
                        {"embedder", nameOrNull(result.embedder)},
                        {"reranker", nameOrNull(result.reranker)},
                        {"generation", result.generation},
                        {"milliseconds", result.milliseconds}};
    if (explain) {
        out["dropped"] = droppedJson(result.dropped);
        out["usable_chunks"] = result.usableChunks;
        out["chunks"] = result.chunks;
        out["expansions"] = result.expansions;
    }
    return out;
}

ordered_json toJson(const retrieval::WhyNot& why)
{
    return {{"document", why.document},
            {"rank", why.rank},
            {"verdict", why.verdict},
            {"missing", why.missingTerms},
            {"scores", toJson(why.scores)}};
}

ordered_json toJson(const retrieval::IndexReport& report)
{
    return {{"generation", report.generation},
            {"documents", report.documents},
            {"chunks", report.chunks},
            {"added", report.added},
            {"updated", report.updated},
            {"removed", report.removed},
            {"unchanged", report.unchanged},
            {"skipped", filesJson(report.skipped)},
            {"quarantined", filesJson(report.quarantined)},
            {"drift", report.drift},
            {"refitted", report.refitted},
            {"embedder", nameOrNull(report.embedder)},
            {"embedded", report.embedded},
            {"reused", report.reused},
            {"seconds", report.seconds}};
}

ordered_json toJson(const corpus::DocumentRow& row)
{
    const char* state = row.skipped ? "skipped" : row.quarantined ? "quarantined" : nullptr;
    ordered_json out = {{"id", row.id},
                        {"title", row.title},
                        {"version", row.version},
                        {"state", state != nullptr ? std::string(state) : std::string(toString(row.state))},
                        {"approval", row.approval == corpus::Approval::ByDefault     ? "by default"
                                     : row.approval == corpus::Approval::Recorded    ? "recorded"
                                     : row.approval == corpus::Approval::FrontMatter ? "front matter"
                                                                                     : "none"},
                        {"usable", row.verdict == corpus::Verdict::Usable},
                        {"verdict", toString(row.verdict)},
                        {"owner", row.owner},
                        {"effective", dateOrNull(row.effective)},
                        {"expires", dateOrNull(row.expires)},
                        {"classification", row.classification},
                        {"tags", row.tags},
                        {"path", row.path},
                        {"chunks", row.chunks},
                        {"digest", row.digest}};
    if (!row.reason.empty()) {
        out["reason"] = row.reason;
    }
    return out;
}

ordered_json toJson(const assistant::TurnRequest& request, const assistant::Answer& answer)
{
    ordered_json findings = ordered_json::array();
    for (const assistant::Finding& finding : answer.findings) {
        findings.push_back({{"rule", finding.rule}, {"detail", finding.detail}});
    }
    ordered_json signals = ordered_json::object();
    for (const auto& [name, value] : answer.confidenceSignals) {
        signals[name] = value;
    }
    const assistant::Latency& latency = answer.latency;
    ordered_json out = {{"answer", answer.text()},
                        {"refused", answer.refused()},
                        {"refusal", answer.refusal ? refusalJson(*answer.refusal) : ordered_json()},
                        {"sentences", sentencesJson(answer.sentences)},
                        {"sources", sourcesJson(answer.sources)},
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

} // namespace plumbline::cli
