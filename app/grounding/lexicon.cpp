#include "app/grounding/lexicon.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/grounding/lexicon_bytes.h"

namespace plumbline::grounding {

namespace {

using Number = std::uint32_t;
using Numbers = std::vector<Number>;

// Four fixed numbers (words, synsets, letters, bytes of entries), three tables of offsets, the letters of all
// words in order, the entries (four parts of speech a word), the synsets.
class Pack {
public:
    explicit Pack(std::string_view bytes) : m_bytes(bytes)
    {
        m_words = fixed(0);
        m_synsets = fixed(4);
        m_letters = 16 + 4 * (2 * m_words + 1 + m_synsets);
        m_entries = m_letters + fixed(8);
        m_meanings = m_entries + fixed(12);
    }

    Number words() const { return m_words; }

    std::string_view word(Number index) const
    {
        const Number from = fixed(16 + 4 * index);
        return m_bytes.substr(m_letters + from, fixed(16 + 4 * (index + 1)) - from);
    }

    std::size_t entry(Number index) const { return m_entries + fixed(16 + 4 * (m_words + 1 + index)); }
    std::size_t synset(Number index) const { return m_meanings + fixed(16 + 4 * (2 * m_words + 1 + index)); }

    Number next(std::size_t& at) const
    {
        Number number = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes[at++]);
            number |= static_cast<Number>(byte & 0x7FU) << shift;
            if (byte < 0x80U) {
                return number;
            }
        }
    }

    void list(std::size_t& at, Numbers& out) const
    {
        for (Number left = next(at); left > 0; --left) {
            out.push_back(next(at));
        }
    }

private:
    Number fixed(std::size_t at) const
    {
        Number number = 0;
        for (unsigned i = 0; i < 4; ++i) {
            number |= static_cast<Number>(static_cast<unsigned char>(m_bytes[at + i])) << (8 * i);
        }
        return number;
    }

    std::string_view m_bytes;
    Number m_words = 0;
    Number m_synsets = 0;
    std::size_t m_letters = 0;
    std::size_t m_entries = 0;
    std::size_t m_meanings = 0;
};

struct Entry {
    bool any = false;
    Number count = 0;
    Numbers meanings;
    Numbers opposites;
    Numbers derived;
    Numbers bases; // of an irregular form
};

using Entries = std::array<Entry, 4>;

Entries entriesOf(const Pack& pack, Number word)
{
    Entries entries;
    std::size_t at = pack.entry(word);
    for (Entry& entry : entries) {
        entry.any = pack.next(at) != 0;
        if (entry.any) {
            entry.count = pack.next(at);
            pack.list(at, entry.meanings);
            pack.list(at, entry.opposites);
            pack.list(at, entry.derived);
            pack.list(at, entry.bases);
        }
    }
    return entries;
}

std::optional<Number> find(const Pack& pack, std::string_view word)
{
    Number low = 0;
    Number high = pack.words();
    while (low < high) {
        const Number middle = low + (high - low) / 2;
        if (pack.word(middle) < word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < pack.words() && pack.word(low) == word ? std::optional<Number>(low) : std::nullopt;
}

struct Ending {
    std::size_t part;
    std::string_view from;
    std::string_view to;
};

// WordNet's rules of detachment (morphy(7WN)).
constexpr std::array<Ending, 20> kEndings = {{
    {0, "s", ""},      {0, "ses", "s"},   {0, "xes", "x"}, {0, "zes", "z"}, {0, "ches", "ch"},
    {0, "shes", "sh"}, {0, "men", "man"}, {0, "ies", "y"}, {1, "s", ""},    {1, "ies", "y"},
    {1, "es", "e"},    {1, "es", ""},     {1, "ed", "e"},  {1, "ed", ""},   {1, "ing", "e"},
    {1, "ing", ""},    {2, "er", ""},     {2, "est", ""},  {2, "er", "e"},  {2, "est", "e"},
}};

std::string without(std::string_view word, std::string_view ending, std::string_view by)
{
    return std::string(word.substr(0, word.size() - ending.size())) + std::string(by);
}

// "planned" -> "plan"
std::string undoubled(std::string_view word)
{
    for (const std::string_view ending : {"ed", "ing", "er", "est"}) {
        const std::size_t left = word.size() > ending.size() ? word.size() - ending.size() : 0;
        if (left > 2 && word.ends_with(ending) && word[left - 1] == word[left - 2]) {
            return std::string(word.substr(0, left - 1));
        }
    }
    return {};
}

class Reader {
public:
    Reader(const Pack& pack, WordFacts& facts) : m_pack(pack), m_facts(facts) {}

    void base(Number word, std::size_t part) { base(word, part, entriesOf(m_pack, word)[part]); }

    // Takes `word` in as a base form of this part of speech.
    void base(Number word, std::size_t part, const Entry& entry)
    {
        if (entry.meanings.empty()) {
            return;
        }
        m_facts.bases.push_back(word);
        m_facts.baseWords.emplace_back(m_pack.word(word));
        m_facts.frequency += entry.count;
        append(m_facts.meanings, entry.meanings);
        append(m_facts.opposites, entry.opposites);
        append(m_facts.derived, entry.derived);
        if (!m_facts.known() || entry.count > m_best) {
            m_best = entry.count;
            m_facts.part = "nvar"[part];
            std::size_t at = m_pack.synset(entry.meanings.front());
            m_facts.field = m_pack.next(at);
        }
    }

    void finish()
    {
        for (const Number meaning : sorted(m_facts.meanings)) {
            std::size_t at = m_pack.synset(meaning);
            m_pack.next(at);
            m_pack.list(at, m_facts.above);
            m_pack.list(at, m_facts.similar);
        }
        m_facts.wider = m_facts.meanings;
        append(m_facts.wider, m_facts.above);
        for (const Number meaning : sorted(m_facts.above)) {
            std::size_t at = m_pack.synset(meaning);
            m_pack.next(at);
            m_pack.list(at, m_facts.wider);
        }
        std::erase_if(m_facts.above,
                      [&](Number one) { return std::ranges::binary_search(m_facts.meanings, one); });
        for (Numbers* list : {&m_facts.wider, &m_facts.similar, &m_facts.opposites, &m_facts.derived}) {
            sorted(*list);
        }
        std::ranges::sort(m_facts.bases);
        m_facts.bases.erase(std::ranges::unique(m_facts.bases).begin(), m_facts.bases.end());
        std::ranges::sort(m_facts.baseWords);
        m_facts.baseWords.erase(std::ranges::unique(m_facts.baseWords).begin(), m_facts.baseWords.end());
    }

private:
    static void append(Numbers& to, const Numbers& list) { to.insert(to.end(), list.begin(), list.end()); }

    static Numbers& sorted(Numbers& list)
    {
        std::ranges::sort(list);
        list.erase(std::ranges::unique(list).begin(), list.end());
        return list;
    }

    const Pack& m_pack;
    WordFacts& m_facts;
    Number m_best = 0;
};

} // namespace

WordFacts factsOf(std::string_view word)
{
    const Pack pack(kLexiconBytes);
    WordFacts facts;
    Reader reader(pack, facts);
    std::array<bool, 4> irregular{};
    if (const auto itself = find(pack, word)) {
        const Entries entries = entriesOf(pack, *itself);
        for (std::size_t part = 0; part < 4; ++part) {
            reader.base(*itself, part, entries[part]);
            irregular[part] = !entries[part].bases.empty();
            for (const Number base : entries[part].bases) {
                reader.base(base, part);
            }
        }
    }
    for (const Ending& ending : kEndings) {
        if (!irregular[ending.part] && word.size() > ending.from.size() + 1 && word.ends_with(ending.from)) {
            if (const auto base = find(pack, without(word, ending.from, ending.to))) {
                reader.base(*base, ending.part);
            }
        }
    }
    if (const std::string base = undoubled(word); !base.empty()) {
        if (const auto found = find(pack, base)) {
            reader.base(*found, word.ends_with("er") || word.ends_with("est") ? 2 : 1);
        }
    }
    reader.finish();
    return facts;
}

std::string stemOf(std::string_view word)
{
    static constexpr std::array<std::string_view, 18> kSuffixes = {
        "ations", "ation", "ingly", "edly", "ments", "ment", "ness", "ings", "ing",
        "ied",    "ies",   "ers",   "ed",   "er",    "es",   "s",    "ly",   "e"};
    std::string stem(word);
    for (const std::string_view suffix : kSuffixes) {
        if (word.ends_with(suffix) && word.size() - suffix.size() >= 3) {
            stem.resize(word.size() - suffix.size());
            const std::size_t size = stem.size();
            if (size > 3 && stem[size - 1] == stem[size - 2] && stem[size - 1] != 'l' &&
                stem[size - 1] != 's') {
                stem.pop_back();
            }
            break;
        }
    }
    if (stem.size() > 3 && stem.ends_with('y')) {
        stem.pop_back();
    }
    return stem;
}

} // namespace plumbline::grounding
