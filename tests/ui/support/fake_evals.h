// Runs of the little bank, with services that answer at once, or as slowly as a test wants.
#pragma once

#include <memory>

#include "tests/ui/support/fake_services.h"
#include "ui/evals/services.h"

namespace plumbline::tests {

// Four runs: a finished one of two versions, one that was stopped, one over its budget, one from another
// machine. The first is kBankRun.
std::vector<ui::evals::RunRow> bankRuns();
inline constexpr const char* kBankRun = "r-20261124-024000-7c21";

plumbline::evals::Variant bankVariant(const std::string& prompt, const std::string& model);
ui::evals::RunRow bankRow(std::string id, std::vector<plumbline::evals::Variant> variants,
                          plumbline::evals::RunState state, std::int64_t done, std::int64_t planned,
                          std::chrono::minutes ago);

// 28 cases: 5 broken and 3 fixed by the second version, some flaky, one that broke off, one that could not be
// checked.
std::shared_ptr<const ui::evals::Matrix> bankMatrix();
// `cases` x `columns`, every eleventh case changed between the first and the last column.
std::shared_ptr<const ui::evals::Matrix> manyCases(std::size_t cases, std::size_t columns);

// One case in both columns: the second says 45 days where the source says 30.
ui::evals::CaseDetail bankCase(const ui::evals::CaseRef& ref);
ui::evals::Comparison bankComparison();

// Script::fail makes reads fail, Script::nothingIndexed leaves no runs and no suites, Script::hang lets a run
// wait at two fifths and a read wait, until they are stopped. `matrix`: what every run shows; null:
// bankMatrix().
ui::evals::Services fakeEvals(const std::shared_ptr<Script>& script,
                              std::shared_ptr<const ui::evals::Matrix> matrix = {});

} // namespace plumbline::tests
