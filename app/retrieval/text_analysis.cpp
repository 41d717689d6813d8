#include "app/retrieval/text_analysis.h"

#include <algorithm>
#include <array>

#include "app/base/html_tags.h"
#include "app/base/text.h"
#include "app/retrieval/term_table.h"
#include "app/retrieval/word_scan.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kLongestTerm = 64; // bytes; what is longer is data, not language

std::string_view limited(std::string_view text)
{
    if (text.size() <= kLongestTerm)
        return text;
    std::size_t end = kLongestTerm;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

// "it", "us" and "a" are stop words; IT, US and the A of "tier A" are not. At the head of a sentence "A" is
// the article.
bool isName(std::string_view text, std::size_t at, std::size_t length)
{
    const std::string_view written = text.substr(at, length);
    if (written != "A")
        return written == "IT" || written == "US";
    const std::size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(' ', at - 1);
    return before != std::string_view::npos &&
           std::string_view(".!?:\n\r#*->\"(").find(text[before]) == std::string_view::npos;
}

// Where to go on at a '<': behind a tag of HTML, whose name and attributes nobody reads.
std::size_t afterTag(std::string_view text, std::size_t at)
{
    const auto tag = htmlTagAt(text, at);
    return tag && effectOf(tag->name) != HtmlTagEffect::Shown ? tag->end : at + 1;
}

} // namespace

struct TextAnalyser::State {
    TermTable table;
    Compound compound;
    std::string scratch;

    void word(std::string_view folded, const Token& place, std::vector<Token>& tokens)
    {
        Token token = place;
        const auto found = table.word(limited(folded));
        token.term = found.term;
        token.stopWord = found.stopWord;
        tokens.push_back(token);
    }
    void exact(std::string_view term, const Token& place, std::vector<Token>& tokens)
    {
        Token token = place;
        token.term = table.exact(limited(term));
        tokens.push_back(token);
    }
    void atom(const Atom& atom, const Token& place, std::vector<Token>& tokens);
    void whole(const Token& place, std::vector<Token>& tokens);
    void emit(std::string_view text, std::vector<Token>& tokens);
};

void TextAnalyser::State::atom(const Atom& atom, const Token& place, std::vector<Token>& tokens)
{
    Token token = place;
    if (atom.kind == AtomKind::Number) {
        token.number = true;
        token.identifier = std::count(atom.folded.begin(), atom.folded.end(), '.') > 1; // a version: 10.4.1
        exact(atom.folded, token, tokens);
        if (token.identifier) {
            token.identifier = false;
            for (const std::string_view part : split(atom.folded, '.'))
                exact(part, token, tokens);
        }
        return;
    }
    token.identifier = atom.humps.size() > 1; // camelCase
    word(atom.folded, token, tokens);
    token.identifier = false;
    if (atom.humps.size() > 1) {
        for (const std::string& hump : atom.humps)
            word(hump, token, tokens);
    }
}

// The compound as one term: "payments-api", "£10000", "cve-2024-3094".
void TextAnalyser::State::whole(const Token& place, std::vector<Token>& tokens)
{
    if (compound.folded.size() > kLongestTerm)
        return;
    Token token = place;
    token.identifier = true;
    exact(compound.folded, token, tokens);
}

void TextAnalyser::State::emit(std::string_view text, std::vector<Token>& tokens)
{
    Token place;
    place.begin = static_cast<std::uint32_t>(compound.begin);
    place.end = static_cast<std::uint32_t>(compound.end);
    if (compound.isAcronym()) {
        scratch.clear();
        for (const Atom& one : compound.atoms)
            scratch += one.folded;
        word(scratch, place, tokens);
        return;
    }
    if (compound.atoms.size() > 1 || compound.currency)
        whole(place, tokens);
    for (const Atom& one : compound.atoms)
        atom(one, place, tokens);
    if (compound.atoms.size() == 1 && isName(text, compound.begin, compound.end - compound.begin))
        tokens.back().stopWord = false;
}

TextAnalyser::TextAnalyser() : m_state(std::make_unique<State>()) {}
TextAnalyser::~TextAnalyser() = default;

void TextAnalyser::analyse(std::string_view text, std::vector<Token>& tokens)
{
    std::array<char, kLongestTerm> lower{};
    std::size_t at = 0;
    while (at < text.size()) {
        if (!startsWord(text, at)) {
            at = text[at] == '<' ? afterTag(text, at) : at + 1;
            continue;
        }
        // Most words are plain ASCII letters with nothing attached.
        const std::size_t length = plainWord(text, at, lower);
        if (length == 0) {
            at = scanCompound(text, at, m_state->compound);
            m_state->emit(text, tokens);
            continue;
        }
        Token place;
        place.begin = static_cast<std::uint32_t>(at);
        place.end = static_cast<std::uint32_t>(at + length);
        m_state->word({lower.data(), length}, place, tokens);
        if (tokens.back().stopWord && isName(text, at, length))
            tokens.back().stopWord = false;
        at += length;
    }
}

const std::string& TextAnalyser::text(std::uint32_t term) const
{
    return m_state->table.text(term);
}

std::size_t TextAnalyser::vocabulary() const
{
    return m_state->table.size();
}

std::vector<Term> TextAnalyser::terms(std::string_view text)
{
    std::vector<Token> tokens;
    analyse(text, tokens);
    const CodePoints points(text);
    std::vector<Term> terms;
    terms.reserve(tokens.size());
    for (const Token& token : tokens) {
        terms.push_back({this->text(token.term),
                         {points.fromByte(token.begin), points.fromByte(token.end)},
                         token.stopWord,
                         token.identifier,
                         token.number});
    }
    return terms;
}

} // namespace plumbline::retrieval
