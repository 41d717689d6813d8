// Numbers with what they count, in any notation: "$1.2 billion", "1,200 million dollars", "24 hours", "one
// day", "5 per cent", "third", "Q3".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline::grounding {

// What a number counts. Values of one dimension compare: seconds, months, per cent, bytes, one currency.
enum class Dimension {
    Count, // anything else; Measure::unit says what
    Seconds,
    BusinessDays,
    Months,
    Percent,
    BasisPoints,
    Bytes,
    Pounds,
    Euros,
    Dollars,
    Clock,   // minutes since midnight
    Ordinal, // first, 2nd, Q3
};

struct Measure {
    std::size_t end = 0; // bytes, behind number and unit
    double raw = 0;      // as written, magnitude counted: 1.2 billion is 1200000000
    double value = 0;    // in the dimension's unit
    Dimension dimension = Dimension::Count;
    std::string unit;   // the word behind the number, lower case, as written; may be empty
    bool word = false;  // written in words
    bool vague = false; // "one", or the number of a list: says little
};

// The number that starts at byte `at` (a digit, a currency sign or a number word). None for identifiers
// (3DS, 10.2.1).
std::optional<Measure> measureAt(std::string_view text, std::size_t at);

// How the two stand to each other.
enum class Agreement { Same, OtherUnit, OtherNumber };

// `tolerance`: relative, for "about 30".
Agreement compare(const Measure& claim, const Measure& source, double tolerance);

} // namespace plumbline::grounding
