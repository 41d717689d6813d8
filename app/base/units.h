// Units that must not be mixed up: money, tokens.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace plumbline {

// Integer micro-USD; never floating point. 1 USD = 1,000,000.
struct Money {
    std::int64_t microUsd = 0;

    friend auto operator<=>(const Money&, const Money&) = default;
    Money& operator+=(Money other)
    {
        microUsd += other.microUsd;
        return *this;
    }
    friend Money operator+(Money left, Money right) { return {left.microUsd + right.microUsd}; }
    friend Money operator-(Money left, Money right) { return {left.microUsd - right.microUsd}; }
};

// "$0.001234": all six places, so that a column adds up as it reads. A minus sign stands before the dollar.
std::string toString(Money money);

struct Tokens {
    std::int64_t count = 0;

    friend auto operator<=>(const Tokens&, const Tokens&) = default;
    Tokens& operator+=(Tokens other)
    {
        count += other.count;
        return *this;
    }
    friend Tokens operator+(Tokens left, Tokens right) { return {left.count + right.count}; }
    friend Tokens operator-(Tokens left, Tokens right) { return {left.count - right.count}; }
};

} // namespace plumbline
