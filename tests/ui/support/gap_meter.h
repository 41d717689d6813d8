// How long the event loop was away: the time between two rounds of a timer that is always due.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include <QTimer>

namespace plumbline::tests {

class GapMeter {
public:
    GapMeter();
    double percentile(double share); // 0..1; milliseconds
    // Most that this thread itself computed between two rounds: the part of a gap that is ours, not the
    // machine's. Milliseconds.
    double busiest() const { return m_busy; }

private:
    void round();

    QTimer m_timer;
    std::optional<std::chrono::steady_clock::time_point> m_last;
    std::vector<double> m_gaps;
    double m_before = 0;
    double m_busy = 0;
};

// Runs the event loop; QTest::qWait() would sleep between its rounds.
void spin(int milliseconds);

// Gaps in milliseconds while an action ran.
struct Measured {
    double p99 = 0;
    double worst = 0;
    double busiest = 0;
};
Measured measure(const std::function<void()>& action);

} // namespace plumbline::tests
