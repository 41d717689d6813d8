// Means and differences of cases that come in clusters: cases from one document succeed and fail together, so
// that ten of them say less than ten from ten documents. Pure functions, deterministic for a seed; any
// thread. Formulas with their sources: resources/docs/eval-statistics.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/evals/statistics.h"

namespace plumbline::evals {

// One case: its value (repeats averaged already) and the cluster that it belongs to.
struct Observation {
    std::size_t cluster = 0; // any number; equal numbers are one cluster
    double value = 0;
};

// The values alone, in order.
std::vector<double> valuesOf(const std::vector<Observation>& observations);

struct ClusterMean {
    double mean = 0;
    double standardError = 0; // linearised, between clusters (Cochran 1977, section 9A); 0 with one cluster
    std::size_t cases = 0;
    std::size_t clusters = 0;
    double designEffect = 1; // variance over that of as many independent cases (Kish 1965); 1 where not known
};
ClusterMean clusterMean(const std::vector<Observation>& observations);

// How many independent yes/no cases would know a rate as well. Of values that are all 0 or all 1: the number
// of clusters, since nothing shows how alike the cases of a cluster are.
double effectiveTrials(const std::vector<Observation>& observations);

// Interval of a mean of values in 0..1: Wilson's on the effective number of trials with Student's t of one
// less than the number of clusters (Franco, Little, Louis & Slud, J. Surv. Stat. Methodol. 7, 2019). Without
// clusters it is Wilson's own. Empty: 0..1.
Interval rateInterval(const std::vector<Observation>& observations);

struct Estimate {
    double value = 0;
    Interval interval;
    double p = 1; // of being 0
};

// Mean by the symmetric studentised cluster bootstrap (Hall, Ann. Stat. 16, 1988; Cameron, Gelbach & Miller,
// Rev. Econ. Stat. 90, 2008). Where fewer than eight clusters vary there is nothing to draw from: Student's t
// gives the interval and signFlipTest() the p. More than 2,000 clusters take Student's t for both, which is
// then as good. For paired differences the values are after minus before.
Estimate bootstrapMean(const std::vector<Observation>& observations, std::uint64_t seed);

// Mean difference of values in 0..1, -1..1, that stays honest where few or no cases differ: two pairs that
// differ by half each way are added (Agresti & Min, Stat. Med. 24, 2005), and the variance grows by the
// design effect.
Interval differenceInterval(const std::vector<Observation>& differences);

// Two-sided test that whole clusters of differences are as likely to have the other sign (Fisher 1935;
// Winkler et al., NeuroImage 123, 2015). With one case a cluster and yes/no values it is McNemar's exact
// test. Exact where the differences are whole multiples of 1/k for a k up to 60; else from 9,999 drawn flips.
// 1 when none differs.
double signFlipTest(const std::vector<Observation>& differences, std::uint64_t seed);

// Difference of a percentile between pairs, by the paired cluster bootstrap (Efron & Tibshirani 1993, chapter
// 13; percentile interval). `before` and `after` are of the same cases in the same order.
Estimate percentileDifference(const std::vector<Observation>& before, const std::vector<Observation>& after,
                              double share, std::uint64_t seed);

} // namespace plumbline::evals
