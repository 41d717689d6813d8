// Pairs of words that say the opposite of each other in reports and rules, beyond WordNet's: rise and drop,
// must and may.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::grounding {

// Of the word or one of its base forms.
std::vector<std::string_view> oppositesOf(std::string_view low, const std::vector<std::string>& bases);

} // namespace plumbline::grounding
