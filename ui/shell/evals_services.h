// What the Evaluations page asks, answered by an opened workspace.
#pragma once

#include <memory>

#include "app/base/actor.h"
#include "ui/evals/services.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::shell {

evals::Services evalsServices(const std::shared_ptr<workspace::Workspace>& workspace, const Actor& actor);

// Its part that reads: the matrix, one case, the comparison.
void addEvalReading(evals::Services& services, const std::shared_ptr<workspace::Workspace>& workspace);

// Its part that explains: why a case changed, and the run as one HTML file.
void addEvalReports(evals::Services& services, const std::shared_ptr<workspace::Workspace>& workspace);

} // namespace plumbline::ui::shell
