// A run as one file, for a reviewer on another machine: JSON Lines, with a digest over all lines at the end.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/evals/run_repository.h"

namespace plumbline::evals {

// Writes settings, suite, results and people's verdicts, through FILE.partial; of a path outside the
// workspace the last part. NotFound, the store's errors, those of writing a file, Cancelled.
Result<void> exportRun(const RunRepository& runs, std::string_view run, const std::filesystem::path& file,
                       std::stop_token stop);

// Takes such a file in and gives the run's id. All or none. BadInput with "file:line": no such file, changed
// by hand, cut off, or what run_file_check.h does not take. Unsupported: written by a newer program.
// Conflict: the run is here already.
Result<std::string> importRun(const RunRepository& runs, const std::filesystem::path& file,
                              std::stop_token stop);

} // namespace plumbline::evals
