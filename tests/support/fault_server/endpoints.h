// Endpoints and clocks for tests against the fault server: short limits, no sleeping.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "app/llm/endpoint_client.h"

namespace plumbline::tests {

// Never to be seen in any error, note or file.
inline const std::string kMarkerKey = "marker-Key-7f3a91c2d4";

// Limits that end every fault within two seconds; no retries.
inline llm::Endpoint endpointAt(const std::string& url)
{
    llm::Endpoint endpoint;
    endpoint.name = "local";
    endpoint.url = url;
    endpoint.model = "echo";
    endpoint.secret = "test-key";
    endpoint.connectTimeout = std::chrono::milliseconds(1000);
    endpoint.firstTokenTimeout = std::chrono::milliseconds(400);
    endpoint.idleTimeout = std::chrono::milliseconds(400);
    endpoint.totalTimeout = std::chrono::milliseconds(1500);
    endpoint.retries = 0;
    return endpoint;
}

// Writes down the waits instead of waiting; chance always says the same.
class StillClock {
public:
    net::RetryClock clock(double random = 0.5)
    {
        return {[this] { return m_now; },
                [this](std::chrono::milliseconds time, std::stop_token stop) {
                    const std::lock_guard lock(m_mutex);
                    m_waits.push_back(time);
                    return !stop.stop_requested();
                },
                [random] { return random; }};
    }
    std::vector<std::chrono::milliseconds> waits() const
    {
        const std::lock_guard lock(m_mutex);
        return m_waits;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::chrono::milliseconds> m_waits;
    std::chrono::system_clock::time_point m_now = std::chrono::system_clock::from_time_t(1'700'000'000);
};

} // namespace plumbline::tests
