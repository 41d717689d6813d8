// What a run from somewhere else must hold before it is believed: a file's digest says only that nobody
// changed it on the way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// The most that `eval run` takes of each.
inline constexpr int kMostRepeats = 1'000;
inline constexpr int kMostAtOnce = 1'000;
inline constexpr std::size_t kMostVariants = 1'000;

// "r-20261126-041313-ab12": as newRunId() makes them.
bool isRunId(std::string_view id);

// Empty, or relative and without "..".
bool liesInside(std::string_view path);

// `path` where it lies inside; else its last part.
std::string insidePath(const std::string& path);

// Id, paths and numbers of a run's head. BadInput says which.
Result<void> checkHead(const Run& run, const Suite& suite);

// Whether cases and results are those that the head speaks of: as many as planned, none twice, and all of
// them where the run has finished. BadInput says which.
Result<void> checkResults(const Run& run, const Suite& suite, const std::vector<CaseResult>& results);

} // namespace plumbline::evals
