#include "app/grounding/terms.h"

#include "app/base/text.h"

namespace plumbline::grounding {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Letters of any script: what is not ASCII is taken as one, but for the marks of U+2000 to U+206F and U+00A0.
bool isLetterAt(std::string_view text, std::size_t at)
{
    const char c = text[at];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return true;
    }
    const std::string_view rest = text.substr(at);
    return static_cast<unsigned char>(c) >= 0x80 && !rest.starts_with("\xE2\x80") &&
           !rest.starts_with("\xC2");
}

// Bytes of the apostrophe at `at`, 0 where none is.
std::size_t apostrophe(std::string_view text, std::size_t at)
{
    return text.substr(at).starts_with('\'') ? 1U : text.substr(at).starts_with("\xE2\x80\x99") ? 3U : 0U;
}

std::size_t lettersEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isLetterAt(text, at)) {
        ++at;
    }
    return at;
}

// The end of what is written in one piece from `at`: letters and digits, joined by - _ . / : without blanks.
std::size_t pieceEnd(std::string_view text, std::size_t at)
{
    const auto part = [&](std::size_t i) {
        return i < text.size() && (isDigit(text[i]) || isLetterAt(text, i));
    };
    while (at < text.size()) {
        const char c = text[at];
        const bool joint = (c == '-' || c == '_' || c == '.' || c == '/' || c == ':') && part(at + 1);
        if (!part(at) && !joint) {
            break;
        }
        ++at;
    }
    return at;
}

bool isIdentifier(std::string_view piece)
{
    bool digit = false;
    bool letter = false;
    for (const char c : piece) {
        digit = digit || isDigit(c);
        letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    const std::size_t point = piece.find('.');
    const bool dotted =
        point != std::string_view::npos && point > 1 && piece.find('/') == std::string_view::npos;
    return (digit && letter) || piece.find('_') != std::string_view::npos || (dotted && letter) ||
           (digit && !letter);
}

std::string folded(std::string_view word)
{
    const std::string low = asciiLower(word);
    for (const char* negative : {"none", "nobody", "nothing", "neither", "nor"}) {
        if (low == negative) {
            return "no";
        }
    }
    return low;
}

class Scanner {
public:
    Scanner(std::string_view text, Terms& out) : m_text(text), m_out(out) {}

    void sentence(std::size_t index)
    {
        const SentenceRange range = m_out.sentences[index];
        m_sentence = index;
        m_first = true;
        for (std::size_t at = range.begin; at < range.end;) {
            at = next(at);
        }
    }

private:
    std::size_t next(std::size_t at)
    {
        if (const std::size_t mark = markEnd(at); mark > at) {
            return mark;
        }
        const bool letter = isLetterAt(m_text, at);
        if (!letter && !isDigit(m_text[at]) && !atCurrency(at)) {
            m_first = m_first || m_text[at] == ':' || m_text[at] == '"' || m_text[at] == '|' ||
                      m_text.substr(at).starts_with("\xE2\x80\x9C");
            return at + 1;
        }
        if (const auto date = dateAt(m_text, at)) {
            Term& term = add(TermKind::Date, at, date->end);
            term.date = *date;
            return date->end;
        }
        const auto measure = measureAt(m_text, at);
        const std::size_t piece = pieceEnd(m_text, at);
        if (measure && !continues(measure->end, piece, letter)) {
            Term& term = add(TermKind::Number, at, measure->end);
            term.measure = *measure;
            return measure->end;
        }
        if (piece > at && isIdentifier(m_text.substr(at, piece - at))) {
            add(TermKind::Identifier, at, piece);
            return piece;
        }
        return letter ? word(at) : at + 1;
    }

    // Behind "[1]" or "[1, 2]", and behind "3." or "3)" where a sentence starts: they number, they say
    // nothing.
    std::size_t markEnd(std::size_t at) const
    {
        std::size_t end = at + (m_text[at] == '[' ? 1U : 0U);
        const std::size_t digits = end;
        while (end < m_text.size() && (isDigit(m_text[end]) || (m_text[at] == '[' && isJoint(m_text[end])))) {
            ++end;
        }
        if (end == digits || end >= m_text.size() || end - digits > 12) {
            return at;
        }
        if (m_text[at] == '[') {
            return m_text[end] == ']' ? end + 1 : at;
        }
        const bool starts = at == m_out.sentences[m_sentence].begin && end - digits <= 2;
        const bool marks = (m_text[end] == '.' || m_text[end] == ')') &&
                           (end + 1 >= m_text.size() || m_text[end + 1] == ' ');
        return starts && marks ? end + 1 : at;
    }

    static bool isJoint(char c) { return c == ',' || c == ' '; }

    bool atCurrency(std::size_t at) const
    {
        const std::string_view rest = m_text.substr(at);
        return rest.starts_with('$') || rest.starts_with("\xC2\xA3") || rest.starts_with("\xE2\x82\xAC");
    }

    // 10.4.1, 2026-x, 3-A: the number is only the start of something longer. "24-hour" and "10-15" are
    // numbers.
    bool continues(std::size_t end, std::size_t piece, bool letter) const
    {
        if (end >= piece || letter) {
            return false;
        }
        const std::string_view rest = m_text.substr(end, piece - end);
        if (rest.front() == '.' || rest.front() == ':' || rest.front() == '_') {
            return rest.size() > 1;
        }
        return rest.size() > 1 && rest.front() == '-' && rest[1] >= 'A' && rest[1] <= 'Z';
    }

    std::size_t word(std::size_t at)
    {
        std::size_t end = lettersEnd(m_text, at);
        const std::size_t mark = end < m_text.size() ? apostrophe(m_text, end) : 0;
        if (mark == 0) {
            addWord(at, end);
            return end;
        }
        const std::size_t tail = lettersEnd(m_text, end + mark);
        const std::string ending = asciiLower(m_text.substr(end + mark, tail - end - mark));
        if (ending == "t" && m_text[end - 1] == 'n') {
            if (end - 1 > at) {
                addWord(at, end - 1);
            }
            add(TermKind::Word, end - 1, tail).low = "not";
            return tail;
        }
        const bool name = tail > end + mark && ending.size() > 2; // O'Brien
        addWord(at, name ? tail : end);
        return tail;
    }

    void addWord(std::size_t at, std::size_t end)
    {
        if (folded(m_text.substr(at, end - at)) == "cannot") {
            add(TermKind::Word, at, at + 3);
            add(TermKind::Word, at + 3, end);
        } else {
            add(TermKind::Word, at, end);
        }
    }

    Term& add(TermKind kind, std::size_t begin, std::size_t end)
    {
        Term term;
        term.kind = kind;
        term.begin = begin;
        term.end = end;
        term.low = folded(m_text.substr(begin, end - begin));
        term.capital = m_text[begin] >= 'A' && m_text[begin] <= 'Z';
        term.first = m_first;
        term.sentence = m_sentence;
        m_first = false;
        m_out.all.push_back(std::move(term));
        return m_out.all.back();
    }

    std::string_view m_text;
    Terms& m_out;
    std::size_t m_sentence = 0;
    bool m_first = true;
};

bool isContent(const Term& term)
{
    if (term.kind != TermKind::Word) {
        return true;
    }
    return term.low.size() > 1 && !isStop(term.low);
}

} // namespace

Terms termsOf(std::string_view text)
{
    Terms terms;
    terms.sentences = sentencesOf(text);
    Scanner scanner(text, terms);
    for (std::size_t i = 0; i < terms.sentences.size(); ++i) {
        scanner.sentence(i);
    }
    for (std::size_t i = 0; i < terms.all.size(); ++i) {
        if (isContent(terms.all[i])) {
            terms.content.push_back(i);
        }
    }
    return terms;
}

} // namespace plumbline::grounding
