// gates.yaml: what a candidate must hold to go out. One file for CI, release and canary. Format:
// resources/docs/gates.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/evals/comparison.h"
#include "app/evals/metrics.h"

namespace plumbline::evals {

enum class GateAction { Block, Warn, Pass };

// "block", "warn", "pass".
std::string_view toString(GateAction action);

struct Gate {
    std::string metric;
    std::string riskTier;         // only its cases; empty = all
    bool higherIsBetter = true;   // `direction`: higher or lower
    std::optional<double> limit;  // at least (higher is better) or at most, whatever the baseline did
    std::optional<double> margin; // not significantly worse than the baseline by more than this
    std::int64_t minimumCases = 1;
    GateAction underpowered =
        GateAction::Warn; // none or too few cases, or a loss of the margin could not be seen
    std::string where;    // "gates.yaml:7"
};

struct GateContext {
    std::string name;                           // "ci", "release", "canary"
    GateAction notExecuted = GateAction::Block; // assertions that could not be run
    GateAction noBaseline = GateAction::Warn;   // a margin, and nothing to compare with
    std::vector<Gate> gates;
};

struct GateFile {
    std::vector<GateContext> contexts;

    // nullptr when there is none of that name.
    const GateContext* find(std::string_view name) const;
};

// BadInput with file:line:column: no YAML, against the schema (resources/schemas/gates.schema.json), or a
// direction that contradicts a known metric.
Result<GateFile> parseGates(std::string_view text, std::string_view fileName);

// NotFound and the other errors of reading, and those above. `name` stands for the path in messages.
Result<GateFile> readGates(const std::filesystem::path& path, std::string_view name);

// The metrics that the comparison must correct for and judge.
std::vector<BlockingMetric> blockingMetrics(const GateContext& context);

enum class GateState { Passed, Warned, Failed };

// "passed", "warned", "failed".
std::string_view toString(GateState state);

struct GateOutcome {
    std::string metric;
    std::string riskTier;
    GateState state = GateState::Passed;
    std::string reason; // one line, with value, limit or margin, and number of cases
    std::string where;
    std::vector<std::string> cases; // that broke, where the gate failed for them
};

struct GateReport {
    std::string context;
    std::string subject; // the variant that was gated
    std::vector<GateOutcome> outcomes;

    bool passed() const; // no outcome failed
};

// What is gated: one variant with its measurements; `comparison` is nullptr without a baseline, and must have
// been made with blockingMetrics(context).
GateReport checkGates(const GateContext& context, const ComparedSide& subject, const MetricsConfig& config,
                      const Comparison* comparison);

} // namespace plumbline::evals
