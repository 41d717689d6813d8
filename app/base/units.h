// Units that must not be mixed up: money, tokens.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/base/result.h"

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

// "$5.00", "$0.0134": as few places as are exact, but two at least. For sentences.
std::string toShortString(Money money);

// A decimal number of dollars: "2.50", "-0.075", "3". No sign of currency, no exponent, no separators of
// thousands. BadInput: not of that form, more than six places that are not zero, or over nine trillion.
Result<Money> parseUsd(std::string_view decimal);

// The same with any number of places, rounded half away from zero: bills are printed with more than six.
Result<Money> parseUsdRounded(std::string_view decimal);

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
