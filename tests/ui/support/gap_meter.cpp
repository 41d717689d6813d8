#include "tests/ui/support/gap_meter.h"

#include <algorithm>
#include <ctime>

#include <QEventLoop>

namespace plumbline::tests {

GapMeter::GapMeter()
{
    QObject::connect(&m_timer, &QTimer::timeout, [this] { round(); });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.start(1);
}

void GapMeter::round()
{
    const auto now = std::chrono::steady_clock::now();
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    const double busy = static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
    if (m_last) {
        m_busy = std::max(m_busy, busy - m_before);
        m_gaps.push_back(std::chrono::duration<double, std::milli>(now - *m_last).count());
    }
    m_before = busy;
    m_last = now;
}

double GapMeter::percentile(double share)
{
    if (m_gaps.empty())
        return 0;
    std::sort(m_gaps.begin(), m_gaps.end());
    return m_gaps[static_cast<std::size_t>(share * static_cast<double>(m_gaps.size() - 1))];
}

void spin(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

Measured measure(const std::function<void()>& action)
{
    GapMeter meter;
    action();
    spin(20);
    return {meter.percentile(0.99), meter.percentile(1), meter.busiest()};
}

} // namespace plumbline::tests
