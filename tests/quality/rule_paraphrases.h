// True answers made by rule from running text: clauses exchanged, sentences merged, contractions written out,
// synonyms, numbers in words. For measuring the detector of unsupported sentences.
#pragma once

#include <string>
#include <vector>

namespace plumbline::tests {

// Of sentences with a modal verb or a negation; each differs from the text in at least two ways.
std::vector<std::string> ruleParaphrases(const std::string& text);

} // namespace plumbline::tests
