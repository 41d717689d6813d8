// What an endpoint can do, found out by asking it: the "test" button of Settings, and `doctor`.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/secret.h"
#include "app/llm/endpoint.h"
#include "app/net/http_client.h"

namespace plumbline::llm {

enum class Ability { Works, Lacks, Fails };

struct ProbeFinding {
    std::string
        what; // "reachable", "models", "chat", "stream", "usage", "JSON Schema", "embeddings", "rerank"
    Ability ability = Ability::Fails;
    std::string says; // one line for a person: figures, or what is wrong and what to do
};

// Blocking, a handful of short requests without retries: a chat endpoint pays for some 100 tokens. What the
// endpoint's kind does not need is not asked; an endpoint that cannot be reached gives that one finding, and
// a stop the findings made so far. `onFinding` gets each as it is made, on the calling thread.
std::vector<ProbeFinding> probe(std::shared_ptr<const net::HttpClient> http, const Endpoint& endpoint,
                                const Secret& key, std::stop_token stop,
                                const std::function<void(const ProbeFinding&)>& onFinding = {});

} // namespace plumbline::llm
