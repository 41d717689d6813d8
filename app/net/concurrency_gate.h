// How many requests one server gets at once: as many as it bears.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

namespace plumbline::net {

// Additive increase, multiplicative decrease (Chiu & Jain 1989): the limit halves when the server says 429
// and grows by one with each round of successes, between 1 and the most allowed. Any thread.
class ConcurrencyGate {
public:
    explicit ConcurrencyGate(int most);

    // A place among the requests under way; given back at the end of its life. Say at most once how it went.
    class Place {
    public:
        Place(ConcurrencyGate& gate, int round) : m_gate(&gate), m_round(round) {}
        Place(Place&& other) noexcept;
        Place& operator=(Place&&) = delete;
        ~Place();

        void succeeded();
        void tooMany(); // 429

    private:
        ConcurrencyGate* m_gate;
        int m_round;
    };

    // Waits for a place; none when stopped.
    std::optional<Place> enter(std::stop_token stop);

    int limit() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_freed;
    const double m_most;
    double m_limit;
    int m_underWay = 0;
    int m_round = 0; // grows with each halving: what was sent before it does not halve again
};

} // namespace plumbline::net
