// Keys for the command: named environment variables, and files that only their owner can read.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/base/secret_source.h"

namespace plumbline::workspace {

struct SecretPlaces {
    // The value of a variable; empty = not set.
    std::function<std::optional<std::string>(const std::string& variable)> environment;
    std::vector<std::filesystem::path> folders; // asked in order; a file in it is named like the key
};

// The process's environment, `stateFolder`/secrets and the user's configuration folder /secrets.
SecretPlaces secretPlaces(const std::filesystem::path& stateFolder);

// Looks at each call, and keeps nothing. Denied: a file that others can read or write, that belongs to
// another user, or is reached over a link of another user; BadInput: `name` is no name, or the key is empty,
// over 16 KiB, or holds what cannot stand in a header.
SecretSource secretSource(SecretPlaces places);

} // namespace plumbline::workspace
