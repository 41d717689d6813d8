// A text as the terms that carry its meaning: words, numbers with units, dates, identifiers, in their
// sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/grounding/dates.h"
#include "app/grounding/measures.h"

namespace plumbline::grounding {

enum class TermKind : std::uint8_t { Word, Number, Date, Identifier };

struct Term {
    TermKind kind = TermKind::Word;
    std::size_t begin = 0; // bytes of the text
    std::size_t end = 0;
    std::string low; // lower case; "not" for n't and its kin
    bool capital = false;
    bool first = false; // of its sentence, or behind a mark where a capital says nothing
    std::size_t sentence = 0;
    Measure measure;  // of a Number
    DateMention date; // of a Date
};

struct SentenceRange {
    std::size_t begin = 0; // bytes
    std::size_t end = 0;
};

struct Terms {
    std::vector<Term> all;
    std::vector<std::size_t> content; // indices of those that carry meaning: not "the", "of", "is"
    std::vector<SentenceRange> sentences;
};

// Sentences of running text, list items and rows; byte ranges without blanks at their ends.
std::vector<SentenceRange> sentencesOf(std::string_view text);

Terms termsOf(std::string_view text);

// Small words with a meaning of their own.
bool isNegation(std::string_view low);   // not, no, never, without …
bool isContrast(std::string_view low);   // but, only, instead, except …
bool isQuantifier(std::string_view low); // all, some, must, before, only …
bool isDegree(std::string_view low);     // slight, major, entirely …
bool isStop(std::string_view low);

} // namespace plumbline::grounding
