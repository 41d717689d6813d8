// The longest common subsequence of two sequences of symbols: what a diff keeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumbline {

// Equal elements at these positions, both from 0.
struct MatchedPair {
    std::size_t left = 0;
    std::size_t right = 0;

    friend bool operator==(const MatchedPair&, const MatchedPair&) = default;
};

// Pairs in rising order, as many as can be; the same input gives the same pairs. Symbols are small numbers
// from 0 without large gaps: an array over them is made. Bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length
// computation revisited"), and divided in halves (Hirschberg 1975) where the table would pass 16 MB: the time
// grows as the product of the lengths that differ, by 64; memory with their sum.
std::vector<MatchedPair> longestCommonSubsequence(const std::vector<std::uint32_t>& left,
                                                  const std::vector<std::uint32_t>& right);

} // namespace plumbline
