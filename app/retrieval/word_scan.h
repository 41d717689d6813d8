// The shape of words in running text: where one starts and ends, and what it is made of.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::retrieval {

enum class AtomKind { Letters, Number };

// A run of letters, or a number: 10000 for "10,000", 10.4.1, 10:30.
struct Atom {
    AtomKind kind = AtomKind::Letters;
    std::string folded;             // lower case, without apostrophes and thousands separators
    std::vector<std::string> humps; // of camelCase, folded; empty where there are none
};

// What is written in one piece: a word, a number, an identifier such as payments-api or CVE-2024-3094.
struct Compound {
    std::size_t begin = 0; // bytes
    std::size_t end = 0;
    std::string folded; // all of it, with what joins it
    std::vector<Atom> atoms;
    bool currency = false; // a currency sign stands before it

    bool isAcronym() const; // U.S., e.g.
};

// Whether a letter, a digit, or a currency sign before a digit stands at `at`.
bool startsWord(std::string_view text, std::size_t at);

// Bytes of the word at `at` when it is plain ASCII letters and nothing is attached to it, with its lower case
// in `lower`; else 0: then scanCompound() has to look.
std::size_t plainWord(std::string_view text, std::size_t at, std::span<char> lower);

// Reads what startsWord() found and gives the place after it.
std::size_t scanCompound(std::string_view text, std::size_t at, Compound& compound);

} // namespace plumbline::retrieval
