// Cuts text into the terms of the index: words stemmed (Snowball English), numbers without their thousands
// separators, identifiers whole and in parts. Not thread-safe: one object per thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/retrieval/text_model.h"

namespace plumbline::retrieval {

// A term at a place: text() of the analyser that cut it gives the word.
struct Token {
    std::uint32_t term = 0;
    std::uint32_t begin = 0; // bytes into the text analysed
    std::uint32_t end = 0;
    bool stopWord = false;
    bool identifier = false;
    bool number = false;
};

class TextAnalyser {
public:
    TextAnalyser();
    ~TextAnalyser();
    TextAnalyser(const TextAnalyser&) = delete;
    TextAnalyser& operator=(const TextAnalyser&) = delete;

    // Appends the tokens of `text` (at most 4 GiB) in reading order; the parts of an identifier follow it and
    // share its place.
    void analyse(std::string_view text, std::vector<Token>& tokens);

    const std::string& text(std::uint32_t term) const;
    std::size_t vocabulary() const; // terms met so far: their numbers are below this

    // The same as analyse(), in the form that leaves the room: texts, and spans in code points.
    std::vector<Term> terms(std::string_view text);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::retrieval
