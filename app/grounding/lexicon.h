// What English words mean to each other: base forms, same meaning, wider and narrower, opposite. From WordNet
// 3.0 (Princeton University), packed into the program at build time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::grounding {

// Numbers of words and of meanings are those of this build's lexicon; sorted, each once.
struct WordFacts {
    std::vector<std::uint32_t> bases;     // base forms of the word, all parts of speech
    std::vector<std::uint32_t> meanings;  // synsets
    std::vector<std::uint32_t> above;     // hypernyms, one step, without `meanings`
    std::vector<std::uint32_t> wider;     // `meanings` and hypernyms up to two steps
    std::vector<std::uint32_t> similar;   // synsets of similar adjectives
    std::vector<std::uint32_t> opposites; // words
    std::vector<std::uint32_t> derived;   // words of other parts of speech made from it, or it from them
    std::vector<std::string> baseWords;   // `bases` as text
    char part = '?';             // the most frequent: n v a r; ? for a word that is not in the lexicon
    unsigned field = 0;          // lexicographer's file of its first meaning as `part` (lexnames(5WN))
    std::uint32_t frequency = 0; // tagged occurrences in WordNet's concordances

    bool known() const { return part != '?'; }
};

// `word`: lower case letters. Pure; any thread.
WordFacts factsOf(std::string_view word);

// The word without its common English endings; rougher than a base form, and defined for every word.
std::string stemOf(std::string_view word);

} // namespace plumbline::grounding
