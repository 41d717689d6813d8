// What the Settings page asks, answered by an opened workspace.
#pragma once

#include <memory>

#include "ui/settings/services.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::shell {

settings::Services settingsServices(const std::shared_ptr<workspace::Workspace>& workspace);

} // namespace plumbline::ui::shell
