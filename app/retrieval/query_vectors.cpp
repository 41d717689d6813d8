#include "app/retrieval/query_vectors.h"

#include <algorithm>

#include "app/retrieval/vector_identity.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kMostKnown = 64;

} // namespace

Result<std::vector<float>> QueryVectors::of(const llm::Embedder& embedder, const std::string& text,
                                            const std::stop_token& stop)
{
    const std::string identity = embedder.identity();
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find_if(
            m_known, [&](const Known& known) { return known.embedder == identity && known.text == text; });
        if (found != m_known.end()) {
            return found->vector;
        }
    }
    auto vectors = checkedVectors(embedder, {text}, stop);
    if (!vectors) {
        return tl::unexpected(vectors.error());
    }
    const std::lock_guard lock(m_mutex);
    m_known.push_front({identity, text, vectors->front()});
    if (m_known.size() > kMostKnown) {
        m_known.pop_back();
    }
    return std::move(vectors->front());
}

} // namespace plumbline::retrieval
