// What the Prompts page asks, and the Assistant page of prompts, answered by an opened workspace.
#pragma once

#include <memory>

#include "app/base/actor.h"
#include "ui/assistant/turn.h"
#include "ui/prompts/services.h"

namespace plumbline::workspace {
class Workspace;
}

namespace plumbline::ui::shell {

// Prompts and models to ask with.
void addPromptServices(assistant::Services& services, const std::shared_ptr<workspace::Workspace>& workspace);

prompts::Services promptServices(const std::shared_ptr<workspace::Workspace>& workspace, const Actor& actor);

} // namespace plumbline::ui::shell
