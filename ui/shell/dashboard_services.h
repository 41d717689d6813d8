// What the Dashboard page asks, answered by an opened workspace.
#pragma once

#include <memory>

#include "ui/dashboard/services.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::shell {

dashboard::Services dashboardServices(const std::shared_ptr<workspace::Workspace>& workspace);

} // namespace plumbline::ui::shell
