// The forms of a report: files for CI systems, for a browser, for a pull request and for programs. Each is a
// whole text, the same for the same report. Texts of models and documents are escaped wherever they stand.
// Any thread.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "app/evals/report.h"

namespace plumbline::evals {

// JUnit XML as Ant and Jenkins read it: a suite for each variant but the baseline, a test for each case, and
// a suite of the gates. A case set aside is skipped; one without an answer, or with an assertion that could
// not be run, is an error.
std::string junitReport(const Report& report);

// SARIF 2.1.0 (OASIS): a result for each failed case and gate. It stands at the line of the prompt, else of
// the suite; the source passage and the case are related locations. Columns and offsets are in Unicode code
// points.
std::string sarifReport(const Report& report);

// One file without a script or anything to fetch, light or dark as the reader's system is.
std::string htmlReport(const Report& report);

// For a comment on a pull request: verdict, gates, what changed, and the first failures.
std::string markdownReport(const Report& report);

// All of it for programs; the fields are listed in resources/docs/reports.md.
nlohmann::ordered_json jsonReport(const Report& report);

// Its parts.
nlohmann::ordered_json metricsJson(const std::vector<Metric>& metrics);
nlohmann::ordered_json comparisonJson(const Comparison& comparison);
nlohmann::ordered_json gatesJson(const GateReport& gates);
nlohmann::ordered_json failureJson(const Failure& failure);

} // namespace plumbline::evals
