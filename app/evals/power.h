// What a suite can see: the smallest true difference that a comparison would find four times in five (power
// .8, two-sided alpha .05). Pure functions; any thread.
#pragma once

namespace plumbline::evals {

// Of yes/no cases in pairs, as a share 0..1. `discordance` is the share of pairs that differ (0..1; it is
// never less than the difference itself), `pairs` their effective number. By the power of McNemar's exact
// test up to 2,000 pairs, and by Connor's formula (Biometrics 43, 1987) above. 1 when not even a change of
// all pairs would be seen.
double smallestVisibleRate(double discordance, double pairs);

// Of a mean difference with this standard error over so many clusters, in the unit of the metric (Bloom,
// Eval. Rev. 19, 1995).
double smallestVisibleMean(double standardError, double clusters);

// Variance of a mean over that of as many independent cases, before anything ran: 1 + (size - 1) ICC, with
// clusters of `size` cases (Kish 1965).
double expectedDesignEffect(double size, double icc);

} // namespace plumbline::evals
