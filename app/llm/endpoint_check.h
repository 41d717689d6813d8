// Whether an endpoint, as a person wrote it down, may be used.
#pragma once

#include <string_view>

#include "app/base/result.h"
#include "app/llm/endpoint.h"

namespace plumbline::llm {

// BadInput, with `where` a JSON Pointer to the field ("/url"): no URL, or one that is not http or https, or
// that holds a user name, a password or a query; plain http to another machine with a key (always), or
// without `allow_insecure: true`; no model name; a secret that is not a name. A key that stands where its
// name belongs is never part of the message.
Result<void> checkEndpoint(const Endpoint& endpoint);

// A name: a letter, then up to 63 letters, digits, '-' or '_', and nothing that looks like a key itself.
bool isSecretName(std::string_view text);

// "localhost", 127.0.0.0/8, ::1, as written in the URL.
bool isLoopbackUrl(std::string_view url);

} // namespace plumbline::llm
