// Suites, runs and results as JSON: what the store and an exported run hold.
#pragma once

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// Whether "file:line" places are written.
enum class Places { Kept, LeftOut };

nlohmann::ordered_json toJson(const Assertion& assertion, Places places = Places::Kept);
nlohmann::ordered_json toJson(const Case& one, Places places = Places::Kept);
nlohmann::ordered_json toJson(const AssertionResult& result);
nlohmann::ordered_json toJson(const Variant& variant);
nlohmann::ordered_json toJson(const RunSettings& settings);
nlohmann::ordered_json toJson(const CaseResult& result);
// All of a suite but its cases.
nlohmann::ordered_json headJson(const Suite& suite);

// What toJson() wrote. Corrupt: anything else.
Result<Case> caseFrom(const nlohmann::ordered_json& value);
Result<Suite> headFrom(const nlohmann::ordered_json& value);
Result<RunSettings> settingsFrom(const nlohmann::ordered_json& value);
Result<CaseResult> resultFrom(const nlohmann::ordered_json& value);

// The states by their words; Corrupt: no such word.
Result<RunState> runStateFrom(std::string_view word);
Result<CaseState> caseStateFrom(std::string_view word);

} // namespace plumbline::evals
