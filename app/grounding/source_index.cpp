#include "app/grounding/source_index.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/grounding/opposites.h"

namespace plumbline::grounding {

namespace {

// Kinds of keys: one table holds the text forms and the numbers of base forms.
std::uint64_t formKey(std::string_view text)
{
    std::uint64_t hash = 1469598103934665603ULL; // FNV-1a
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    return hash | (1ULL << 63U);
}

// What must be equal for two words to be the same word.
std::vector<std::uint64_t> formsOf(const std::string& low, const WordFacts& facts)
{
    std::vector<std::uint64_t> forms = {formKey(low), formKey(stemOf(low))};
    for (const std::string& base : facts.baseWords) {
        forms.push_back(formKey(base));
        forms.push_back(formKey(stemOf(base)));
    }
    std::ranges::sort(forms);
    forms.erase(std::ranges::unique(forms).begin(), forms.end());
    return forms;
}

// A long common beginning is taken for a derived word where the lexicon has no link.
constexpr std::size_t kBeginning = 6;

std::uint64_t beginningKey(const std::string& low)
{
    const std::string stem = stemOf(low);
    return stem.size() < kBeginning ? 0 : formKey("^" + stem.substr(0, kBeginning));
}

// PAY-009, PAY_009 and PAY009 are one identifier.
std::string joined(std::string identifier)
{
    std::erase_if(identifier, [](char c) { return c == '-' || c == '_' || c == '/'; });
    return identifier;
}

constexpr std::array<std::string_view, 5> kPlainNegations = {"not", "no", "never", "without", "cannot"};

bool isPlainNegation(std::string_view low)
{
    return std::ranges::find(kPlainNegations, low) != kPlainNegations.end();
}

void unite(Places& places)
{
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
}

std::vector<SourceIndex::Binding> bindingsOf(const Terms& terms)
{
    std::vector<SourceIndex::Binding> bindings(terms.all.size());
    std::unordered_map<std::string_view, bool> denials; // each word is looked up once
    for (std::size_t i = 0; i < terms.all.size(); ++i) {
        const Term& term = terms.all[i];
        if (term.kind != TermKind::Word) {
            continue;
        }
        const auto [known, added] = denials.emplace(term.low, false);
        if (added) {
            known->second = isDenial(term.low);
        }
        bindings[i].denies = known->second;
        const Modality modality = modalityAt(terms, i);
        bindings[i].modalities =
            modality == Modality::None ? 0 : static_cast<std::uint8_t>(1U << static_cast<unsigned>(modality));
    }
    return bindings;
}

std::string bare(std::string_view sentence)
{
    std::string text = foldedWhitespace(sentence);
    text.erase(text.find_last_not_of(" .;:") + 1);
    return text;
}

} // namespace

SourceIndex::SourceIndex(const std::vector<std::string>& sources)
{
    m_sources.reserve(sources.size()); // m_terms points into it
    std::uint32_t sentences = 0;
    for (std::uint32_t source = 0; source < sources.size(); ++source) {
        m_sources.push_back(termsOf(sources[source]));
        const Terms& terms = m_sources.back();
        for (const SentenceRange& range : terms.sentences) {
            const auto text = std::string_view(sources[source]).substr(range.begin, range.end - range.begin);
            m_sentences.insert(bare(text));
        }
        m_bindings.push_back(bindingsOf(terms));
        for (const std::size_t index : terms.content) {
            const auto place = static_cast<std::uint32_t>(m_terms.size());
            const Term& term = terms.all[index];
            m_terms.push_back({&term, source, sentences + static_cast<std::uint32_t>(term.sentence),
                               static_cast<std::uint32_t>(index)});
            if (term.kind == TermKind::Number) {
                m_numbers.push_back(place);
            } else if (term.kind == TermKind::Date) {
                m_dates.push_back(place);
            }
            const auto [found, added] =
                m_words.emplace(term.low, static_cast<std::uint32_t>(m_places.size()));
            if (added) {
                m_places.emplace_back();
                indexWord(found->second, term);
            }
            m_places[found->second].push_back(place);
        }
        sentences += static_cast<std::uint32_t>(terms.sentences.size());
    }
}

void SourceIndex::indexWord(std::uint32_t word, const Term& term)
{
    if (term.kind != TermKind::Word) {
        m_forms[formKey(joined(term.low))].push_back(word);
        return;
    }
    const WordFacts& facts = factsOf(term.low);
    for (const std::uint64_t key : formsOf(term.low, facts)) {
        m_forms[key].push_back(word);
    }
    if (const std::uint64_t key = beginningKey(term.low)) {
        m_derived[key].push_back(word);
    }
    const auto add = [&](Keys& keys, const std::vector<std::uint32_t>& numbers) {
        for (const std::uint32_t number : numbers) {
            keys[number].push_back(word);
        }
    };
    add(m_bases, facts.bases);
    add(m_derived, facts.derived);
    add(m_opposites, facts.opposites);
    add(m_meanings, facts.meanings);
    add(m_similar, facts.similar);
    add(m_wider, facts.wider);
    add(m_above, facts.above);
}

bool SourceIndex::repeats(std::string_view sentence) const
{
    return m_sentences.contains(bare(sentence));
}

SourceIndex::Binding SourceIndex::bindingAround(std::size_t place, std::size_t reach) const
{
    const Placed& placed = m_terms[place];
    const Region region = regionAround(m_sources[placed.source], placed.index, reach);
    Binding all;
    for (std::size_t i = region.first; i < region.last; ++i) {
        const Binding& one = m_bindings[placed.source][i];
        all.denies = all.denies || one.denies;
        all.modalities = static_cast<std::uint8_t>(all.modalities | one.modalities);
    }
    return all;
}

const WordFacts& SourceIndex::factsOf(const std::string& low)
{
    auto found = m_facts.find(low);
    if (found == m_facts.end()) {
        found = m_facts.emplace(low, grounding::factsOf(low)).first;
    }
    return found->second;
}

void SourceIndex::take(const Keys& keys, std::uint64_t key, Places& places) const
{
    if (const auto found = keys.find(key); found != keys.end()) {
        for (const std::uint32_t word : found->second) {
            places.insert(places.end(), m_places[word].begin(), m_places[word].end());
        }
    }
}

void SourceIndex::takeAll(const Keys& keys, const std::vector<std::uint32_t>& numbers, Places& places) const
{
    for (const std::uint32_t number : numbers) {
        take(keys, number, places);
    }
}

Relations SourceIndex::wordRelations(const std::string& low)
{
    const WordFacts& facts = factsOf(low);
    Relations relations;
    const auto of = [&](Relation relation) -> Places& {
        return relations[static_cast<std::size_t>(relation)];
    };
    for (const std::uint64_t key : formsOf(low, facts)) {
        take(m_forms, key, of(Relation::Same));
    }
    if (const std::uint64_t key = beginningKey(low)) {
        take(m_derived, key, of(Relation::Derived));
    }
    takeAll(m_bases, facts.derived, of(Relation::Derived));
    takeAll(m_derived, facts.bases, of(Relation::Derived));
    takeAll(m_bases, facts.opposites, of(Relation::Opposite));
    takeAll(m_opposites, facts.bases, of(Relation::Opposite));
    for (const std::string_view opposite : oppositesOf(low, facts.baseWords)) {
        take(m_forms, formKey(opposite), of(Relation::Opposite));
    }
    takeAll(m_meanings, facts.meanings, of(Relation::Synonym));
    takeAll(m_meanings, facts.similar, of(Relation::Similar));
    takeAll(m_similar, facts.meanings, of(Relation::Similar));
    takeAll(m_wider, facts.meanings, of(Relation::Wider));
    takeAll(m_meanings, facts.above, of(Relation::Narrower));
    takeAll(m_above, facts.above, of(Relation::Sibling));
    if (isPlainNegation(low)) {
        for (const std::string_view other : kPlainNegations) {
            take(m_forms, formKey(other), of(Relation::Same));
        }
    }
    return relations;
}

Relations SourceIndex::placesOf(const Term& term)
{
    Relations relations;
    Places& same = relations[static_cast<std::size_t>(Relation::Same)];
    switch (term.kind) {
    case TermKind::Word:
        relations = wordRelations(term.low);
        break;
    case TermKind::Identifier:
        take(m_forms, formKey(joined(term.low)), same);
        break;
    case TermKind::Number:
        for (const std::uint32_t place : m_numbers) {
            if (compare(term.measure, m_terms[place].term->measure, 0) == Agreement::Same) {
                same.push_back(place);
            }
        }
        break;
    case TermKind::Date:
        for (const std::uint32_t place : m_dates) {
            if (term.date.carriedBy(m_terms[place].term->date)) {
                same.push_back(place);
            }
        }
        break;
    }
    // A place counts for its closest relation only; an opposite stays one even where it is a cousin as well.
    std::vector<bool> taken(m_terms.size(), false);
    for (const Relation relation :
         {Relation::Same, Relation::Derived, Relation::Opposite, Relation::Synonym, Relation::Similar,
          Relation::Wider, Relation::Narrower, Relation::Sibling}) {
        Places& places = relations[static_cast<std::size_t>(relation)];
        unite(places);
        std::erase_if(places, [&](std::uint32_t place) { return taken[place]; });
        for (const std::uint32_t place : places) {
            taken[place] = true;
        }
    }
    return relations;
}

const Relations& SourceIndex::relationsOf(const Term& term)
{
    const std::string key = (term.kind == TermKind::Word ? "w" : "o") + term.low;
    auto found = m_known.find(key);
    if (found == m_known.end()) {
        found = m_known.emplace(key, placesOf(term)).first;
    }
    return found->second;
}

Agreement SourceIndex::numberIn(const Measure& measure, bool about) const
{
    Agreement best = Agreement::OtherNumber;
    for (const std::uint32_t place : m_numbers) {
        const Agreement one = compare(measure, m_terms[place].term->measure, about ? 0.05 : 0);
        best = std::min(best, one);
    }
    return best;
}

bool SourceIndex::holdsYear(int year) const
{
    return std::ranges::any_of(m_dates,
                               [&](std::uint32_t place) { return m_terms[place].term->date.year == year; });
}

bool SourceIndex::holdsParts(const Term& identifier) const
{
    const std::string& low = identifier.low;
    const std::size_t digits = low.find_first_of("0123456789");
    if (digits == 0 || digits == std::string::npos) {
        return false;
    }
    std::string word = low.substr(0, digits);
    while (!word.empty() && (word.back() == '-' || word.back() == '.')) {
        word.pop_back();
    }
    const auto found = m_words.find(word);
    if (found == m_words.end()) {
        return false;
    }
    const std::string rest = low.substr(digits);
    return std::ranges::any_of(m_places[found->second], [&](std::uint32_t place) {
        return place + 1 < m_terms.size() && m_terms[place + 1].term->low == rest;
    });
}

} // namespace plumbline::grounding
