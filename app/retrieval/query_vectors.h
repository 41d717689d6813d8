// Vectors of questions. The last few are kept: one question is searched for several times (passages, what was
// kept out, why not), and an endpoint is slow.
#pragma once

#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/llm/embedder.h"

namespace plumbline::retrieval {

// Any thread.
class QueryVectors {
public:
    // Of unit length. Errors: the embedder's, Network (what it answers is no vector).
    Result<std::vector<float>> of(const llm::Embedder& embedder, const std::string& text,
                                  const std::stop_token& stop);

private:
    struct Known {
        std::string embedder;
        std::string text;
        std::vector<float> vector;
    };
    std::mutex m_mutex;
    std::deque<Known> m_known; // newest first
};

} // namespace plumbline::retrieval
