// The words of one line against another: how alike two lines are, and which words differ.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/base/text.h"

namespace plumbline {

// Numbers for distinct texts. Keeps views: the texts must outlive it.
class SymbolTable {
public:
    std::uint32_t number(std::string_view text)
    {
        return m_numbers.try_emplace(text, static_cast<std::uint32_t>(m_numbers.size())).first->second;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> m_numbers;
};

// A line cut into words (letters and digits, "0.25" and "don't" whole), runs of white space, and single other
// characters.
struct WordTokens {
    std::vector<std::string_view> texts;
    std::vector<std::size_t> starts; // code points; one more than texts: the end of the last
    std::vector<std::uint64_t> bag;  // hashes of the words and signs, sorted; white space left out
};
WordTokens wordTokens(std::string_view line);

// 0 = no word in common, 1 = the same words.
double likeness(const WordTokens& left, const WordTokens& right);

// The spans of each side that the other lacks, code points; neighbours that only white space parts are one.
struct WordSpans {
    std::vector<Span> left;
    std::vector<Span> right;
};
WordSpans differingWords(const WordTokens& left, const WordTokens& right);

} // namespace plumbline
