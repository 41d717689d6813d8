#include "app/net/retry.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <random>

#include <curl/curl.h>

#include "app/base/text.h"
#include "app/net/failures.h"

namespace plumbline::net {

namespace {

using std::chrono::milliseconds;

bool isWorthAnother(const HttpResult& result)
{
    if (!result)
        return result.error().fault == Fault::Refused || result.error().fault == Fault::Broken;
    const int status = result->head.status;
    return status == 408 || status == 429 || (status >= 500 && status != 501);
}

milliseconds upperEnd(const RetryPolicy& policy, int attempts)
{
    milliseconds end = policy.first;
    for (int i = 1; i < attempts && end < policy.longest; ++i)
        end *= 2;
    return std::min(end, policy.longest);
}

// None: what the server asks for is more than may be waited.
std::optional<milliseconds> waitBefore(const RetryPolicy& policy, const RetryClock& clock,
                                       const HttpResult& result, int attempts, milliseconds waited)
{
    const milliseconds left = policy.waitingInAll - waited;
    if (result) {
        if (const auto asked = retryAfter(result->head.header("retry-after"), clock.now()))
            return *asked <= left ? asked : std::nullopt;
    }
    const double jittered = clock.random() * static_cast<double>(upperEnd(policy, attempts).count());
    const milliseconds wait(static_cast<std::int64_t>(jittered));
    return wait <= left ? std::optional(wait) : std::nullopt;
}

bool waitFor(milliseconds time, std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

double drawFromSystem()
{
    thread_local std::minstd_rand engine(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

} // namespace

RetryClock systemRetryClock()
{
    return {&std::chrono::system_clock::now, &waitFor, &drawFromSystem};
}

RetryOutcome withRetries(const RetryPolicy& policy, const RetryClock& clock, std::stop_token stop,
                         const std::function<Attempt()>& attempt)
{
    milliseconds waited{0};
    for (int attempts = 1;; ++attempts) {
        Attempt done = attempt();
        if (attempts > policy.retries || !done.mayRepeat || !isWorthAnother(done.result))
            return {std::move(done.result), attempts};
        const auto wait = waitBefore(policy, clock, done.result, attempts, waited);
        if (!wait)
            return {std::move(done.result), attempts};
        if (!clock.wait(*wait, stop))
            return {tl::unexpected(cancelledFailure()), attempts};
        waited += *wait;
    }
}

std::optional<milliseconds> retryAfter(std::string_view value, std::chrono::system_clock::time_point now)
{
    constexpr std::int64_t kDay = 24 * 3600;
    const std::string text(trimmed(value));
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (!text.empty() && end == text.data() + text.size() && error == std::errc{} && seconds >= 0)
        return milliseconds(std::min(seconds, kDay) * 1000);
    if (text.find(',') == std::string::npos) // curl takes much more for a date than HTTP does
        return {};
    const std::time_t date = curl_getdate(text.c_str(), nullptr);
    if (date < 0)
        return {};
    const auto left = std::chrono::ceil<milliseconds>(std::chrono::system_clock::from_time_t(date) - now);
    return std::clamp(left, milliseconds(0), milliseconds(kDay * 1000));
}

} // namespace plumbline::net
