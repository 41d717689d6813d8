#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/eval_commands.h"

namespace plumbline::cli {

void addEval(CLI::App& app, Session& session)
{
    auto* eval = app.add_subcommand("eval", "run suites, look at runs, compare them");
    eval->require_subcommand(1);
    eval->footer("Example: plumbline eval run suites/golden.jsonl --prompt policy-answer@v3\n"
                 "         plumbline eval show latest --case A-001");
    addEvalRun(*eval, session);
    addEvalShow(*eval, session);
    addEvalImport(*eval, session);
    addEvalFiles(*eval, session);
    addEvalWhy(*eval, session);
    addEvalCompare(*eval, session);
}

} // namespace plumbline::cli
