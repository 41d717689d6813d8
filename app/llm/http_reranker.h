// Relevance from an endpoint that serves /v1/rerank, as llama.cpp, Jina and Cohere do.
#pragma once

#include "app/llm/endpoint_client.h"
#include "app/llm/reranker.h"

namespace plumbline::llm {

// POST {url}/rerank with model, query, documents and top_n; results of index and relevance_score. Source:
// Jina AI Reranker API; Cohere API v1 "Rerank"; llama.cpp tools/server README, "POST /v1/rerank".
class HttpReranker : public Reranker {
public:
    explicit HttpReranker(EndpointClient client);

    std::string identity() const override; // "rerank:" and the model's name

    // As Reranker. When one score of a list lies outside 0..1 they are logits, and all of the list go through
    // the logistic function: the order stays. Network also for a text without a score, or with two.
    Result<std::vector<double>> rerank(const std::string& query, std::span<const std::string> texts,
                                       std::stop_token stop) const override;

private:
    EndpointClient m_client;
};

} // namespace plumbline::llm
