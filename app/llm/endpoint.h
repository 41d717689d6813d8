// One entry of workspace.yaml's `models`: where a model is served and what may be asked of it. A plain value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/units.h"
#include "app/llm/price.h"

namespace plumbline::llm {

enum class EndpointKind { Chat, Embeddings, Rerank, Simulated };

// What a simulated endpoint pretends; the answer itself is the embedded answerer's.
struct Simulation {
    double firstTokenMs = 0;    // median of a log-normal delay
    double spread = 0;          // sigma of its logarithm; 0 = always the median
    double tokensPerSecond = 0; // 0 = at once
    double errorRate = 0;       // 0..1, answered with 503
    double rateLimitRate = 0;   // 0..1, answered with 429
    Money inputPerMillion;      // USD per million tokens, as stated in workspace.yaml
    Money outputPerMillion;
    std::uint64_t seed = 1; // the same seed and request give the same course
};

struct Endpoint {
    std::string name; // the key below `models`
    EndpointKind kind = EndpointKind::Chat;
    std::string url;       // base, up to and with "/v1"
    std::string model;     // as the server names it
    std::string secret;    // NAME of the key, never the key; empty = none is sent
    int contextTokens = 0; // 0 = not known
    int dimensions = 0;    // of embeddings; 0 = as the server sends
    int concurrency = 8;   // requests under way at once, at most; less while the server says 429
    std::string proxy;     // empty = what the environment says (http_proxy, https_proxy, no_proxy)
    std::string caFile;    // PEM; empty = the system's
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds firstTokenTimeout{30'000}; // from sending to the first byte of a stream
    std::chrono::milliseconds idleTimeout{30'000};       // between two pieces of the body
    std::chrono::milliseconds totalTimeout{120'000};     // of one attempt
    int retries = 4;                                     // after the first attempt
    bool allowInsecure = false;                          // plain http to another machine; never with a key
    std::optional<Price>
        price;             // stated for this endpoint; goes before the price table. Empty = ask the table
    Simulation simulation; // for EndpointKind::Simulated
};

// "chat", "embeddings", "rerank", "simulated"
std::string_view toString(EndpointKind kind);

} // namespace plumbline::llm
