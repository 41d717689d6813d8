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

ordered_json filesJson(const std::vector<retrieval::SkippedFile>& files)
{
    ordered_json list = ordered_json::array();
    for (const retrieval::SkippedFile& file : files) {
        list.push_back({{"path", file.path}, {"reason", file.reason}});
    }
    return list;
}

} // namespace

ordered_json toJson(const retrieval::SearchResult& result, bool explain)
{
    ordered_json results = ordered_json::array();
    for (const retrieval::Passage& passage : result.passages) {
        ordered_json one = assistant::passageJson(passage);
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
        out["dropped"] = assistant::droppedJson(result.dropped);
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

} // namespace plumbline::cli
