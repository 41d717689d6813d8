// What decides which vectors may be compared: the embedder, and how its texts are put together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/embedder.h"
#include "app/retrieval/profile.h"

namespace plumbline::retrieval {

// The embedder's own identity, and the prefix of documents where there is one. Where the model is served is
// no part of it: the same model elsewhere gives the same vectors.
std::string vectorIdentity(const llm::Embedder& embedder, const Profile& profile);

// What files of such vectors carry: a digest, 64 characters.
std::string vectorSpaceOf(std::string_view identity);

// A chunk as endpoints see it: title, heading and text, each on a line of its own.
std::string textForEndpoint(std::string_view title, std::string_view heading, std::string_view body);

// Asks for the vectors of `texts` and holds the answer against what was promised: one vector a text, all of
// one size, finite, at most 4,096 dimensions; brought to unit length. Errors: the embedder's, Network.
Result<std::vector<std::vector<float>>> checkedVectors(const llm::Embedder& embedder,
                                                       const std::vector<std::string>& texts,
                                                       const std::stop_token& stop);

// BadInput: a model of one name now gives vectors of another size; says what to do.
tl::unexpected<Error> otherDimensions(const llm::Embedder& embedder, std::size_t now, std::size_t before);

} // namespace plumbline::retrieval
