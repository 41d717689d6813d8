// Words and phrases that mean the same, found in a text by their terms.
#pragma once

#include <string>
#include <vector>

#include "app/retrieval/ranked_index.h"

namespace plumbline::retrieval {

class SynonymTable {
public:
    // `termsOf` cuts a phrase as the index does, without stop words.
    using TermsOf = std::vector<std::string> (*)(void* context, std::string_view phrase);
    SynonymTable(const Synonyms& groups, void* context, TermsOf termsOf);

    // What the groups add to a text of these terms, each term once, none that the text has; in the groups'
    // order.
    std::vector<std::string> expand(const std::vector<std::string>& terms) const;

    // The groups of which a phrase stands in a text of these terms, with what they offer instead.
    std::vector<Alternative> alternatives(const std::vector<std::string>& terms) const;

private:
    using Phrase = std::vector<std::string>;
    std::vector<std::vector<Phrase>> m_groups;
};

} // namespace plumbline::retrieval
