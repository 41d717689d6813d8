// The parts of `plumbline eval`, a file each.
#pragma once

#include "app/cli/session.h"

namespace CLI {
class App;
}

namespace plumbline::cli {

void addEvalRun(CLI::App& eval, Session& session);   // run, resume
void addEvalFiles(CLI::App& eval, Session& session); // lint, export, import-run
void addEvalWhy(CLI::App& eval, Session& session);
void addEvalShow(CLI::App& eval, Session& session);    // list, show
void addEvalCompare(CLI::App& eval, Session& session); // compare
void addEvalImport(CLI::App& eval, Session& session);  // import

} // namespace plumbline::cli
