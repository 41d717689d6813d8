// Names with * and ?.
#pragma once

#include <string_view>

namespace plumbline::evals {

// Whether the whole of `text` fits `pattern`, in any case of letters: * stands for any run, ? for one
// character. A line end fits neither.
bool matchesGlob(std::string_view text, std::string_view pattern);

} // namespace plumbline::evals
