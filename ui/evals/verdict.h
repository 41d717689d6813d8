// Two columns compared, as the verdict panel shows it. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plumbline::ui::evals {

struct Interval {
    double low = 0;
    double high = 0;
};

enum class Verdict { Regressed, Improved, NoEvidence, Underpowered };
enum class Unit { Rate, Milliseconds, Dollars, Tokens, Score };

struct MetricVerdict {
    std::string name;  // "pass_rate", "latency:total:p95"
    std::string label; // "Pass rate", "Pass rate, high risk"
    Verdict verdict = Verdict::NoEvidence;
    Unit unit = Unit::Rate; // of a rate every value is 0..1
    bool higherIsBetter = true;
    bool blocking = false;          // a gate stands on it
    std::optional<double> baseline; // unset: it does not apply there
    std::optional<double> candidate;
    std::optional<Interval> baselineInterval; // 95 %
    std::optional<Interval> candidateInterval;
    std::optional<double> difference; // candidate less baseline
    std::optional<Interval> interval; // of the difference, 95 %
    std::optional<double> p;          // corrected over the blocking metrics
    std::optional<double> smallestVisible;
    std::int64_t cases = 0; // pairs
    std::int64_t clusters = 0;
    std::int64_t fixed = 0;
    std::int64_t broken = 0;
    std::string note; // "corrected for the detector's error: precision .91, recall .87"
};

enum class GateState { Passed, Failed, Warned };

struct GateVerdict {
    std::string name; // "Grounded, high risk"
    GateState state = GateState::Passed;
    std::string reason;             // with value, limit or margin, and number of cases
    std::string where;              // "gates.yaml:12"
    std::vector<std::string> cases; // that broke, where the gate failed for them
};

struct Comparison {
    Verdict verdict = Verdict::NoEvidence; // over the blocking metrics
    std::vector<MetricVerdict> metrics;    // blocking ones first
    std::vector<GateVerdict> gates;        // none: the workspace has no gates.yaml
    std::vector<std::string> notes;        // "3 flaky cases in the baseline, 5 in the candidate"
};

} // namespace plumbline::ui::evals
