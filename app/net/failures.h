// The words of what can go wrong with an exchange.
#pragma once

#include <cstdint>

#include <curl/curl.h>

#include "app/net/http_message.h"
#include "app/net/url.h"

namespace plumbline::net {

HttpFailure httpFailure(Fault fault, ErrorCode code, std::string message);

// What is known of a transfer that curl gave up.
struct TransferFacts {
    const HttpRequest* request = nullptr;
    const Url* url = nullptr;
    long verifyResult = 0; // X509_V_ERR_…
    std::uint64_t received = 0;
    bool answered = false; // a status line has come
    long proxyStatus = 0;  // of a proxy that was asked for a tunnel; 0 = none was
};

HttpFailure failureOf(CURLcode code, const TransferFacts& facts);

// Of the limits and of the redirects. `fault` is ConnectTime, FirstByteTime, IdleTime, TotalTime or TooLarge.
HttpFailure limitFailure(Fault fault, const TransferFacts& facts, bool resolved);
HttpFailure headFailure(const TransferFacts& facts);
HttpFailure redirectFailure(const TransferFacts& facts, std::string_view location, int followed);
HttpFailure cancelledFailure();

} // namespace plumbline::net
