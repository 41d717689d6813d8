#include "app/retrieval/model_services.h"

namespace plumbline::retrieval {

namespace {

template <typename Model>
Result<std::shared_ptr<const Model>>
lookUp(const std::function<Result<std::shared_ptr<const Model>>(const std::string&)>& find,
       const std::string& name)
{
    if (!find) {
        return failure(ErrorCode::NotFound,
                       "there is no endpoint '" + name +
                           "'; name one of `models` in workspace.yaml, or leave the key out "
                           "of the profile");
    }
    return find(name);
}

} // namespace

Result<std::shared_ptr<const llm::Embedder>> embedderOf(const ModelServices& services,
                                                        const std::string& name)
{
    return lookUp<llm::Embedder>(services.embedder, name);
}

Result<std::shared_ptr<const llm::Reranker>> rerankerOf(const ModelServices& services,
                                                        const std::string& name)
{
    return lookUp<llm::Reranker>(services.reranker, name);
}

} // namespace plumbline::retrieval
