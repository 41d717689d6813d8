// The report of a run that lies in the workspace: what it is held against and which gates it must hold.
#pragma once

#include <optional>
#include <string>

#include "app/base/result.h"
#include "app/evals/report.h"

namespace plumbline::workspace {

class Workspace;

struct ReportChoice {
    std::string baseline; // NAME@vN of the run itself, or another run with or without #VARIANT; RUN#VARIANT
                          // of the run itself holds its other variants against that one
    std::string gates;    // empty: gates.yaml of the workspace, where there is one
    std::string context = "ci"; // empty: "release", else "ci", else the first of the file
    bool noGates = false;
};

// A run, and which of its variants: "r-20261126-041313-ab12", "latest#2". Counted from 1 outside and from 0
// here.
struct RunReference {
    std::string run;
    std::optional<int> variant;
};
// BadInput: what stands behind # is no number from 1.
Result<RunReference> parseRunReference(const std::string& text);

// What a run must hold; unset = nothing. Errors: those of reading; NotFound for a context that the file does
// not have.
Result<std::optional<evals::GateContext>> gatesOf(const Workspace& workspace, const ReportChoice& choice);

// Reads whole results, gates and quarantine; `only` leaves the other variants out. Errors: those of the store
// and of reading; BadInput and NotFound for gates, context and baseline. Any thread.
Result<evals::Report> evalReport(const Workspace& workspace, const evals::Run& run, std::optional<int> only,
                                 const ReportChoice& choice);

} // namespace plumbline::workspace
