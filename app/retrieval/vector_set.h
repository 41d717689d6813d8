// The vectors of a whole generation: the files of its segments, read as one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/retrieval/ranked_index.h"
#include "app/retrieval/vector_file.h"

namespace plumbline::retrieval {

// Safe to share between threads.
class VectorSet {
public:
    // Opens `name` in each of the segments; `space` is what all of them must be of. Errors: Corrupt.
    static Result<VectorSet> open(const std::vector<std::filesystem::path>& segments, std::string_view name,
                                  std::string_view space);

    // Chunks of each segment, in order: from here on ordinals are global. Corrupt when a file has not one
    // vector for each chunk (a set of no dimensions has none).
    Result<void> number(const std::vector<std::size_t>& chunks);

    std::size_t dimensions() const { return m_dimensions; } // 0 = nothing is known of any chunk

    double cosine(const ScanQuery& query, std::uint32_t ordinal) const;

    // The `count` nearest allowed chunks (null: all are) with exact cosines, by rising ordinal.
    std::vector<VectorHit> nearest(const ScanQuery& query, const Allowed* allowed, std::size_t count) const;

private:
    std::vector<std::filesystem::path> m_places;
    std::vector<std::unique_ptr<VectorFile>> m_files;
    std::vector<std::uint32_t> m_firsts; // global ordinal of each segment's first chunk
    std::size_t m_dimensions = 0;
};

} // namespace plumbline::retrieval
