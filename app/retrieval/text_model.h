// What one index generation knows about words: terms, their rarity, and the latent semantic space.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/text.h"

namespace plumbline::retrieval {

// A term of a text: stemmed or an identifier kept whole, with its place.
struct Term {
    std::string text; // as indexed: "rotat", "payments-api"
    Span span;        // code points into the text analysed
    bool stopWord = false;
    bool identifier = false; // holds a digit or inner punctuation: CVE-2024-3094, 10.4.1, payments-api
    bool number = false;     // digits with . , : only (also "72h" -> number 72 and unit h)
};

// Words of a text for which the synonyms file has others: a unit that holds all terms of one of `others` says
// the same.
struct Alternative {
    std::vector<std::string> said;                // terms of the text
    std::vector<std::vector<std::string>> others; // terms of each other phrase of the group
};

class TextModel {
public:
    virtual ~TextModel() = default;

    // Terms in reading order, as the index cuts them (parts of an identifier follow it with the same span).
    // No synonyms.
    virtual std::vector<Term> terms(std::string_view text) const = 0;

    // Inverse chunk frequency of an indexed term: ln(1 + (N - n + .5) / (n + .5)); the maximum for an unknown
    // one.
    virtual double rarity(std::string_view term) const = 0;
    virtual bool known(std::string_view term) const = 0;

    // Terms that the synonyms file gives for words and phrases of `text` ("kyc" -> know, your, customer).
    virtual std::vector<std::string> synonymTerms(std::string_view text) const = 0;

    // The same, by what they stand for; a model without synonyms has none.
    virtual std::vector<Alternative> alternatives(std::string_view text) const;

    // Unit vector in the latent semantic space (Deerwester et al. 1990); empty when no term is known.
    virtual std::vector<float> embed(std::string_view text) const = 0;
};

double cosine(const std::vector<float>& left, const std::vector<float>& right); // 0 when either is empty

} // namespace plumbline::retrieval
