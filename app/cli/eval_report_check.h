// What a report needs beside the run, looked at before a run is paid for: gates, baseline, and the folders of
// the files that are asked for.
#pragma once

#include "app/cli/eval_report.h"

namespace plumbline::cli {

// BadInput where the run is not finished: half a suite is another suite, and is compared with nothing.
Result<void> requireFinished(const evals::Run& run);

// Finds what is wrong with the flags before the run, and writes a baseline that is a run by its id: "latest"
// would be the new run itself once there is one. Errors of workspace::gatesOf() and of the quarantine;
// BadInput and NotFound for the baseline, and requireFinished(); NotFound and Denied for a folder that a
// report cannot be written into, BadInput where a folder stands in its place.
Result<void> checkReportFlags(const workspace::Workspace& workspace, ReportFlags& flags);

} // namespace plumbline::cli
