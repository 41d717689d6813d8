// What the Settings page asks, answered by an opened workspace.
#pragma once

#include <memory>

#include "ui/settings/services.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::settings {
class KeyCache;
}

namespace plumbline::ui::shell {

// `keys`: what the keychain gave, for the engine too.
settings::Services settingsServices(const std::shared_ptr<workspace::Workspace>& workspace,
                                    const std::shared_ptr<settings::KeyCache>& keys);

} // namespace plumbline::ui::shell
