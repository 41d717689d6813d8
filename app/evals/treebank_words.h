// Words in the way of the Penn Treebank: punctuation and clitics ("n't", "'s") are words of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::evals {

// Of one sentence in lower case. Straight quotes become `` and '' as they open and close. Source: the rules
// of the Treebank's tokenizer (Marcus et al. 1993), in the reading of js-rouge 4 that promptfoo uses for
// ROUGE.
std::vector<std::string> treebankWords(std::string_view lower);

} // namespace plumbline::evals
