// Calendar dates in running text, in any notation: 2026-03-31, 31 March 2026, March 31st, 31/03/2026, March
// 2026.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace plumbline::grounding {

struct DateMention {
    std::size_t end = 0; // bytes, behind the mention
    int year = 0;        // 0 where it is not said
    int month = 0;       // 1..12
    int day = 0;
    bool swappable = false; // 03/04/2026: day and month may be the other way round

    // Whether `source` says what this mention says; a year that the source leaves out is not held against it.
    bool carriedBy(const DateMention& source) const;
};

// The date that starts at byte `at`, the longest reading. A month alone is none.
std::optional<DateMention> dateAt(std::string_view text, std::size_t at);

} // namespace plumbline::grounding
