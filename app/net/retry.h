// Another attempt after a failure that may pass: when, how long to wait, when to give up.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "app/net/http_message.h"

namespace plumbline::net {

struct RetryPolicy {
    int retries = 4;                                // after the first attempt
    std::chrono::milliseconds first{500};           // upper end of the first wait; doubles with each
    std::chrono::milliseconds longest{8'000};       // upper end of any wait that the server did not ask for
    std::chrono::milliseconds waitingInAll{60'000}; // never waits more than this for one request
};

// Where time and chance come from; tests bring their own and do not sleep.
struct RetryClock {
    std::function<std::chrono::system_clock::time_point()> now;
    // Waits; false as soon as a stop is requested.
    std::function<bool(std::chrono::milliseconds, std::stop_token)> wait;
    std::function<double()> random; // 0..1, from any thread
};

RetryClock systemRetryClock();

struct Attempt {
    HttpResult result;
    bool mayRepeat = true; // false once anything was shown of the answer
};

struct RetryOutcome {
    HttpResult result; // of the last attempt
    int attempts = 1;
};

// Runs `attempt` until it gives something that another attempt would not better: any reply but 408, 429 and
// 5xx (501 excepted), any failure but a refused or broken connection. Waits with full jitter (uniform between
// 0 and an upper end that doubles; "Exponential Backoff And Jitter", M. Brooker, AWS 2015), or as long as
// Retry-After says; when that is more than may be waited in all, the reply is given back at once. A stop
// while waiting ends in Cancelled.
RetryOutcome withRetries(const RetryPolicy& policy, const RetryClock& clock, std::stop_token stop,
                         const std::function<Attempt()>& attempt);

// The header's value as a wait from `now`: seconds, or an HTTP date (RFC 9110 section 10.2.3); none when it
// is neither. A date that has passed is 0.
std::optional<std::chrono::milliseconds> retryAfter(std::string_view value,
                                                    std::chrono::system_clock::time_point now);

} // namespace plumbline::net
