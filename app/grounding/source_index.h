// The sources of one answer, term by term, and where in them stands what a term means.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/grounding/lexicon.h"
#include "app/grounding/polarity.h"
#include "app/grounding/terms.h"

namespace plumbline::grounding {

// How a term of the answer stands to one of the sources, closest first.
enum class Relation : std::uint8_t {
    Same,     // the word or a form of it; the same number, date or identifier
    Derived,  // another part of speech: approve, approval
    Synonym,  // they share a meaning
    Similar,  // adjectives near in meaning
    Wider,    // the answer's word is the more general one
    Narrower, // the answer's word says more than the source's
    Opposite,
    Sibling, // two kinds of one thing: cheque, card
    Count
};
constexpr std::size_t kRelations = static_cast<std::size_t>(Relation::Count);

using Places = std::vector<std::uint32_t>; // of content terms of the sources, ascending
using Relations = std::array<Places, kRelations>;

class SourceIndex {
public:
    explicit SourceIndex(const std::vector<std::string>& sources);
    SourceIndex(const SourceIndex&) = delete;
    SourceIndex& operator=(const SourceIndex&) = delete;

    std::size_t size() const { return m_terms.size(); } // content terms of all sources

    // A content term and where it stands.
    struct Placed {
        const Term* term = nullptr;
        std::uint32_t source = 0;
        std::uint32_t sentence = 0; // counted over all sources
        std::uint32_t index = 0;    // in its source's Terms::all
    };
    const Placed& at(std::size_t place) const { return m_terms[place]; }
    const Terms& terms(std::size_t source) const { return m_sources[source]; }
    std::size_t sources() const { return m_sources.size(); }

    // Of the terms around a place, in its sentence: how they bind, and whether one of them denies.
    struct Binding {
        std::uint8_t modalities = 0; // bits, 1 << Modality
        bool denies = false;
    };
    Binding bindingAround(std::size_t place, std::size_t reach) const;

    // Whether one of the sources has this sentence word for word; blanks and the point at its end do not
    // count.
    bool repeats(std::string_view sentence) const;

    // Not const: remembers what it has looked up.
    const Relations& relationsOf(const Term& term);
    const WordFacts& factsOf(const std::string& low);

    // How the nearest number or date of the sources agrees with this one; `about`: it may be rounded.
    Agreement numberIn(const Measure& measure, bool about) const;
    bool holdsWord(const std::string& low) const { return m_words.contains(low); }
    bool holdsYear(int year) const;
    // "TLS1.2" where the sources say "TLS 1.2", "tier-1" for "tier 1"
    bool holdsParts(const Term& identifier) const;

private:
    using Keys = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>; // key -> words

    void indexWord(std::uint32_t word, const Term& term);
    Relations wordRelations(const std::string& low);
    Relations placesOf(const Term& term);
    void take(const Keys& keys, std::uint64_t key, Places& places) const;
    void takeAll(const Keys& keys, const std::vector<std::uint32_t>& numbers, Places& places) const;

    std::vector<Terms> m_sources;
    std::vector<std::vector<Binding>> m_bindings; // of each term of each source
    std::vector<Placed> m_terms;
    std::unordered_set<std::string> m_sentences;
    std::unordered_map<std::string, std::uint32_t> m_words;
    std::vector<Places> m_places; // of each word
    Keys m_forms;                 // by what they look like
    Keys m_bases;                 // by numbers of the lexicon, as the others
    Keys m_derived;
    Keys m_opposites;
    Keys m_meanings;
    Keys m_similar;
    Keys m_wider;
    Keys m_above;
    std::vector<std::uint32_t> m_numbers; // places
    std::vector<std::uint32_t> m_dates;
    std::unordered_map<std::string, WordFacts> m_facts;
    std::unordered_map<std::string, Relations> m_known;
};

} // namespace plumbline::grounding
