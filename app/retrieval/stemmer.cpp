#include "app/retrieval/stemmer.h"

#include <xapian.h>

namespace plumbline::retrieval {

struct Stemmer::State {
    Xapian::Stem stem{"english"};
};

Stemmer::Stemmer() : m_state(std::make_unique<State>()) {}
Stemmer::~Stemmer() = default;

std::string Stemmer::operator()(const std::string& word) const
{
    return m_state->stem(word);
}

} // namespace plumbline::retrieval
