// Patterns of ECMAScript in the syntax of RE2, whose searches take time linear in the text, whatever the
// pattern.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

// `pattern` is a valid ECMAScript expression with \p{…} written out. Empty: RE2 has no such thing (looking
// ahead, back references) or it would not mean the same.
std::optional<std::string> asLinearPattern(std::string_view pattern);

// Whether a backtracking search of `length` characters may take more than some million steps: 2^n where a
// repeated group repeats or chooses inside, else n to the number of repetitions.
bool mayBacktrackLong(std::string_view pattern, std::size_t length);

} // namespace plumbline
