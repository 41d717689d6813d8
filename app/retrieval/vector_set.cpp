#include "app/retrieval/vector_set.h"

#include <algorithm>
#include <string>

#include "app/retrieval/lexical_shards.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kRescored = 100; // rows taken more than asked for from the rough scan

} // namespace

Result<VectorSet> VectorSet::open(const std::vector<std::filesystem::path>& segments, std::string_view name,
                                  std::string_view space)
{
    VectorSet set;
    for (const auto& segment : segments) {
        auto file = VectorFile::open(segment / name);
        if (!file)
            return tl::unexpected(file.error());
        if ((*file)->space() != space)
            return damaged(segment, "its vectors are of another semantic space");
        if ((*file)->dimensions() != 0 && set.m_dimensions != 0 && (*file)->dimensions() != set.m_dimensions)
            return damaged(segment, "its vectors have not as many dimensions as those before them");
        set.m_dimensions = std::max(set.m_dimensions, (*file)->dimensions());
        set.m_files.push_back(std::move(*file));
        set.m_places.push_back(segment);
    }
    return set;
}

Result<void> VectorSet::number(const std::vector<std::size_t>& chunks)
{
    std::size_t first = 0;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        if (m_files[i]->dimensions() > 0 && m_files[i]->size() != chunks[i])
            return damaged(m_places[i], "it has not as many vectors as chunks");
        m_firsts.push_back(static_cast<std::uint32_t>(first));
        first += chunks[i];
    }
    return {};
}

double VectorSet::cosine(const ScanQuery& query, std::uint32_t ordinal) const
{
    const auto after = std::ranges::upper_bound(m_firsts, ordinal);
    const auto segment = static_cast<std::size_t>(after - m_firsts.begin()) - 1;
    return m_files[segment]->cosine(query, ordinal - m_firsts[segment]);
}

std::vector<VectorHit> VectorSet::nearest(const ScanQuery& query, const Allowed* allowed,
                                          std::size_t count) const
{
    std::vector<VectorHit> best;
    best.reserve(count + kRescored + 1);
    for (std::size_t i = 0; i < m_files.size(); ++i)
        m_files[i]->scan(query, allowed, m_firsts[i], count + kRescored, best);
    std::ranges::sort(best, {}, &VectorHit::ordinal); // as they lie in the file
    for (VectorHit& hit : best)
        hit.cosine = cosine(query, hit.ordinal);
    std::ranges::sort(best, ranksBefore);
    best.resize(std::min(best.size(), count));
    std::ranges::sort(best, {}, &VectorHit::ordinal);
    return best;
}

} // namespace plumbline::retrieval
