// Two sides of an evaluation, case by case: did it get worse, how sure is that, and what could not have been
// seen. Methods and sources: resources/docs/eval-statistics.md.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/evals/measurements.h"
#include "app/evals/metrics.h"
#include "app/evals/quarantine.h"

namespace plumbline::evals {

// NoEvidence: the suite could have seen a difference that matters, and saw none. Underpowered: it saw none,
// and could not have.
enum class MetricVerdict { Regressed, Improved, NoEvidence, Underpowered };

// "regressed", "improved", "no evidence", "underpowered": as a person reads them; in JSON "no_evidence".
std::string_view toString(MetricVerdict verdict);
std::string_view toJson(MetricVerdict verdict);

// A metric that decides. Holm's correction is over all of them.
struct BlockingMetric {
    std::string metric;
    std::string riskTier; // only its cases; empty = all
    double margin = 0;    // the loss that is put up with, in the metric's unit
    bool higherIsBetter = true;
};

struct ComparisonConfig {
    std::vector<BlockingMetric> blocking;    // empty: pass_rate alone, over all cases
    std::vector<QuarantinedCase> quarantine; // those not yet over on `day` do not count
    Date day;
    std::uint64_t seed = 1;
    // A difference that matters where no margin says so: in shares, and as a part of the value before.
    double relevantShare = .05;
    double relevantPart = .10;
};

// A case that one metric sees otherwise than before.
struct CaseChange {
    std::string caseId;
    double before = 0; // mean over the repeats
    double after = 0;
};

struct MetricComparison {
    std::string name;
    std::string label;
    std::string riskTier; // empty = all cases
    std::string unit;
    bool higherIsBetter = true;
    bool blocking = false;
    double before = 0;
    double after = 0;
    double difference = 0; // after minus before
    double low = 0;        // 95 % interval of the difference
    double high = 0;
    double p = 1;         // two-sided
    double pAdjusted = 1; // Holm over the blocking metrics; p for the others
    std::string test;     // "McNemar, exact", "sign flip of clusters", "paired cluster bootstrap"
    std::int64_t pairs = 0;
    std::int64_t clusters = 0;
    std::int64_t fixed = 0; // cases that got better, and worse; of yes/no metrics: by majority of the repeats
    std::int64_t broken = 0;
    double smallestVisible = 0; // difference that would be found four times in five, in the metric's unit
    double relevant = 0;        // difference that matters: the margin, or the default
    MetricVerdict verdict = MetricVerdict::NoEvidence;
    std::vector<CaseChange> changes; // of metrics in shares; the worst first
};

// A case whose repeats do not agree with each other.
struct FlakyCase {
    std::string caseId;
    std::optional<double> before; // share of repeats that passed; unset: this side agreed
    std::optional<double> after;
    bool setAside = false;
};

struct Comparison {
    std::string before; // "policy-answer@v3 / embedded"
    std::string after;
    std::vector<MetricComparison> metrics; // blocking ones first
    std::vector<CaseChange> fixed;         // of pass/fail, by majority
    std::vector<CaseChange> broken;
    std::vector<FlakyCase> flaky;
    bool flakinessKnown = false; // both sides have repeats
    std::vector<QuarantinedCase> setAside;
    std::vector<QuarantinedCase> overdue;
    std::vector<std::string> onlyBefore; // cases that one side has no result of
    std::vector<std::string> onlyAfter;
    // Over the blocking metrics: regressed if one is, else underpowered if one is, else improved if one is.
    MetricVerdict verdict = MetricVerdict::NoEvidence;
};

// One side: a variant of a run. `measurements` must outlive the call.
struct ComparedSide {
    const Measurements* measurements = nullptr;
    int variant = 0;
    std::string name;
};

// Pairs by case id. Cases, clusters and tiers are those of the side after. Deterministic for a seed; any
// thread.
Comparison compare(const ComparedSide& before, const ComparedSide& after, const ComparisonConfig& config);

// nullptr when that metric was not compared.
const MetricComparison* find(const Comparison& comparison, std::string_view metric,
                             std::string_view riskTier = {});

// The interval of the difference, "-0.3 to +0.4" of shares: their unit stands beside the difference.
std::string intervalText(const MetricComparison& metric);

// "regressed: pass rate 91.2 % to 84.0 %, -7.2 points (-10.1 to -4.4), p .0004; 3 fixed, 31 broken" or "no
// evidence: …; the suite can see 2.9 points or more".
std::string sentence(const MetricComparison& metric);

} // namespace plumbline::evals
