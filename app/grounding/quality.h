// How good the detector is, measured: for whoever turns its verdicts into a rate.
#pragma once

#include <cstddef>

namespace plumbline::grounding {

struct MeasuredCounts {
    std::size_t found = 0;       // unsupported answers called so
    std::size_t unsupported = 0; // unsupported answers
    std::size_t passed = 0;      // supported answers called so
    std::size_t supported = 0;   // supported answers
};

// A share with its 95 % interval (Wilson 1927).
struct MeasuredShare {
    double value = 0;
    double low = 0;
    double high = 0;
    std::size_t n = 0;
};

struct DetectorQuality {
    MeasuredShare sensitivity; // of unsupported answers, the share that is found
    MeasuredShare specificity; // of supported answers, the share that passes
};

// What the verdicts are given over.
enum class AnswerKind {
    Summaries, // free in their words: SummEdits, eight domains, cross-validated by domain
    Policies,  // close to their sources: the paraphrases of tests/quality/groundedness and their mutants
};

extern const MeasuredCounts kSummaryCounts;
extern const MeasuredCounts kPolicyCounts;

DetectorQuality detectorQuality(AnswerKind kind);

} // namespace plumbline::grounding
