// `new RegExp(pattern).test(text)` of ECMAScript, without flags.
#pragma once

#include <string>

#include "app/base/result.h"

namespace plumbline::evals {

// ECMAScript 5.1 over whole code points. Without its flag `u`, \p{L} is the letters "p{L}". BadInput: no
// expression in any edition. Unsupported: needs a newer edition (looking behind, named groups), or might
// backtrack without end on this text.
Result<bool> searchEcma(const std::string& pattern, const std::string& text);

} // namespace plumbline::evals
