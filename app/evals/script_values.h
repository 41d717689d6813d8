// Scripts inside an imported suite: what they are given, and how promptfoo makes a function of them.
#pragma once

#include <string>

#include "app/evals/assertion_check.h"
#include "app/evals/script_sandbox.h"

namespace plumbline::evals {

// The body of a function: of one line an expression, which may stand behind declarations ("var x = 1; x >
// 0"); of more lines the body as it is.
std::string functionBody(std::string_view script);

// Runs the script of `javascript` or of `transform` on the output. Errors as of runScript().
Result<ScriptEnd> runAssertionScript(std::string_view script, const Checked& checked);

} // namespace plumbline::evals
