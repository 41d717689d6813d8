// Vectors from an endpoint that speaks the OpenAI API.
#pragma once

#include <atomic>
#include <cstddef>

#include "app/llm/embedder.h"
#include "app/llm/endpoint_client.h"

namespace plumbline::llm {

// POST {url}/embeddings. Source: OpenAI API reference, "Embeddings".
class OpenAiEmbedder : public Embedder {
public:
    explicit OpenAiEmbedder(EndpointClient client);

    // The model's name, and the dimensions where the endpoint states them: the same model behind another url
    // gives the same vectors.
    std::string identity() const override;
    // As stated, else of the first answer; 0 before that.
    std::size_t dimensions() const override { return m_dimensions; }

    // In batches of up to 64 texts; one that the server finds too large is halved. Vectors are put in the
    // order of `index` and scaled to unit length. Errors as ChatModel's; Network also for vectors of unequal
    // or unexpected length, a missing or a doubled one.
    Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                  std::stop_token stop) const override;

private:
    using Vectors = std::vector<std::vector<float>>;

    Result<Vectors> embedBatch(std::span<const std::string> texts, std::stop_token stop) const;
    Result<Vectors> vectorsOf(std::string_view body, std::size_t count) const;
    Result<void> checkDimensions(const Vectors& vectors) const;

    EndpointClient m_client;
    mutable std::atomic<std::size_t> m_dimensions;
    mutable std::atomic<std::size_t> m_batch;           // smaller once a batch was too large
    mutable std::atomic<bool> m_statesDimensions{true}; // until the server refuses the field
};

} // namespace plumbline::llm
