// Leading right singular vectors of a sparse matrix, by randomised subspace iteration (Halko, Martinsson &
// Tropp 2011, algorithms 4.4 and 5.1). The random start is fixed: the same matrix always gives the same bits.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

namespace plumbline::retrieval {

// Rows of (column, value), columns rising.
struct SparseRows {
    std::size_t columns = 0;
    std::vector<std::size_t> ends;
    std::vector<std::uint32_t> index;
    std::vector<float> value;
};

struct Axes {
    std::size_t dimensions = 0;   // as many as asked for, or the rank where that is less
    std::vector<float> rows;      // `dimensions` for each column of the matrix
    std::vector<double> singular; // falling
};

// No dimensions when `stop` was requested.
Axes leadingAxes(const SparseRows& matrix, std::size_t dimensions, const std::stop_token& stop);

} // namespace plumbline::retrieval
