// Terms by number, and the number of a word as it is written: stemming is done once for each word form.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/retrieval/stemmer.h"

namespace plumbline::retrieval {

struct TransparentHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <typename Value>
using TextMap = std::unordered_map<std::string, Value, TransparentHash, std::equal_to<>>;

class TermTable {
public:
    struct Word {
        std::uint32_t term = 0;
        bool stopWord = false;
    };

    // `folded`: lower case, no punctuation.
    Word word(std::string_view folded);
    std::uint32_t exact(std::string_view term); // kept as it is
    const std::string& text(std::uint32_t term) const { return *m_texts[term]; }
    std::size_t size() const { return m_texts.size(); }

private:
    // A word met lately. Most words of a text are among a few thousand: these stay in the processor's cache,
    // the whole table does not.
    struct Recent {
        std::array<char, 23> text{};
        std::uint8_t length = 0;
        Word word;
    };
    static constexpr std::size_t kRecent = 4096;

    Word lookUp(std::string_view folded);

    std::vector<Recent> m_recent = std::vector<Recent>(kRecent);
    Stemmer m_stem;
    TextMap<Word> m_words;
    TextMap<std::uint32_t> m_terms;
    std::deque<const std::string*> m_texts; // keys of m_terms, which stay where they are
};

} // namespace plumbline::retrieval
