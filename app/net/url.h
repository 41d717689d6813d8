// The parts of a URL that decide where a request goes.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline::net {

struct Url {
    std::string text;   // as it is asked for
    std::string scheme; // "http" or "https"
    std::string host;   // lower case; IPv6 in brackets
    std::string port;   // always there

    // For people: "host:port", or "host" at the scheme's own port. Never user, password, path or query.
    std::string place() const;
    // RFC 6454: scheme, host and port.
    bool sameOrigin(const Url& other) const;
};

// BadInput: not a URL, neither http nor https, or with a user or password in it (the message does not repeat
// the URL).
Result<Url> parseUrl(std::string_view text);

// Of a Location header. Errors as parseUrl.
Result<Url> resolveUrl(const Url& base, std::string_view reference);

} // namespace plumbline::net
