#include "app/net/concurrency_gate.h"

#include <algorithm>
#include <utility>

namespace plumbline::net {

ConcurrencyGate::ConcurrencyGate(int most) : m_most(std::max(most, 1)), m_limit(m_most) {}

std::optional<ConcurrencyGate::Place> ConcurrencyGate::enter(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    const bool free = m_freed.wait(lock, stop, [this] { return m_underWay < static_cast<int>(m_limit); });
    if (!free)
        return {};
    ++m_underWay;
    return std::optional<Place>(std::in_place, *this, m_round);
}

int ConcurrencyGate::limit() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_limit);
}

ConcurrencyGate::Place::Place(Place&& other) noexcept
    : m_gate(std::exchange(other.m_gate, nullptr)), m_round(other.m_round)
{
}

ConcurrencyGate::Place::~Place()
{
    if (m_gate == nullptr)
        return;
    const std::lock_guard lock(m_gate->m_mutex);
    --m_gate->m_underWay;
    m_gate->m_freed.notify_all();
}

void ConcurrencyGate::Place::succeeded()
{
    const std::lock_guard lock(m_gate->m_mutex);
    m_gate->m_limit = std::min(m_gate->m_most, m_gate->m_limit + 1 / m_gate->m_limit);
}

void ConcurrencyGate::Place::tooMany()
{
    const std::lock_guard lock(m_gate->m_mutex);
    if (m_round != m_gate->m_round)
        return;
    m_gate->m_limit = std::max(1.0, m_gate->m_limit / 2);
    ++m_gate->m_round;
}

} // namespace plumbline::net
