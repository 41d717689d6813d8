#include "app/retrieval/synonym_table.h"

#include <algorithm>
#include <iterator>

namespace plumbline::retrieval {

SynonymTable::SynonymTable(const Synonyms& groups, void* context, TermsOf termsOf)
{
    for (const std::vector<std::string>& group : groups) {
        std::vector<Phrase> phrases;
        for (const std::string& phrase : group) {
            Phrase terms = termsOf(context, phrase);
            if (!terms.empty() && std::ranges::find(phrases, terms) == phrases.end())
                phrases.push_back(std::move(terms));
        }
        if (phrases.size() > 1)
            m_groups.push_back(std::move(phrases));
    }
}

std::vector<std::string> SynonymTable::expand(const std::vector<std::string>& terms) const
{
    std::vector<std::string> added;
    for (const std::vector<Phrase>& group : m_groups) {
        const bool said = std::ranges::any_of(
            group, [&](const Phrase& phrase) { return !std::ranges::search(terms, phrase).empty(); });
        if (!said)
            continue;
        for (const Phrase& phrase : group) {
            for (const std::string& term : phrase) {
                if (std::ranges::find(terms, term) == terms.end() &&
                    std::ranges::find(added, term) == added.end())
                    added.push_back(term);
            }
        }
    }
    return added;
}

std::vector<Alternative> SynonymTable::alternatives(const std::vector<std::string>& terms) const
{
    std::vector<Alternative> found;
    for (const std::vector<Phrase>& group : m_groups) {
        for (const Phrase& phrase : group) {
            if (std::ranges::search(terms, phrase).empty())
                continue;
            Alternative alternative{phrase, {}};
            std::ranges::copy_if(group, std::back_inserter(alternative.others),
                                 [&](const Phrase& other) { return other != phrase; });
            found.push_back(std::move(alternative));
        }
    }
    return found;
}

} // namespace plumbline::retrieval
