#include "app/evals/distributions.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace plumbline::evals {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Lentz's way of evaluating a continued fraction, with the terms of the incomplete beta function.
double betaFraction(double a, double b, double x)
{
    constexpr double kTiny = 1e-300;
    constexpr int kMostTerms = 500;
    const auto awayFromZero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double upper = 1;
    double lower = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
    double fraction = lower;
    for (int term = 1; term <= kMostTerms; ++term) {
        const double m = term;
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        lower = 1 / awayFromZero(1 + even * lower);
        upper = awayFromZero(1 + even / upper);
        fraction *= lower * upper;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        lower = 1 / awayFromZero(1 + odd * lower);
        upper = awayFromZero(1 + odd / upper);
        fraction *= lower * upper;
        if (std::abs(lower * upper - 1) < 1e-15) {
            break;
        }
    }
    return fraction;
}

// Halving is slower than a rational approximation and as exact as the distribution itself.
template <typename Cdf>
double inverse(double p, double reach, const Cdf& cdf)
{
    double low = -reach;
    double high = reach;
    while (cdf(low) > p) {
        low *= 2;
    }
    while (cdf(high) < p) {
        high *= 2;
    }
    for (int step = 0; step < 200 && high - low > 1e-14 * (1 + std::abs(low)); ++step) {
        const double middle = (low + high) / 2;
        (cdf(middle) < p ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

double normalCdf(double z)
{
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normalQuantile(double p)
{
    if (p <= 0 || p >= 1) {
        return p <= 0 ? -kInfinity : kInfinity;
    }
    // The lower tail keeps its digits; the upper one is 1 minus something small.
    return p > .5 ? -normalQuantile(1 - p) : inverse(p, 10, normalCdf);
}

double logGamma(double x)
{
    constexpr double kShift = 7;
    constexpr std::array kTerms{0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
                                771.32342877765313,   -176.61502916214059,   12.507343278686905,
                                -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
    if (x < .5) {
        return std::log(std::numbers::pi / std::sin(std::numbers::pi * x)) - logGamma(1 - x);
    }
    const double shifted = x - 1;
    double sum = kTerms[0];
    for (std::size_t term = 1; term < kTerms.size(); ++term) {
        sum += kTerms[term] / (shifted + static_cast<double>(term));
    }
    const double base = shifted + kShift + .5;
    return std::log(2 * std::numbers::pi) / 2 + (shifted + .5) * std::log(base) - base + std::log(sum);
}

double incompleteBeta(double a, double b, double x)
{
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    const double front =
        std::exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2)) {
        return front * betaFraction(a, b, x) / a;
    }
    return 1 - front * betaFraction(b, a, 1 - x) / b;
}

double studentCdf(double t, double freedom)
{
    const double tail = incompleteBeta(freedom / 2, .5, freedom / (freedom + t * t)) / 2;
    return t > 0 ? 1 - tail : tail;
}

double studentQuantile(double p, double freedom)
{
    if (p <= 0 || p >= 1) {
        return p <= 0 ? -kInfinity : kInfinity;
    }
    if (p > .5) {
        return -studentQuantile(1 - p, freedom);
    }
    return inverse(p, 10, [&](double t) { return studentCdf(t, freedom); });
}

double binomialCdf(std::int64_t k, std::int64_t n, double p)
{
    if (k < 0 || k >= n) {
        return k < 0 ? 0 : 1;
    }
    return incompleteBeta(static_cast<double>(n - k), static_cast<double>(k + 1), 1 - p);
}

} // namespace plumbline::evals
