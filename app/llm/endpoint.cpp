#include "app/llm/endpoint.h"

namespace plumbline::llm {

std::string_view toString(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::Embeddings:
        return "embeddings";
    case EndpointKind::Rerank:
        return "rerank";
    case EndpointKind::Simulated:
        return "simulated";
    default:
        return "chat";
    }
}

} // namespace plumbline::llm
