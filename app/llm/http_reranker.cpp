#include "app/llm/http_reranker.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "app/llm/json_fields.h"

namespace plumbline::llm {

namespace {

using Json = nlohmann::ordered_json;

// "results" of Jina, Cohere and llama.cpp; "data" of Voyage; a bare list of text-embeddings-inference.
const nlohmann::json& resultsIn(const nlohmann::json& answer)
{
    if (answer.is_array())
        return answer;
    const nlohmann::json& results = fieldOf(answer, "results");
    return results.is_array() ? results : fieldOf(answer, "data");
}

Result<std::vector<double>> scoresOf(std::string_view body, std::size_t count)
{
    const auto parsed = parseServerJson(body);
    if (!parsed)
        return tl::unexpected(parsed.error());
    std::vector<std::optional<double>> scores(count);
    const nlohmann::json& results = resultsIn(parsed->value);
    if (!results.is_array())
        return failure(ErrorCode::Network, "answers with JSON that is no rerank result; is the url right?");
    for (const auto& each : results) {
        const auto index = countOf(each, "index");
        auto score = numberOf(each, "relevance_score");
        if (!score)
            score = numberOf(each, "score");
        const auto place = static_cast<std::size_t>(index.value_or(0));
        if (!index || !score || place >= count || scores[place])
            return failure(ErrorCode::Network,
                           "answers with a rerank result that has no score, or two, or belongs to no text");
        scores[place] = score;
    }
    std::vector<double> result;
    for (const auto& score : scores) {
        if (!score)
            return failure(ErrorCode::Network, "answers with " + std::to_string(results.size()) +
                                                   " scores for " + std::to_string(count) + " texts");
        result.push_back(*score);
    }
    return result;
}

} // namespace

HttpReranker::HttpReranker(EndpointClient client) : m_client(std::move(client)) {}

std::string HttpReranker::identity() const
{
    return "rerank:" + m_client.endpoint().model;
}

Result<std::vector<double>> HttpReranker::rerank(const std::string& query, std::span<const std::string> texts,
                                                 std::stop_token stop) const
{
    if (texts.empty())
        return std::vector<double>();
    const Json body = {{"model", m_client.endpoint().model},
                       {"query", query},
                       {"documents", std::vector<std::string>(texts.begin(), texts.end())},
                       {"top_n", texts.size()}};
    const auto outcome =
        m_client.post("/rerank", body.dump(-1, ' ', false, Json::error_handler_t::replace), stop);
    if (!outcome.result || outcome.result->head.status >= 300)
        return tl::unexpected(m_client.errorOf(outcome.result));
    auto scores = scoresOf(outcome.result->body, texts.size());
    if (!scores)
        return tl::unexpected(m_client.nonsense(scores.error()));
    if (std::ranges::any_of(*scores, [](double score) { return score < 0 || score > 1; })) {
        for (double& score : *scores)
            score = 1 / (1 + std::exp(-score));
    }
    return scores;
}

} // namespace plumbline::llm
