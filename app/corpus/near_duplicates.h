// Near-duplicate documents by MinHash over word 5-shingles (Broder 1997), banded for look-up (LSH).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plumbline::corpus {

inline constexpr std::size_t kMinHashes = 64;
using MinHashSignature = std::array<std::uint32_t, kMinHashes>;

MinHashSignature minHash(std::string_view text);

struct DuplicatePair {
    std::size_t first = 0; // index into the signatures given, first < second
    std::size_t second = 0;
    double similarity = 0; // estimated Jaccard, 0..1
};

// Pairs with at least `threshold` estimated similarity, by (first, second). Cheap for 20,000 documents.
std::vector<DuplicatePair> nearDuplicates(const std::vector<MinHashSignature>& signatures,
                                          double threshold = 0.85);

} // namespace plumbline::corpus
