// Keys in files that only their owner can read, for where there is no keychain.
#pragma once

#include "app/workspace/secrets.h"
#include "ui/settings/services.h"

namespace plumbline::ui::shell {

// Finds a key where the command does: the environment, then the folders in order. Writes a file named like
// the key, mode 0600, into the first folder (made with 0700), and removes it from there. BadInput: `name` is
// no name of a key. Denied, DiskFull, Io.
settings::KeyFiles keyFiles(const workspace::SecretPlaces& places);

} // namespace plumbline::ui::shell
