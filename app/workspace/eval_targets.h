// From what a person names, prompts and models, to what a suite is run on.
#pragma once

#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/evals/target.h"
#include "app/workspace/workspace.h"

namespace plumbline::workspace {

struct EvalChoice {
    std::vector<std::string> prompts; // NAME@vN, NAME@LABEL, NAME, or the label of one of the suite's own
    std::vector<std::string> models;  // empty: the suite's, else the workspace's default one
    std::string profile;              // of retrieval; empty = the workspace's
};

// Every prompt on every model, once, however often it is named. A suite with prompts of its own gets those,
// unless others are named; without any, the workspace's default prompt. Errors: those of Workspace::prompt
// and profile, and of the index; a model of the suite that the workspace does not have is NotFound.
Result<std::vector<evals::Target>> evalTargets(const Workspace& workspace, const evals::Suite& suite,
                                               const EvalChoice& choice);

// The variants of a stored run, as they are now.
Result<std::vector<evals::Target>> evalTargetsOf(const Workspace& workspace, const evals::Suite& suite,
                                                 const evals::Run& run);

} // namespace plumbline::workspace
