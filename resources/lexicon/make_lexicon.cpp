// make_lexicon WORDNET_FOLDER OUT.cpp: packs the single words of WordNet 3.0 (Princeton University; Debian
// package wordnet-base) into one constant that app/grounding/lexicon.cpp reads. The layout stands there.
#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr std::array<const char*, 4> kFiles = {"noun", "verb", "adj", "adv"};

struct Pointer {
    char symbol = ' ';
    std::uint32_t to = 0; // synset
    int fromWord = 0;     // 0: the whole synset
    int toWord = 0;
};

struct Synset {
    std::uint32_t lexicographer =
        0; // the number of the lexicographer's file: noun.food, verb.communication …
    std::vector<std::string> words;
    std::vector<Pointer> pointers;
};

struct Entry {
    std::vector<std::uint32_t> synsets;
    std::uint32_t count = 0; // tagged occurrences in the semantic concordances
    std::set<std::string> antonyms;
    std::set<std::string> derived;
};

using Key = std::pair<int, std::string>; // part of speech, offset

int partOf(char letter)
{
    return letter == 'n' ? 0 : letter == 'v' ? 1 : letter == 'r' ? 3 : 2;
}

bool isPlain(const std::string& word)
{
    return word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos && !word.empty();
}

std::string lower(std::string word)
{
    word = word.substr(0, word.find('('));
    for (char& c : word) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return word;
}

struct WordNet {
    std::map<Key, std::uint32_t> ids;
    std::vector<Synset> synsets;
    std::map<std::string, std::array<Entry, 4>> words;
    std::map<std::string, std::array<std::vector<std::string>, 4>> exceptions;
};

bool isComment(const std::string& line)
{
    return line.empty() || line[0] == ' ';
}

void readSynsetIds(const std::string& folder, WordNet& net)
{
    for (int part = 0; part < 4; ++part) {
        std::ifstream in(folder + "/data." + kFiles[static_cast<std::size_t>(part)]);
        for (std::string line; std::getline(in, line);) {
            if (!isComment(line)) {
                net.ids.emplace(Key(part, line.substr(0, 8)), static_cast<std::uint32_t>(net.ids.size()));
            }
        }
    }
    net.synsets.resize(net.ids.size());
}

void readSynset(const std::string& line, int part, WordNet& net)
{
    std::istringstream in(line.substr(0, line.find(" | ")));
    std::string offset;
    std::string type;
    std::string count;
    Synset synset;
    in >> offset >> synset.lexicographer >> type >> count;
    for (int left = std::stoi(count, nullptr, 16); left > 0; --left) {
        std::string word;
        std::string id;
        in >> word >> id;
        synset.words.push_back(lower(word));
    }
    int pointers = 0;
    for (in >> pointers; pointers > 0; --pointers) {
        std::string symbol;
        std::string to;
        std::string toPart;
        std::string words;
        in >> symbol >> to >> toPart >> words;
        const auto found = net.ids.find(Key(partOf(toPart[0]), to));
        if (found != net.ids.end()) {
            synset.pointers.push_back({symbol[0], found->second, std::stoi(words.substr(0, 2), nullptr, 16),
                                       std::stoi(words.substr(2), nullptr, 16)});
        }
    }
    net.synsets[net.ids.at(Key(part, offset))] = std::move(synset);
}

void readWords(const std::string& folder, int part, WordNet& net)
{
    std::ifstream in(folder + "/index." + kFiles[static_cast<std::size_t>(part)]);
    for (std::string line; std::getline(in, line);) {
        std::istringstream fields(line);
        std::string word;
        std::string type;
        std::string skipped;
        int synsets = 0;
        int pointers = 0;
        if (isComment(line) || !(fields >> word >> type >> synsets >> pointers) || !isPlain(word)) {
            continue;
        }
        for (int i = 0; i < pointers + 2; ++i) { // the symbols, then how many senses there are and are tagged
            fields >> skipped;
        }
        Entry& entry = net.words[word][static_cast<std::size_t>(part)];
        for (std::string offset; fields >> offset;) {
            entry.synsets.push_back(net.ids.at(Key(part, offset)));
        }
    }
}

void readCounts(const std::string& folder, WordNet& net)
{
    std::ifstream in(folder + "/cntlist.rev");
    constexpr std::array<std::size_t, 6> kParts = {0, 0, 1,
                                                   2, 3, 2}; // 1 noun 2 verb 3 adjective 4 adverb 5 satellite
    std::string key;
    int sense = 0;
    for (std::uint32_t count = 0; in >> key >> sense >> count;) {
        const auto mark = key.find('%');
        const auto found = net.words.find(key.substr(0, mark));
        if (found != net.words.end()) {
            found->second[kParts[static_cast<std::size_t>(key[mark + 1] - '0')]].count += count;
        }
    }
}

void readExceptions(const std::string& folder, WordNet& net)
{
    for (std::size_t part = 0; part < 4; ++part) {
        std::ifstream in(folder + "/" + kFiles[part] + ".exc");
        for (std::string line; std::getline(in, line);) {
            std::istringstream fields(line);
            std::string form;
            fields >> form;
            for (std::string base; fields >> base;) {
                if (isPlain(form) && isPlain(base) && net.words.contains(base)) {
                    net.exceptions[form][part].push_back(base);
                }
            }
        }
    }
}

// Links between words (antonyms, derived forms) go from the synsets to their words.
void linkWords(WordNet& net)
{
    std::vector<std::size_t> partOfSynset(net.synsets.size());
    for (const auto& [key, id] : net.ids) {
        partOfSynset[id] = static_cast<std::size_t>(key.first);
    }
    for (std::size_t id = 0; id < net.synsets.size(); ++id) {
        for (const Pointer& pointer : net.synsets[id].pointers) {
            if ((pointer.symbol != '!' && pointer.symbol != '+') || pointer.fromWord == 0) {
                continue;
            }
            const std::string& from = net.synsets[id].words[static_cast<std::size_t>(pointer.fromWord - 1)];
            const std::string& to =
                net.synsets[pointer.to].words[static_cast<std::size_t>(pointer.toWord - 1)];
            const auto found = net.words.find(from);
            if (found != net.words.end() && net.words.contains(to) && from != to) {
                Entry& entry = found->second[partOfSynset[id]];
                (pointer.symbol == '!' ? entry.antonyms : entry.derived).insert(to);
            }
        }
    }
}

using Numbers = std::vector<std::uint32_t>;

// Seven bits a byte, the high bit says that more follow.
void appendNumber(std::string& out, std::uint32_t number)
{
    for (; number >= 0x80U; number >>= 7U) {
        out.push_back(static_cast<char>(0x80U | (number & 0x7FU)));
    }
    out.push_back(static_cast<char>(number));
}

void appendList(std::string& out, const Numbers& list)
{
    appendNumber(out, static_cast<std::uint32_t>(list.size()));
    for (const std::uint32_t number : list) {
        appendNumber(out, number);
    }
}

struct Packed {
    Numbers wordOffsets;
    Numbers entryOffsets;
    Numbers synsetOffsets;
    std::string letters;
    std::string entries;
    std::string synsets;
};

void packSynsets(const WordNet& net, Packed& packed)
{
    for (const Synset& synset : net.synsets) {
        packed.synsetOffsets.push_back(static_cast<std::uint32_t>(packed.synsets.size()));
        Numbers above;
        Numbers similar;
        for (const Pointer& pointer : synset.pointers) {
            if (pointer.symbol == '@') {
                above.push_back(pointer.to);
            } else if (pointer.symbol == '&') {
                similar.push_back(pointer.to);
            }
        }
        appendNumber(packed.synsets, synset.lexicographer);
        appendList(packed.synsets, above);
        appendList(packed.synsets, similar);
    }
}

Packed pack(WordNet& net)
{
    for (const auto& [form, bases] : net.exceptions) {
        net.words[form]; // every form has a number
    }
    std::map<std::string, std::uint32_t> numbers;
    for (const auto& [word, entries] : net.words) {
        numbers.emplace(word, static_cast<std::uint32_t>(numbers.size()));
    }
    const auto numbersOf = [&](const auto& words) {
        Numbers list;
        for (const std::string& word : words) {
            list.push_back(numbers.at(word));
        }
        return list;
    };
    Packed packed;
    for (const auto& [word, entries] : net.words) {
        packed.wordOffsets.push_back(static_cast<std::uint32_t>(packed.letters.size()));
        packed.entryOffsets.push_back(static_cast<std::uint32_t>(packed.entries.size()));
        packed.letters += word;
        const auto irregular = net.exceptions.find(word);
        for (std::size_t part = 0; part < 4; ++part) {
            const Entry& entry = entries[part];
            const Numbers bases =
                irregular == net.exceptions.end() ? Numbers() : numbersOf(irregular->second[part]);
            const bool any = !entry.synsets.empty() || !bases.empty();
            packed.entries.push_back(any ? 1 : 0);
            if (any) {
                appendNumber(packed.entries, entry.count);
                appendList(packed.entries, entry.synsets);
                appendList(packed.entries, numbersOf(entry.antonyms));
                appendList(packed.entries, numbersOf(entry.derived));
                appendList(packed.entries, bases);
            }
        }
    }
    packed.wordOffsets.push_back(static_cast<std::uint32_t>(packed.letters.size()));
    packSynsets(net, packed);
    return packed;
}

void appendFixed(std::string& bytes, const Numbers& list)
{
    for (const std::uint32_t number : list) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes.push_back(static_cast<char>((number >> shift) & 0xFFU));
        }
    }
}

std::string bytesOf(const Packed& packed)
{
    std::string bytes;
    appendFixed(bytes, {static_cast<std::uint32_t>(packed.entryOffsets.size()),
                        static_cast<std::uint32_t>(packed.synsetOffsets.size()),
                        static_cast<std::uint32_t>(packed.letters.size()),
                        static_cast<std::uint32_t>(packed.entries.size())});
    appendFixed(bytes, packed.wordOffsets);
    appendFixed(bytes, packed.entryOffsets);
    appendFixed(bytes, packed.synsetOffsets);
    return bytes + packed.letters + packed.entries + packed.synsets;
}

void writeLiteral(std::ostream& out, const std::string& bytes)
{
    constexpr std::size_t kLine = 4096;
    std::array<char, 8> escaped{};
    for (std::size_t at = 0; at < bytes.size(); at += kLine) {
        out << "    \"";
        for (const char c : bytes.substr(at, kLine)) {
            std::snprintf(escaped.data(), escaped.size(), "\\%03o",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
            out << escaped.data();
        }
        out << "\"\n";
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "make_lexicon WORDNET_FOLDER OUT.cpp\n";
        return 2;
    }
    const std::string folder = argv[1];
    WordNet net;
    readSynsetIds(folder, net);
    for (int part = 0; part < 4; ++part) {
        std::ifstream in(folder + "/data." + kFiles[static_cast<std::size_t>(part)]);
        for (std::string line; std::getline(in, line);) {
            if (!isComment(line)) {
                readSynset(line, part, net);
            }
        }
        readWords(folder, part, net);
    }
    if (net.words.size() < 50000) {
        std::cerr << folder
                  << ": expected the data and index files of WordNet 3.0 (Debian package wordnet-base)\n";
        return 3;
    }
    readCounts(folder, net);
    readExceptions(folder, net);
    linkWords(net);
    std::ofstream out(argv[2], std::ios::binary);
    const std::string bytes = bytesOf(pack(net));
    out << "// Made by make_lexicon from WordNet 3.0, (c) 2006 Princeton University.\n"
           "#include \"app/grounding/lexicon_bytes.h\"\n\nnamespace plumbline::grounding {\n\n"
           "const std::string_view kLexiconBytes(\n";
    writeLiteral(out, bytes);
    out << "    , " << bytes.size() << ");\n\n} // namespace plumbline::grounding\n";
    return out ? 0 : 3;
}
