// The distributions that the statistics of a run stand on. Pure functions; any thread.
#pragma once

#include <cstdint>

namespace plumbline::evals {

// P(Z <= z) of the standard normal distribution.
double normalCdf(double z);

// The z with P(Z <= z) = p; p strictly between 0 and 1, else minus or plus infinity.
double normalQuantile(double p);

// ln Gamma(x), x > 0 (Lanczos 1964). The library's own writes a global and is not safe beside other threads.
double logGamma(double x);

// The regularised incomplete beta function I_x(a, b), a and b > 0, x 0..1, by its continued fraction
// (Abramowitz & Stegun 26.5.8).
double incompleteBeta(double a, double b, double x);

// P(T <= t) of Student's t with `freedom` > 0 degrees of freedom, and its inverse.
double studentCdf(double t, double freedom);
double studentQuantile(double p, double freedom);

// P(X <= k) for X of the binomial distribution of n trials; 0 for k < 0, 1 for k >= n.
double binomialCdf(std::int64_t k, std::int64_t n, double p);

} // namespace plumbline::evals
