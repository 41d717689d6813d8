// The services of an open workspace as the pages take them.
#pragma once

#include <memory>

#include "app/base/actor.h"
#include "ui/shell/main_window.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::settings {
class KeyCache;
}

namespace plumbline::ui::shell {

// Every service keeps the workspace alive, so that a job that is still stopping never outlives it.
// `keys` is what the workspace was opened with.
Session sessionOf(const std::shared_ptr<workspace::Workspace>& workspace, const Actor& actor,
                  const std::shared_ptr<settings::KeyCache>& keys);

} // namespace plumbline::ui::shell
