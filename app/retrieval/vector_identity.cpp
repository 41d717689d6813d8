#include "app/retrieval/vector_identity.h"

#include <cmath>

#include "app/base/digest.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kMostDimensions = 4096; // the integer sum of a scan holds no more

// False when a value is not finite.
bool bringToUnitLength(std::vector<float>& vector)
{
    double sum = 0;
    for (const float value : vector)
        sum += static_cast<double>(value) * static_cast<double>(value);
    if (!std::isfinite(sum))
        return false;
    const double length = std::sqrt(sum);
    for (float& value : vector)
        value = length > 0 ? static_cast<float>(static_cast<double>(value) / length) : 0;
    return true;
}

} // namespace

std::string vectorIdentity(const llm::Embedder& embedder, const Profile& profile)
{
    const std::string& prefix = profile.documentPrefix;
    return embedder.identity() + (prefix.empty() ? "" : " after \"" + prefix + "\"");
}

std::string vectorSpaceOf(std::string_view identity)
{
    return sha256Hex(identity);
}

std::string textForEndpoint(std::string_view title, std::string_view heading, std::string_view body)
{
    std::string text;
    for (const std::string_view line : {title, heading}) {
        if (!line.empty())
            text.append(line).append("\n");
    }
    return text.append(body);
}

Result<std::vector<std::vector<float>>> checkedVectors(const llm::Embedder& embedder,
                                                       const std::vector<std::string>& texts,
                                                       const std::stop_token& stop)
{
    auto vectors = embedder.embed(texts, stop);
    if (!vectors)
        return vectors;
    const auto nonsense = [&](const std::string& what) {
        return failure(ErrorCode::Network,
                       "the embedder " + embedder.identity() + " answered " + what +
                           "; check that its endpoint in workspace.yaml serves embeddings");
    };
    if (vectors->size() != texts.size())
        return nonsense(std::to_string(vectors->size()) + " vectors for " + std::to_string(texts.size()) +
                        " texts");
    for (std::vector<float>& vector : *vectors) {
        if (vector.empty() || vector.size() != vectors->front().size())
            return nonsense("vectors of no or of different sizes");
        if (vector.size() > kMostDimensions)
            return nonsense("vectors of " + std::to_string(vector.size()) + " dimensions, more than " +
                            std::to_string(kMostDimensions));
        if (!bringToUnitLength(vector))
            return nonsense("a vector with a value that is no number");
    }
    return vectors;
}

tl::unexpected<Error> otherDimensions(const llm::Embedder& embedder, std::size_t now, std::size_t before)
{
    return failure(ErrorCode::BadInput,
                   "the embedder " + embedder.identity() + " gives vectors of " + std::to_string(now) +
                       " dimensions, those of the index have " + std::to_string(before) +
                       "; state `dimensions` of its endpoint in workspace.yaml, so that it counts as another "
                       "model, and run `plumbline index`");
}

} // namespace plumbline::retrieval
