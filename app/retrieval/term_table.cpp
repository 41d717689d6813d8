#include "app/retrieval/term_table.h"

#include "app/retrieval/stop_words.h"

namespace plumbline::retrieval {

TermTable::Word TermTable::word(std::string_view folded)
{
    const auto found = m_words.find(folded);
    if (found != m_words.end())
        return found->second;
    std::string text(folded);
    Word word;
    word.stopWord = isStopWord(folded);
    word.term = exact(word.stopWord ? text : m_stem(text));
    m_words.emplace(std::move(text), word);
    return word;
}

std::uint32_t TermTable::exact(std::string_view term)
{
    const auto found = m_terms.find(term);
    if (found != m_terms.end())
        return found->second;
    const auto number = static_cast<std::uint32_t>(m_texts.size());
    const auto [entry, isNew] = m_terms.emplace(std::string(term), number);
    m_texts.push_back(&entry->first);
    return number;
}

} // namespace plumbline::retrieval
