#include "app/retrieval/word_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "app/base/text.h"

namespace plumbline::retrieval {

namespace {

enum class Class : std::uint8_t { Other, Lower, Upper, Digit, Joint, High };

constexpr std::array<Class, 256> kClasses = [] {
    std::array<Class, 256> classes{};
    for (std::size_t c = 0; c < 256; ++c) {
        if (c >= 'a' && c <= 'z')
            classes[c] = Class::Lower;
        else if (c >= 'A' && c <= 'Z')
            classes[c] = Class::Upper;
        else if (c >= '0' && c <= '9')
            classes[c] = Class::Digit;
        else if (c >= 0x80)
            classes[c] = Class::High;
    }
    for (const char c : {'-', '.', '_', '/', ':', '@', '&', '\'', '+'})
        classes[static_cast<unsigned char>(c)] = Class::Joint;
    return classes;
}();

Class classAt(std::string_view text, std::size_t at)
{
    return at < text.size() ? kClasses[static_cast<unsigned char>(text[at])] : Class::Other;
}

bool isDigitAt(std::string_view text, std::size_t at)
{
    return classAt(text, at) == Class::Digit;
}

struct Character {
    std::int32_t code = -1;
    std::size_t bytes = 1;
};

Character characterAt(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return {};
    const std::string_view rest = text.substr(at, 4);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(rest.data());
    std::int32_t next = 0;
    UChar32 code = 0;
    U8_NEXT(bytes, next, static_cast<std::int32_t>(rest.size()), code);
    return {code, code < 0 ? 1 : static_cast<std::size_t>(next)};
}

bool isMark(std::int32_t code)
{
    return (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
}

bool isIdeograph(std::int32_t code)
{
    return code >= 0x2E80 && u_hasBinaryProperty(code, UCHAR_IDEOGRAPHIC) != 0;
}

bool isLetterAt(std::string_view text, std::size_t at)
{
    const Class kind = classAt(text, at);
    if (kind == Class::Lower || kind == Class::Upper)
        return true;
    if (kind != Class::High)
        return false;
    const std::int32_t code = characterAt(text, at).code;
    return code >= 0 && u_isalnum(code) != 0;
}

bool isWordAt(std::string_view text, std::size_t at)
{
    return isDigitAt(text, at) || isLetterAt(text, at);
}

// Bytes of the currency sign at `at`; 0 where there is none.
std::size_t currencyAt(std::string_view text, std::size_t at)
{
    for (const std::string_view sign : {"$", "\u00A3", "\u20AC", "\u00A5"}) {
        if (text.substr(at).starts_with(sign))
            return sign.size();
    }
    return 0;
}

// Bytes of the apostrophe at `at`, as typed or as set; 0 where there is none.
std::size_t apostropheAt(std::string_view text, std::size_t at)
{
    if (at < text.size() && text[at] == '\'')
        return 1;
    return text.substr(std::min(at, text.size())).starts_with("\u2019") ? 3 : 0;
}

// Whether the "s" of a possessive, and nothing more, stands at `at`.
bool isPossessive(std::string_view text, std::size_t at)
{
    return at < text.size() && (text[at] == 's' || text[at] == 'S') && !isWordAt(text, at + 1);
}

bool isGroupOfThree(std::string_view text, std::size_t at)
{
    return isDigitAt(text, at) && isDigitAt(text, at + 1) && isDigitAt(text, at + 2) &&
           !isDigitAt(text, at + 3);
}

std::size_t readNumber(std::string_view text, std::size_t at, Atom& atom)
{
    atom.kind = AtomKind::Number;
    while (isDigitAt(text, at)) {
        atom.folded += text[at++];
        const char joint = at < text.size() ? text[at] : ' ';
        if (joint == ',' && isGroupOfThree(text, at + 1)) {
            ++at;
        } else if ((joint == '.' || joint == ':') && isDigitAt(text, at + 1)) {
            atom.folded += joint;
            ++at;
        }
    }
    return at;
}

// Where a new hump of camelCase starts: fooBar, HTTPServer.
bool startsHump(std::string_view text, std::size_t begin, std::size_t at)
{
    if (at == begin || classAt(text, at) != Class::Upper)
        return false;
    return classAt(text, at - 1) == Class::Lower ||
           (classAt(text, at - 1) == Class::Upper && classAt(text, at + 1) == Class::Lower);
}

std::size_t readLetters(std::string_view text, std::size_t at, Atom& atom)
{
    const std::size_t begin = at;
    bool ascii = true;
    std::vector<std::size_t> humps; // places in atom.folded
    while (at < text.size()) {
        const std::size_t apostrophe = at == begin ? 0 : apostropheAt(text, at);
        if (apostrophe > 0 && isLetterAt(text, at + apostrophe) && !isPossessive(text, at + apostrophe)) {
            at += apostrophe;
            continue;
        }
        const Class kind = classAt(text, at);
        const Character character = characterAt(text, at);
        const bool high = kind == Class::High && character.code >= 0 &&
                          (u_isalnum(character.code) != 0 || (at > begin && isMark(character.code)));
        if ((kind != Class::Lower && kind != Class::Upper && !high) ||
            (at > begin && isIdeograph(character.code)))
            break;
        if (startsHump(text, begin, at))
            humps.push_back(atom.folded.size());
        atom.folded += text.substr(at, character.bytes);
        ascii = ascii && !high;
        at += character.bytes;
        if (high && isIdeograph(character.code))
            break;
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i <= humps.size() && !humps.empty(); ++i) {
        const std::size_t to = i < humps.size() ? humps[i] : atom.folded.size();
        atom.humps.push_back(foldedCase(std::string_view(atom.folded).substr(from, to - from)));
        from = to;
    }
    atom.folded = ascii ? asciiLower(atom.folded) : foldedCase(atom.folded);
    if (std::all_of(atom.folded.begin(), atom.folded.end(), [](char c) { return c >= '0' && c <= '9'; }))
        atom.kind = AtomKind::Number; // full-width digits
    return at;
}

// What joins the parts of an identifier when a part follows at once. Slashes and colons join digits only.
bool joins(std::string_view text, std::size_t at)
{
    const char c = at < text.size() ? text[at] : ' ';
    if (c == '/' || c == ':')
        return at > 0 && isDigitAt(text, at - 1) && isDigitAt(text, at + 1);
    return (c == '-' || c == '.' || c == '_' || c == '@' || c == '&' || c == '+') && isWordAt(text, at + 1);
}

} // namespace

bool Compound::isAcronym() const
{
    if (atoms.size() < 2 || folded.size() != 2 * atoms.size() - 1)
        return false;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (i % 2 == 1 ? folded[i] != '.' : classAt(folded, i) != Class::Lower)
            return false;
    }
    return true;
}

bool startsWord(std::string_view text, std::size_t at)
{
    switch (classAt(text, at)) {
    case Class::Lower:
    case Class::Upper:
    case Class::Digit:
        return true;
    case Class::High:
        if (isLetterAt(text, at))
            return true;
        [[fallthrough]];
    case Class::Other: {
        const std::size_t sign = currencyAt(text, at);
        return sign > 0 && isDigitAt(text, at + sign);
    }
    case Class::Joint:
        break;
    }
    return false;
}

std::size_t plainWord(std::string_view text, std::size_t at, std::span<char> lower)
{
    std::size_t length = 0;
    bool small = false; // a lower-case letter was seen: another capital would be camelCase
    while (true) {
        const Class kind = classAt(text, at + length);
        if (kind == Class::Other)
            return length;
        if (kind == Class::Joint && !isWordAt(text, at + length + 1))
            return length;
        if ((kind != Class::Lower && kind != Class::Upper) || length == lower.size())
            return 0;
        const char c = text[at + length];
        if (kind == Class::Upper) {
            if (small)
                return 0;
            lower[length] = static_cast<char>(c - 'A' + 'a');
        } else {
            if (!small && length > 1)
                return 0; // capitals before: HTTPServer
            small = true;
            lower[length] = c;
        }
        ++length;
    }
}

std::size_t scanCompound(std::string_view text, std::size_t at, Compound& compound)
{
    compound = Compound();
    compound.begin = at;
    if (!isWordAt(text, at)) {
        const std::size_t sign = currencyAt(text, at);
        compound.currency = true;
        compound.folded = text.substr(at, sign);
        at += sign;
    }
    while (true) {
        const bool ideograph = isIdeograph(characterAt(text, at).code);
        Atom& atom = compound.atoms.emplace_back();
        at = isDigitAt(text, at) ? readNumber(text, at, atom) : readLetters(text, at, atom);
        compound.folded += atom.folded;
        compound.end = at;
        if (ideograph || isIdeograph(characterAt(text, at).code))
            break;
        if (const std::size_t apostrophe = apostropheAt(text, at);
            apostrophe > 0 && isPossessive(text, at + apostrophe))
            return at + apostrophe + 1;
        if (joins(text, at))
            compound.folded += text[at++];
        else if (!isWordAt(text, at))
            break;
    }
    return at;
}

} // namespace plumbline::retrieval
