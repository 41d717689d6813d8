// Which cases of a matrix are shown and in which order: an immutable value built away from the window.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include <QString>

#include "ui/evals/matrix.h"

namespace plumbline::ui::evals {

enum class CellState { NotRun, Passed, Failed, Flaky, Error, NotExecutable };

// The gravest thing first: an error hides no failure, a check that could not run is no pass.
CellState stateOf(const MatrixCell& cell);

// How the candidate stands against the baseline, by the share of repeats that passed.
enum class CaseChange { Broken, LessOften, Same, MoreOften, Fixed };

// Same where one of the two was not run.
CaseChange changeOf(const MatrixCell& baseline, const MatrixCell& candidate);

enum class CaseFilter { All, Failures, Changed, Flaky, Errors };
inline constexpr std::size_t kFilters = 5;

enum class CaseSort { Change, Id, Question, Score, Tags };

struct MatrixRequest {
    QString words; // all must occur in id, question, cluster, tier or tags
    CaseFilter filter = CaseFilter::All;
    CaseSort sort = CaseSort::Change; // regressions first
    int scoreOf = 0;                  // column, for CaseSort::Score
    bool descending = false;
    int baseline = -1; // column; -1 = none
    int candidate = 0; // column; failures are its failures
};

struct MatrixOrder {
    std::shared_ptr<const Matrix> matrix;
    MatrixRequest request;
    std::vector<std::uint32_t> rows;            // indices into the matrix' cases
    std::array<std::size_t, kFilters> counts{}; // cases that each filter would show, the words applied
    std::size_t fixed = 0;                      // among all cases
    std::size_t broken = 0;

    CaseChange change(std::size_t index) const; // of a case of the matrix
};

// Never null. Stops early when asked (then the order is not whole).
std::shared_ptr<const MatrixOrder> orderOf(std::shared_ptr<const Matrix> matrix, const MatrixRequest& request,
                                           const std::stop_token& stop);

// The shown rows as comma-separated values (RFC 4180), with a heading. A cell that a spreadsheet would take
// for a formula gets an apostrophe before it.
QByteArray csvOf(const MatrixOrder& order);

} // namespace plumbline::ui::evals
