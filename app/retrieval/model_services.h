// How search and indexing get at the models that a profile names: two look-ups, given by whoever opens the
// workspace. Without endpoints both stay empty and nothing is asked of them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/base/result.h"
#include "app/llm/embedder.h"
#include "app/llm/reranker.h"

namespace plumbline::retrieval {

struct ModelServices {
    // By name below `models` in workspace.yaml. NotFound: no such endpoint of the kind;
    // Denied: its key is not to be had. Called from any thread, at each search: expected to be cheap.
    std::function<Result<std::shared_ptr<const llm::Embedder>>(const std::string& name)> embedder;
    std::function<Result<std::shared_ptr<const llm::Reranker>>(const std::string& name)> reranker;
};

// The look-ups, with NotFound where there are none.
Result<std::shared_ptr<const llm::Embedder>> embedderOf(const ModelServices& services,
                                                        const std::string& name);
Result<std::shared_ptr<const llm::Reranker>> rerankerOf(const ModelServices& services,
                                                        const std::string& name);

} // namespace plumbline::retrieval
