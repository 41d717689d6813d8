// Port: how well each passage answers a query, judged by a model.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace plumbline::llm {

class Reranker {
public:
    virtual ~Reranker() = default;

    // Names endpoint and model; part of what a ranked list depends on.
    virtual std::string identity() const = 0;

    // One relevance per text, in the order given, 0..1 (what the endpoint gives outside of that is squashed
    // by a logistic); higher is better. Errors as ChatModel's.
    virtual Result<std::vector<double>> rerank(const std::string& query, std::span<const std::string> texts,
                                               std::stop_token stop) const = 0;
};

} // namespace plumbline::llm
