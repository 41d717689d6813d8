// Negation and modality at one place of a text: must, may, should, not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/grounding/terms.h"

namespace plumbline::grounding {

enum class Modality : std::uint8_t { None, Obligation, Permission, Recommendation, Prohibition };

// Of the modal word at `index` of terms.all, with the negation around it: "must not", "may not", "no … may"
// and "cannot" prohibit, "need not" permits. None where no modal stands.
Modality modalityAt(const Terms& terms, std::size_t index);

// not, no, never; and words that deny by themselves: prohibited, fail, unable, unapproved.
bool isDenial(std::string_view low);

// Indices of terms.all around `index`, in its sentence, at most `reach` away: [first, last).
struct Region {
    std::size_t first = 0;
    std::size_t last = 0;
};
Region regionAround(const Terms& terms, std::size_t index, std::size_t reach);

bool denies(const Terms& terms, const Region& region);

} // namespace plumbline::grounding
