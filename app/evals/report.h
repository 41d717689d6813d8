// Everything that a report of a run says, as one value; the writers in report_*.h make a file of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/evals/comparison.h"
#include "app/evals/gates.h"
#include "app/evals/metrics.h"
#include "app/evals/prompt_lines.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// What is said of one variant of the run.
struct VariantReport {
    std::string name; // Variant::id()
    bool baseline = false;
    std::vector<Metric> metrics;
    std::optional<Comparison> comparison; // against the baseline
    std::optional<GateReport> gates;
    PromptLines prompt;
};

struct Report {
    std::string program; // "plumbline 0.1.0"
    Run run;
    Suite suite;
    std::vector<CaseResult> results; // whole, of all variants
    std::vector<VariantReport> variants;
    std::string
        baseline; // name of what was compared with, the first where there are several; empty = nothing
    DetectorQuality detector;
    std::vector<QuarantinedCase> setAside; // on the day of the report, with or without a baseline
    std::vector<NotExecuted> notExecuted;  // of the variants that are not the baseline

    bool finished() const { return run.state == RunState::Finished; }
    bool passed() const; // finished, and no gate failed
};

// A run to compare with, other than the one reported.
struct OtherBaseline {
    Run run;
    Suite suite;
    std::vector<CaseResult> results;
    int variant = 0;
};

struct ReportRequest {
    std::string program;
    Run run;
    Suite suite;
    std::vector<CaseResult> results;
    // Variants of this run that the others are compared with, each with the one of its model, else with the
    // first. When all of them are baselines none is: each is gated on its limits, and nothing is compared; or
    std::vector<int> baselineVariants;
    std::optional<OtherBaseline> other; // one of another run
    std::optional<GateContext> gates;
    std::vector<QuarantinedCase> quarantine;
    Date day;
    DetectorQuality detector;
    std::vector<std::string> promptTexts; // by variant, as they were run; missing or empty: no line is named
    std::string baselinePromptText;       // of `other`
};

// Measures, compares and gates. A run that is not finished is only measured: half a suite is another suite.
// Deterministic: the seed is the run's. Any thread.
Report makeReport(ReportRequest request);

// One case that a variant failed, with the places a person needs to see why.
struct Failure {
    std::string caseId;
    std::string caseWhere; // "suites/golden.jsonl:12"
    std::string question;
    int variant = 0;
    CaseState state = CaseState::Answered;
    Outcome outcome = Outcome::Failed;
    std::string check;      // "grounded"; "broken" when there was no answer
    std::string reason;     // one line
    std::string checkWhere; // the assertion's place in the suite
    std::string output;
    EvidencePlace sentence; // of the output; empty text: nothing was said
    std::optional<EvidencePlace> source;
    std::optional<PromptPlace> prompt;
    int failedRepeats = 1;
    int repeats = 1;
    bool passedBefore = false; // the baseline passed it
    std::string setAsideBy;    // owner of its quarantine; empty = counts
};

// Of all variants but the baseline, by variant and then in the order of the suite. A case with repeats is one
// failure when half of them failed or more. Texts are withoutPersonalData().
std::vector<Failure> failuresOf(const Report& report);

} // namespace plumbline::evals
