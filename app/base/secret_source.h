// Where keys come from: the environment and 0600 files for the command, the keychain for the console.
#pragma once

#include <functional>
#include <string>

#include "app/base/result.h"
#include "app/base/secret.h"

namespace plumbline {

// The key of that name. NotFound: there is none, with how to set it. Denied: there is one that may not be
// used or read, with what to do. An error never holds the key. Any thread.
using SecretSource = std::function<Result<Secret>(const std::string& name)>;

} // namespace plumbline
