// `plumbline eval import`: a configuration of promptfoo becomes a suite of the workspace.
#pragma once

#include "app/cli/session.h"

namespace CLI {
class App;
}

namespace plumbline::cli {

void addEvalImport(CLI::App& eval, Session& session);

} // namespace plumbline::cli
