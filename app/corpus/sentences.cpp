#include "app/corpus/sentences.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "app/corpus/chunker.h"
#include "app/corpus/text_cursor.h"

namespace plumbline::corpus {

namespace {

// A sentence longer than this (bytes) is cut at a blank: text without any full stop must not become one unit
// of megabytes.
constexpr std::size_t kLongest = 4'000;

// Never the end of a sentence.
constexpr std::array<std::string_view, 26> kNeverEnd = {
    "e.g",  "i.e",  "eg",   "ie",  "cf", "vs", "viz", "dr",  "mr",  "mrs", "ms",  "prof", "approx",
    "incl", "excl", "resp", "esp", "st", "ca", "al",  "bzw", "z.b", "d.h", "u.a", "gem",  "geb"};
// The end of a sentence unless a number follows: "No. 5", "Sec. 4.2".
constexpr std::array<std::string_view, 22> kBeforeNumber = {
    "no",  "nos",  "nr", "sec", "sect", "art", "fig", "figs", "eq",  "ch",  "chap",
    "vol", "para", "p",  "pp",  "cl",   "reg", "sch", "app",  "ver", "ref", "abs"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// Length of a full stop of another script that ends a sentence without a blank after it; 0 = none.
std::size_t wideStop(std::string_view rest)
{
    static constexpr std::array<std::string_view, 5> kStops = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                                               "\xE0\xA5\xA4", "\xEF\xBD\xA1"};
    return std::ranges::any_of(kStops, [&](std::string_view stop) { return rest.starts_with(stop); }) ? 3 : 0;
}

// Quotation marks, brackets and Markdown emphasis that may close a sentence after its full stop.
std::size_t closingMark(std::string_view rest)
{
    if (rest.empty()) {
        return 0;
    }
    if (std::string_view("\"')]*_`").find(rest.front()) != std::string_view::npos) {
        return 1;
    }
    static constexpr std::array<std::string_view, 4> kWide = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xE3\x80\x8D",
                                                              "\xEF\xBC\x89"};
    if (std::ranges::any_of(kWide, [&](std::string_view mark) { return rest.starts_with(mark); })) {
        return 3;
    }
    return rest.starts_with("\xC2\xBB") ? 2 : 0;
}

std::string_view withoutOpening(std::string_view rest)
{
    while (!rest.empty() && std::string_view("\"'([*_`").find(rest.front()) != std::string_view::npos) {
        rest.remove_prefix(1);
    }
    return rest;
}

// Whether the full stop at `stop` belongs to its word: an abbreviation, an initial, the number of a section.
bool belongsToWord(std::string_view text, std::size_t sentence, std::size_t stop, std::string_view next)
{
    std::size_t from = stop;
    while (from > sentence && !isSpace(text[from - 1]) && text[from - 1] != '(' && text[from - 1] != '/') {
        --from;
    }
    const std::string_view word = withoutOpening(text.substr(from, stop - from));
    if (word.empty() || word.size() > 12) {
        return false;
    }
    if (from == sentence && std::ranges::all_of(word, [](char c) { return isDigit(c) || c == '.'; })) {
        return true; // "4.2. Scope"
    }
    if (word.size() == 1 && isUpper(word.front()) && word.front() != 'I') {
        return !next.empty() && isUpper(next.front()) && next.size() > 1 &&
               (isLower(next[1]) || next[1] == '.') && from > sentence &&
               text.substr(sentence, from - sentence).find(' ') == std::string_view::npos;
    }
    const std::string lower = asciiLower(word);
    return isOneOf(kNeverEnd, lower) ||
           (isOneOf(kBeforeNumber, lower) && !next.empty() && isDigit(next.front()));
}

// Where the sentence ends whose full stop stands at `stop`; npos when it goes on.
std::size_t endAfter(std::string_view text, std::size_t sentence, std::size_t stop)
{
    std::size_t end = stop + 1;
    while (end < text.size() && (text[end] == '.' || text[end] == '!' || text[end] == '?')) {
        ++end;
    }
    const bool single = text[stop] == '.' && end == stop + 1;
    while (const std::size_t mark = closingMark(text.substr(end))) {
        end += mark;
    }
    if (end < text.size() && !isSpace(text[end])) {
        return std::string_view::npos;
    }
    std::size_t after = end;
    while (after < text.size() && isSpace(text[after])) {
        ++after;
    }
    const std::string_view next =
        withoutOpening(text.substr(after, std::min<std::size_t>(8, text.size() - after)));
    if (after < text.size() && !next.empty() && isLower(next.front())) {
        return std::string_view::npos;
    }
    if (single && after < text.size() && belongsToWord(text, sentence, stop, next)) {
        return std::string_view::npos;
    }
    return end;
}

std::vector<Span> byRules(std::string_view text)
{
    std::vector<Span> found;
    std::size_t start = 0;
    const auto close = [&](std::size_t end) {
        found.push_back({start, end});
        start = end;
        while (start < text.size() && isSpace(text[start])) {
            ++start;
        }
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        std::size_t end = std::string_view::npos;
        if (c == '.' || c == '!' || c == '?') {
            end = endAfter(text, start, at);
        } else if (static_cast<unsigned char>(c) >= 0xE0 && wideStop(text.substr(at, 3)) != 0) {
            end = at + 3;
            while (const std::size_t mark = closingMark(text.substr(end))) {
                end += mark;
            }
        }
        if (end != std::string_view::npos) {
            close(end);
            at = std::max(at, start - 1);
        }
    }
    if (start < text.size()) {
        close(text.size());
    }
    return found;
}

// Scripts whose full stops the rules do not know (UAX #29).
std::vector<Span> byUnicode(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &status);
    std::vector<Span> found;
    if (U_SUCCESS(status) && breaks != nullptr) {
        breaks->setText(&source, status);
        std::size_t from = 0;
        for (auto at = breaks->next(); U_SUCCESS(status) && at != icu::BreakIterator::DONE;
             at = breaks->next()) {
            found.push_back({from, static_cast<std::size_t>(at)});
            from = static_cast<std::size_t>(at);
        }
    }
    utext_close(&source);
    return found;
}

bool isMostlyForeign(std::string_view text)
{
    const auto foreign =
        std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0xD0; });
    return static_cast<std::size_t>(foreign) * 6 > text.size();
}

// Cuts what is too long at the last blank before the limit, else between two characters.
void addPieces(std::string_view text, Span span, std::vector<Span>& out)
{
    while (!span.empty()) {
        std::size_t end = span.end;
        if (span.size() > kLongest) {
            end = span.start + kLongest;
            const std::size_t blank = text.find_last_of(" \n\t", end);
            if (blank != std::string_view::npos && blank > span.start + kLongest / 2) {
                end = blank;
            }
            while (end > span.start + 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
                --end;
            }
        }
        const std::string_view piece = trimmed(text.substr(span.start, end - span.start));
        if (!piece.empty()) {
            const auto start = static_cast<std::size_t>(piece.data() - text.data());
            out.push_back({start, start + piece.size()});
        }
        span.start = end;
    }
}

} // namespace

std::vector<Span> sentenceBytes(std::string_view paragraph)
{
    std::vector<Span> raw = byRules(paragraph);
    if (raw.size() == 1 && isMostlyForeign(paragraph)) {
        if (auto unicode = byUnicode(paragraph); !unicode.empty()) {
            raw = std::move(unicode);
        }
    }
    std::vector<Span> out;
    out.reserve(raw.size());
    for (const Span& span : raw) {
        addPieces(paragraph, span, out);
    }
    return out;
}

std::size_t wordCount(std::string_view text)
{
    std::size_t words = 0;
    std::size_t unspaced = 0; // characters of scripts written without blanks
    bool inWord = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xE3 && byte <= 0xED) {
            ++unspaced;
        }
        const bool word = byte >= 0x80 || isDigit(c) || isLower(c) || isUpper(c);
        words += word && !inWord ? 1U : 0U;
        inWord = word || (inWord && !isSpace(c));
    }
    return words + unspaced / 2;
}

std::vector<Span> sentences(std::string_view text, const CodePoints& points, const Span& within)
{
    const std::size_t offset = points.toByte(within.start);
    const std::string_view piece = points.slice(within);
    TextCursor cursor(text.substr(offset));
    std::vector<Span> found;
    for (const Span& sentence : sentenceBytes(piece)) {
        const Span span = cursor.codePoints(sentence);
        found.push_back({span.start + within.start, span.end + within.start});
    }
    return found;
}

} // namespace plumbline::corpus
