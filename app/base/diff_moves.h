// Blocks that were taken out in one place and put in at another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumbline {

// Lines as symbols. `gone` and `came`: the positions that are only on their side, in rising order.
struct MoveSearch {
    const std::vector<std::uint32_t>& left;
    const std::vector<std::uint32_t>& right;
    const std::vector<std::size_t>& gone;
    const std::vector<std::size_t>& came;
    const std::vector<bool>& telling; // by symbol: the line holds a letter or a digit
};

// Positions from 0, `length` lines of 3 or more in a row on both sides.
struct MovedBlock {
    std::size_t left = 0;
    std::size_t right = 0;
    std::size_t length = 0;
};

// Equal runs of 3 or more lines, at least two of them telling; each line is in one block at most. From the
// top; of several places the longest run wins, then the first (of 16 that are looked at).
std::vector<MovedBlock> findMoves(const MoveSearch& search);

} // namespace plumbline
