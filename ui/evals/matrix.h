// A run as the matrix shows it: light rows, a cell for each case and column. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plumbline::ui::evals {

// All repeats of one case in one column.
struct MatrixCell {
    float score = 0;            // mean over the repeats, 0..1
    std::uint8_t passed = 0;    // repeats that passed
    std::uint8_t repeats = 0;   // results there are; 0 = not run yet
    std::uint8_t broken = 0;    // repeats that ended in an error
    std::uint8_t refused = 0;   // repeats that refused
    bool notExecutable = false; // a check could not be run
    bool unsupported = false;   // a sentence was not carried by its sources
};

struct MatrixCase {
    std::string id;
    std::string question; // shortened where it is long
    std::string cluster;
    std::string riskTier;
    std::string tags; // "near_miss, half:tune"
};

// One variant of one run; a baseline may be of another run of the same suite.
struct MatrixColumn {
    std::string run;
    int variant = 0; // index into the run's variants
    std::string prompt;
    std::string model;
    std::string profile; // of retrieval; empty for a plain prompt

    std::string title() const { return prompt + " / " + model; }
};

struct Matrix {
    std::vector<MatrixColumn> columns;
    std::vector<MatrixCase> cases;
    std::vector<MatrixCell> cells; // case by case, columns.size() each

    const MatrixCell& at(std::size_t row, std::size_t column) const
    {
        return cells[row * columns.size() + column];
    }
};

} // namespace plumbline::ui::evals
