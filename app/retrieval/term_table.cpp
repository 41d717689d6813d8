#include "app/retrieval/term_table.h"

#include <cstring>

#include "app/retrieval/stop_words.h"

namespace plumbline::retrieval {

namespace {

// FNV-1a
std::uint32_t hashOf(std::string_view text)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash ^ (hash >> 15U);
}

} // namespace

TermTable::Word TermTable::word(std::string_view folded)
{
    Recent& recent = m_recent[hashOf(folded) % kRecent];
    if (folded.empty() || folded.size() > recent.text.size())
        return lookUp(folded);
    if (recent.length != folded.size() ||
        std::memcmp(recent.text.data(), folded.data(), folded.size()) != 0) {
        recent.word = lookUp(folded);
        recent.length = static_cast<std::uint8_t>(folded.size());
        std::memcpy(recent.text.data(), folded.data(), folded.size());
    }
    return recent.word;
}

TermTable::Word TermTable::lookUp(std::string_view folded)
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
