// Phrases by which a language model declines.
#pragma once

#include <string_view>

namespace plumbline::evals {

// Starts with an apology or an "I cannot", or holds one of some 140 phrases as whole words, in any case and
// with any apostrophe. The set is the one that promptfoo 0.123 looks for, so that both say the same.
bool soundsLikeRefusal(std::string_view text);

} // namespace plumbline::evals
