// English stemming (Porter 2, by Snowball).
#pragma once

#include <memory>
#include <string>

namespace plumbline::retrieval {

// One object per thread.
class Stemmer {
public:
    Stemmer();
    ~Stemmer();
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;

    // `word`: lower case, no punctuation.
    std::string operator()(const std::string& word) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::retrieval
