// Where keys come from: the environment and 0600 files for the command, the keychain for the console.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/base/secret.h"

namespace plumbline {

// The key of that name. NotFound: there is none, with how to set it. Denied: there is one that may not be
// used or read, with what to do. An error never holds the key. Any thread.
using SecretSource = std::function<Result<Secret>(const std::string& name)>;

// What the variables that hold keys begin with; they are never handed on to other programs.
inline constexpr std::string_view kSecretPrefix = "PLUMBLINE_SECRET_";

// "PLUMBLINE_SECRET_OPENAI" for "openai": upper case, '-' as '_'. Variables without the prefix are never
// read: a workspace from elsewhere must not choose which of them is sent away.
std::string secretVariable(std::string_view name);

} // namespace plumbline
