// What a server says when it refuses, as an Error in our words.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "app/base/result.h"
#include "app/base/secret.h"
#include "app/llm/endpoint.h"
#include "app/net/http_message.h"

namespace plumbline::llm {

// The server's own words out of a JSON error value ("error.message", "error", "message", "detail"), on one
// line, at most 300 code points; empty when it has none.
std::string serverMessage(const nlohmann::json& value);

// Takes out of a foreign text whatever is, or looks like, the key: the whole key, words that share 6 letters
// in a row with it, words that begin with "sk-".
std::string withoutKey(std::string_view text, const Secret& key);

// Of an answer that is not 2xx. 401, 403: Denied, naming the secret and how to set it; 404: NotFound, naming
// the model; 400, 422: BadInput with the server's words; 413: TooLarge; 405, 501: Unsupported; others:
// Network. `where` is "models.NAME".
Error serverError(const Endpoint& endpoint, const net::HttpReply& reply, const Secret& key);

// An error from below, or one whose message continues "PLACE …", with the endpoint's place in workspace.yaml.
Error atEndpoint(const Endpoint& endpoint, Error error, const Secret& key);

} // namespace plumbline::llm
