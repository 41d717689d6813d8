// Intervals and tests for the figures of a run. Pure functions, deterministic for a seed; any thread.
// Formulas with their sources: resources/docs/eval-statistics.md.
#pragma once

#include <cstdint>
#include <vector>

namespace plumbline::evals {

inline constexpr double kLevel = .95; // of every interval
inline constexpr double kAlpha = .05; // of every test
inline constexpr double kPower = .80; // of every smallest visible difference

struct Interval {
    double low = 0;
    double high = 0;
};

// The score interval of a rate (Wilson, JASA 22, 1927), 0..1. `trials` may be an effective number and need
// not be whole; 0 trials give 0..1. `quantile` is z or t: 1.96 for 95 %.
Interval wilson(double rate, double trials, double quantile);

// Two-sided exact test of the pairs that differ (McNemar, Psychometrika 12, 1947): b one way, c the other.
// 1 when none differs.
double mcnemarExact(std::int64_t b, std::int64_t c);

// The same with half the weight of the observed table (Lancaster 1961; Fagerland, Lydersen & Laake 2013):
// less timid, and not exact.
double mcnemarMidP(std::int64_t b, std::int64_t c);

// P values adjusted for being looked at together, in the order given (Holm, Scand. J. Stat. 6, 1979).
std::vector<double> holm(const std::vector<double>& p);

// The value below which `share` (0..1) of the values lie, between neighbours by straight line (Hyndman & Fan
// 1996, type 7: the default of R and NumPy). Values in any order; 0 when there are none.
double percentile(std::vector<double> values, double share);

// Interval of that percentile from the order of the values alone (Conover 1999, section 3.2): no distribution
// is assumed. Too few values reach only as far as the smallest and largest.
Interval percentileInterval(std::vector<double> values, double share);

// How good a detector is, as counted on judged answers. Totals of 0: not known.
struct DetectorQuality {
    double sensitivity = 1; // share of the bad that it reports
    std::int64_t sensitivityOf = 0;
    double specificity = 1; // share of the good that it leaves alone
    std::int64_t specificityOf = 0;

    bool known() const { return sensitivityOf > 0 && specificityOf > 0; }
    bool usable() const { return known() && sensitivity + specificity > 1; }
};

struct CorrectedRate {
    double rate = 0;
    Interval interval;
    bool falseAlarmsExplain = false; // all that was reported may be false alarms: the interval begins at 0
};

// The true rate behind a rate that an imperfect detector reports (Rogan & Gladen, Am. J. Epidemiol. 107,
// 1978), cut to 0..1; the interval holds the doubt in sensitivity and specificity too (Lang & Reiczigel,
// Prev. Vet. Med. 113, 2014). Where fewer are reported than the false alarms alone would make, or more than a
// detector of that sensitivity could, the formula would be sure of 0 or 1: there the interval reaches at
// least to the end of wilson() of the reported rate. `trials` may be an effective number. The detector must
// be usable().
CorrectedRate roganGladen(double reported, double trials, const DetectorQuality& detector, double quantile);

} // namespace plumbline::evals
