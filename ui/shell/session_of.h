// The services of an open workspace as the pages take them.
#pragma once

#include <memory>

#include "app/base/actor.h"
#include "ui/shell/main_window.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::shell {

// Every service keeps the workspace alive, so that a job that is still stopping never outlives it.
Session sessionOf(const std::shared_ptr<workspace::Workspace>& workspace, const Actor& actor);

} // namespace plumbline::ui::shell
