#include "app/evals/treebank_words.h"

#include <array>
#include <memory>

#include <unicode/regex.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace plumbline::evals {

namespace {

struct Rule {
    const char* pattern;
    const char* replacement;
};

// In this order; the text has one blank at each end from the clitics on.
constexpr auto kPunctuation = std::to_array<Rule>({
    {R"(\.\.\.)", " ... "},
    {R"([:,](?!\p{Nd}))", " $0 "},
    {"[;@#$%&]", " $0 "},
    // The full stop of the sentence; not that of an initialism.
    {R"((?<=[^.])(?<!\b[A-Za-z]\.[A-Za-z])\.(?=[\])}>'\s]*$))", " . "},
    {"[?!]", " $0 "},
    {R"([\]\[(){}<>])", " $0 "},
    {"--", " -- "},
});

constexpr auto kClitics = std::to_array<Rule>({
    {"([^'])' ", "$1 ' "},
    {"'([smd]) ", " '$1 "},
    {"('ll|'re|'ve|n't) ", " $1 "},
});

// Words that are two.
constexpr auto kPairs =
    std::to_array<const char*>({"(can)(not)", "(d)('ye)", "(gim)(me)", "(gon)(na)", "(got)(ta)", "(lem)(me)",
                                "(more)('n)", "(wan)(na)(?= )", "('t)(is)", "('t)(was)"});

struct Compiled {
    std::unique_ptr<const icu::RegexPattern> pattern;
    icu::UnicodeString replacement;
};
using Steps = std::vector<Compiled>;

void add(Steps& steps, const icu::UnicodeString& pattern, const char* replacement)
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::RegexPattern> compiled(
        icu::RegexPattern::compile(pattern, UREGEX_CASE_INSENSITIVE, status));
    if (U_SUCCESS(status))
        steps.push_back({std::move(compiled), icu::UnicodeString::fromUTF8(replacement)});
}

// Compiled once: some of them name large sets of characters. Any thread may match by them.
struct Rules {
    Steps blanks;
    Steps punctuation;
    Steps clitics;
};

const Rules& rules()
{
    static const Rules kRules = [] {
        Rules all;
        add(all.blanks, R"([\s\u0085\u00A0\uFEFF\p{Z}]+)", " ");
        for (const Rule& rule : kPunctuation)
            add(all.punctuation, rule.pattern, rule.replacement);
        for (const Rule& rule : kClitics)
            add(all.clitics, rule.pattern, rule.replacement);
        for (const char* pair : kPairs)
            add(all.clitics,
                u"(?<![\\p{XIDC}\\u200c\\u200d])" + icu::UnicodeString(pair) +
                    u"(?![\\p{XIDC}\\u200c\\u200d])",
                " $1 $2 ");
        return all;
    }();
    return kRules;
}

icu::UnicodeString applied(icu::UnicodeString text, const Steps& steps)
{
    for (const Compiled& step : steps) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::RegexMatcher> matcher(step.pattern->matcher(text, status));
        icu::UnicodeString out = matcher->replaceAll(step.replacement, status);
        if (U_SUCCESS(status))
            text = std::move(out);
    }
    return text;
}

bool isLetterLike(UChar32 c)
{
    return u_isalpha(c) != 0 || (U_GET_GC_MASK(c) & (U_GC_N_MASK | U_GC_SC_MASK | U_GC_PS_MASK)) != 0;
}

bool isPunctuation(UChar32 c)
{
    return (U_GET_GC_MASK(c) & U_GC_P_MASK) != 0;
}

// The length of the quotation mark at `at`, 0 for none.
std::int32_t markAt(const icu::UnicodeString& text, std::int32_t at)
{
    if (text[at] == u'"')
        return 1;
    const bool twice = at + 1 < text.length() && text[at + 1] == text[at];
    return twice && (text[at] == u'`' || text[at] == u'\'') ? 2 : 0;
}

// Whether the next mark behind `from` is '' (and not `` or ").
bool nextIsClosing(const icu::UnicodeString& text, std::int32_t from)
{
    for (std::int32_t i = from; i < text.length(); ++i)
        if (markAt(text, i) != 0)
            return text[i] == u'\'';
    return false;
}

bool opensAt(const icu::UnicodeString& text, std::int32_t at, std::int32_t length, bool open)
{
    if (text[at] == u'`')
        return true;
    const UChar32 before = at > 0 ? text.char32At(at - 1) : 0;
    const bool bracketed = before == u' ' || before == u'<' || (U_GET_GC_MASK(before) & U_GC_PS_MASK) != 0;
    if (at != 0 && at + length >= text.length() && !bracketed)
        return false;
    const bool begins = at == 0 || before == u' ' || before == u'<' || isPunctuation(before);
    if (open || !begins || before == u'.' || before == u'!' || before == u'?')
        return false;
    return length == 1 || (at > 0 && at + 2 < text.length() && isLetterLike(text.char32At(at + 2)) &&
                           nextIsClosing(text, at + 2));
}

icu::UnicodeString withQuotes(const icu::UnicodeString& text)
{
    icu::UnicodeString out;
    bool open = false;
    for (std::int32_t at = 0; at < text.length(); ++at) {
        const std::int32_t length = markAt(text, at);
        if (length == 0) {
            out.append(text[at]);
            continue;
        }
        open = opensAt(text, at, length, open);
        out.append(open ? u" `` " : u" '' ");
        at += length - 1;
    }
    return out;
}

} // namespace

std::vector<std::string> treebankWords(std::string_view lower)
{
    icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(lower.data(), static_cast<std::int32_t>(lower.size())));
    text = applied(std::move(text), rules().blanks).trim();
    if (text.isEmpty())
        return {};
    text = applied(withQuotes(text), rules().punctuation);
    text = applied(u' ' + text + u' ', rules().clitics);
    std::vector<std::string> words;
    for (std::int32_t at = 0; at < text.length();) {
        std::int32_t end = text.indexOf(u' ', at);
        end = end < 0 ? text.length() : end;
        if (end > at)
            text.tempSubStringBetween(at, end).toUTF8String(words.emplace_back());
        at = end + 1;
    }
    return words;
}

} // namespace plumbline::evals
