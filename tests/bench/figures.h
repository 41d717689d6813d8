// What every measurement does: time something, print one line a figure, hold it against its limit.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace plumbline::bench {

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point begun)
{
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

// The value, or the end of the program with the error: a measurement of a failure is none.
template <typename T>
T valueOrExit(Result<T> result)
{
    if (!result) {
        std::cerr << result.error().describe() << '\n';
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

// Prints the figures and remembers whether a limit was broken.
class Figures {
public:
    void print(const std::string& name, double value, const std::string& unit)
    {
        line(name, value, unit, "");
    }
    void atMost(const std::string& name, double value, double limit, const std::string& unit)
    {
        held(name, value, limit, unit, value <= limit, "at most ");
    }
    void atLeast(const std::string& name, double value, double limit, const std::string& unit)
    {
        held(name, value, limit, unit, value >= limit, "at least ");
    }
    int exitCode() const { return m_broken == 0 ? 0 : 1; }

private:
    void held(const std::string& name, double value, double limit, const std::string& unit, bool holds,
              const char* side)
    {
        std::ostringstream verdict;
        verdict << (holds ? "ok: " : "BROKEN: ") << side << limit;
        line(name, value, unit, verdict.str());
        m_broken += holds ? 0 : 1;
    }
    static void line(const std::string& name, double value, const std::string& unit,
                     const std::string& verdict)
    {
        std::cout << std::left << std::setw(52) << name << std::right << std::fixed << std::setprecision(3)
                  << std::setw(12) << value << ' ' << std::left << std::setw(6) << unit << verdict
                  << std::endl;
    }

    int m_broken = 0;
};

struct Times {
    double median = 0; // ms
    double p95 = 0;
};

// The best of `repeats` for each question and each way of asking, in turns: the neighbours' load on the
// machine is not ours, and what there is of it should meet all alike.
inline std::vector<Times> timed(const std::vector<std::string>& questions, int repeats,
                                const std::vector<std::function<void(const std::string&)>>& ways)
{
    std::vector<std::vector<double>> times(ways.size());
    for (const std::string& question : questions) {
        for (std::size_t way = 0; way < ways.size(); ++way) {
            double best = std::numeric_limits<double>::max();
            for (int i = 0; i <= repeats; ++i) {
                const auto begun = Clock::now();
                ways[way](question);
                if (i > 0) { // the first is to warm up
                    best = std::min(best, secondsSince(begun) * 1000);
                }
            }
            times[way].push_back(best);
        }
    }
    std::vector<Times> result;
    for (std::vector<double>& each : times) {
        std::ranges::sort(each);
        result.push_back({each[each.size() / 2], each[each.size() * 95 / 100]});
    }
    return result;
}

} // namespace plumbline::bench
