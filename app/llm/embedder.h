// Port: text to vectors. The embedded default is the latent semantic space of the corpus (app/retrieval);
// endpoints come later.
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace plumbline::llm {

class Embedder {
public:
    virtual ~Embedder() = default;

    // Names model and version: vectors of different identities are never compared.
    virtual std::string identity() const = 0;
    virtual std::size_t dimensions() const = 0; // 0 = not known before the first answer

    // One vector of unit length per text, in order; a text without any known term gives the zero vector.
    virtual Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                          std::stop_token stop) const = 0;
};

} // namespace plumbline::llm
