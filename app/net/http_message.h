// What goes over the wire and comes back: plain values of one HTTP exchange.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "app/base/result.h"
#include "app/base/secret.h"

namespace plumbline::net {

struct HttpHeader {
    std::string name;
    std::string value;
};

// Each limit ends the exchange with an error of its own words. 0 = none.
struct HttpLimits {
    std::chrono::milliseconds connect{5'000};    // name look-up, TCP and TLS together
    std::chrono::milliseconds firstByte{30'000}; // from sending to the first byte of the body
    std::chrono::milliseconds idle{60'000};      // between two pieces of the body
    std::chrono::milliseconds total{120'000};    // the whole exchange
    std::uint64_t body = 16U << 20U;             // bytes of the answer
    std::uint64_t head = 64U << 10U;             // bytes of all its headers
};

struct HttpRequest {
    std::string method = "GET"; // GET or POST
    std::string url;            // http or https, without user and password
    std::vector<HttpHeader> headers;
    Secret bearer; // sent as "Authorization: Bearer …", to the url's own host only; empty = not sent
    std::string body;
    HttpLimits limits;
    std::string proxy;  // empty = what the environment says (http_proxy, https_proxy, no_proxy)
    std::string caFile; // PEM, in place of the system's authorities; empty = the system's
};

struct HttpHead {
    int status = 0;
    std::vector<HttpHeader> headers;

    // The first header of that name, letter case ignored; empty when there is none.
    std::string_view header(std::string_view name) const;
};

struct HttpReply {
    HttpHead head;
    std::string body; // empty when a reader took it
    double firstByteMs = 0;
    double totalMs = 0;
    bool http2 = false;
};

// What kind of thing went wrong below HTTP; decides what is worth another attempt.
enum class Fault {
    BadRequest,    // the request itself: url, headers, CA file
    UnknownHost,   // name look-up
    Refused,       // nothing listens there, or the network has no way
    Tls,           // certificate or handshake
    ConnectTime,   // limit `connect`
    FirstByteTime, // limit `firstByte`
    IdleTime,      // limit `idle`
    TotalTime,     // limit `total`
    Broken,        // the connection ended before the answer did
    TooLarge,      // limits `body` and `head`
    Redirect,      // to another host, without an end, or one that would change the method
    Protocol,      // not HTTP
    Cancelled,
    Internal,
};

// An Error (Network, BadInput, TooLarge, Cancelled, Internal) with its kind. One line; names the host, never
// the key, the path's query or a proxy's password.
struct HttpFailure : Error {
    Fault fault = Fault::Internal;
};

using HttpResult = tl::expected<HttpReply, HttpFailure>;

// What a reader of a body answers.
enum class Take {
    More,
    Enough, // has what it needs: the exchange ends with success when the body does, or 250 ms later
};

// Gets the body of a 2xx answer piece by piece; other bodies are kept in HttpReply::body.
using BodyFn = std::function<Take(const HttpHead& head, std::string_view bytes)>;

} // namespace plumbline::net
