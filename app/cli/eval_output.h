// Runs and results as the command shows them.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/evals/run_repository.h"
#include "app/evals/runner.h"

namespace plumbline::cli {

// "policy-answer@v3 / embedded": what came of one variant, counted.
struct VariantCount {
    std::int64_t results = 0;
    std::int64_t passed = 0;
    std::int64_t answered = 0;
    std::int64_t refused = 0;
    std::int64_t broken = 0;
    std::int64_t cached = 0;
    Money cost; // of those whose cost is known
    std::int64_t unknownCost = 0;
};
std::vector<VariantCount> countVariants(const evals::Run& run, const std::vector<evals::CaseResult>& results);

nlohmann::ordered_json runJson(const evals::Run& run);
// {run, suite, state, variants: [...]}, and "results" with a light row for each case where `withResults`.
nlohmann::ordered_json summaryJson(const evals::Run& run, const std::vector<evals::CaseResult>& results,
                                   bool withResults);
nlohmann::ordered_json resultJson(const evals::CaseResult& result);

// `brokenOff`: the run is in state Running, and nobody works on it.
void printRunLine(const evals::Run& run, bool brokenOff = false);
void printSummary(const evals::Run& run, const std::vector<evals::CaseResult>& results,
                  bool brokenOff = false);
void printCase(const evals::Run& run, const evals::Case& one, const std::vector<evals::CaseResult>& results);
void printEstimate(const evals::RunEstimate& estimate);

} // namespace plumbline::cli
