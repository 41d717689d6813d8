// Many runs as series over time, for charts: the metrics of each variant at each run, and what was changed
// between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/evals/metrics.h"
#include "app/evals/run.h"
#include "app/prompts/labels.h"
#include "app/retrieval/indexer.h"

namespace plumbline::evals {

// A run with the metrics of each of its variants, in the order of RunSettings::variants; a variant without
// results has none.
struct MeasuredRun {
    Run run;
    std::vector<std::vector<Metric>> metrics;
};

// The value of one metric, of one variant, in one run.
struct SeriesPoint {
    std::size_t run = 0;     // into RunSeries::runs
    std::size_t variant = 0; // into RunSeries::variants
    double value = 0;        // in the metric's own unit
    double low = 0;          // its 95 % interval
    double high = 0;
    std::int64_t n = 0; // cases with a value
};

// What all points of a run have in common.
struct SeriesRun {
    std::string id;
    std::string suite;       // its name
    std::string suiteDigest; // runs of one digest had the same cases
    RunState state = RunState::Finished;
    std::int64_t done = 0; // results there are, of those planned: fewer when it runs or was stopped
    std::int64_t planned = 0;
    Timestamp at{};              // when it was started
    std::int64_t generation = 0; // of the index, the highest of its variants; 0 = none
};

struct RunSeries {
    std::vector<SeriesRun> runs;       // by time, then by id
    std::vector<std::string> variants; // Variant::id(), each once: by prompt, version as a number, model
    std::map<std::string, std::vector<SeriesPoint>, std::less<>> points; // by Metric::name; by run, variant
};

// A variant that stands twice in one run (same prompt, model, other profile) gives two points of one series.
// A metric without a finite value gives none.
RunSeries seriesOf(const std::vector<MeasuredRun>& runs);

enum class MarkKind { LabelMoved, IndexChanged };

// Something that was changed at a time, which may be why figures differ before and after it.
struct EventMark {
    MarkKind kind = MarkKind::LabelMoved;
    Timestamp at{};
    std::string prompt;          // of a label
    std::string label;           //
    int from = 0;                // version before; 0 = the label was new
    int to = 0;                  //
    std::int64_t generation = 0; // of the index
    // The generation is known only from runs (rolled back to, or forgotten by the store): `at` is the first
    // run that used it, not the change itself.
    bool seenInRun = false;
    std::string who; // of a label
    std::string why; //
};

// All marks by time. `generations` in any order; those that the store has forgotten are taken from the runs.
std::vector<EventMark> marksOf(const prompts::LabelBook& labels,
                               const std::vector<retrieval::GenerationInfo>& generations,
                               const RunSeries& series);

} // namespace plumbline::evals
