#include "app/assistant/expectation.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <re2/re2.h>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

using Words = std::set<std::string, std::less<>>;

bool matches(std::string_view text, const RE2& pattern)
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// Lower case, punctuation as blanks, a blank at both ends.
std::string padded(std::string_view text)
{
    std::string out = " ";
    for (const char c : asciiLower(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%' || c == '\'' ||
                          (static_cast<unsigned char>(c) >= 0x80);
        if (kept || out.back() != ' ') {
            out.push_back(kept ? c : ' ');
        }
    }
    return out.back() == ' ' ? out : out + ' ';
}

struct Rule {
    Expected expected;
    RE2 pattern;
};

// The first rule that holds decides.
const std::array<Rule, 10>& rules()
{
    static const std::array<Rule, 10> all = {{
        {Expected::Percentage, RE2(" (percent|percentage|per cent|what share|share of) ")},
        {Expected::Telephone,
         RE2(" (phone number|telephone number|which number|fallback number|what number) ")},
        {Expected::Money, RE2(" (how much|what|how large|which)( [a-z']+)* "
                              "(fee|fine|penalty|cost|price|reward|surcharge|allowance|charge) | "
                              "(reward|fee|surcharge|allowance) ")},
        {Expected::Money,
         RE2(" (how much|what) (may|must|does|do|can|should|will|would) [a-z' "
             "]{0,30}(pay|charge|cost|send|grant|spend|transfer|get|take out|let through) ")},
        {Expected::Duration,
         RE2(" how (long|soon|quickly|fast|often|late|old|far back) | (when|what time|by "
             "when|deadline|timeout|retention|validity|lifetime|time limit|notice period|period|daily at) ")},
        {Expected::Duration,
         RE2(" how many (business |working )?(seconds|minutes|hours|days|weeks|months|years) ")},
        {Expected::Money, RE2(" (how much|what amount|which amount|from what amount) ")},
        {Expected::Count,
         RE2(" (how many|number of|maximum|max|limit|minimum|threshold|quota|how large|how big|score|cap) ")},
        {Expected::Person, RE2(" (who|whose|whom|which role|which team) ")},
        {Expected::Steps, RE2(" (how do|how to|how can|what steps|steps|procedure|what should|what do i|what "
                              "do we|how should|what must) ")},
    }};
    return all;
}

const Words& timeNouns()
{
    static const Words all = {"second", "minute", "hour", "day", "week", "month", "year"};
    return all;
}

const Words& peopleNouns()
{
    static const Words all = {"people", "person", "reviewer", "approver", "staff", "member", "colleague"};
    return all;
}

std::string singular(std::string word)
{
    if (word.size() > 4 && word.ends_with("ies")) {
        return word.substr(0, word.size() - 3) + "y";
    }
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) {
        word.pop_back();
    }
    return word;
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    for (const std::string_view word : split(padded(text), ' ')) {
        if (!word.empty()) {
            words.emplace_back(word);
        }
    }
    return words;
}

bool isNumber(std::string_view word)
{
    static const Words kSpelled = {"one",   "two",  "three", "four",   "five",   "six",  "seven",
                                   "eight", "nine", "ten",   "eleven", "twelve", "once", "twice"};
    return word.find_first_not_of("0123456789") == std::string_view::npos || kSpelled.contains(word);
}

} // namespace

Expected expectationOf(std::string_view question)
{
    const std::string text = padded(question);
    for (const Rule& rule : rules()) {
        if (matches(text, rule.pattern)) {
            return rule.expected;
        }
    }
    return Expected::Anything;
}

std::vector<std::string> partsOf(std::string_view question)
{
    static const RE2 joint("(?i)(,|;| and| or) +(who|whose|whom|which|what|when|how|where|why|by)\\b");
    std::vector<std::string> parts;
    std::string rest(question);
    re2::StringPiece separator;
    re2::StringPiece word;
    while (RE2::PartialMatch(rest, joint, &separator, &word)) {
        parts.push_back(rest.substr(0, static_cast<std::size_t>(separator.data() - rest.data())));
        rest = rest.substr(static_cast<std::size_t>(word.data() - rest.data()));
    }
    parts.push_back(std::move(rest));
    std::erase_if(parts, [&](const std::string& part) {
        return parts.size() > 1 && expectationOf(part) == Expected::Anything;
    });
    return parts;
}

bool holdsExpected(Expected expected, std::string_view text)
{
    static const RE2 duration(
        R"((?i)\b(\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|same|next)\s*(business |working |calendar )?(h|hours?|min|minutes?|s|seconds?|days?|weeks?|months?|years?|ms|milliseconds?)\b|at once|immediately|without delay|\d\d:\d\d|daily|weekly|monthly|quarterly|yearly|every )");
    static const RE2 money(R"((?i)(£|€|\$)\s?\d|\b(GBP|EUR)\b|free of charge|no charge|without charge)");
    static const RE2 percentage(R"((?i)\d\s?%|percent)");
    static const RE2 telephone(R"((?i)extension \d|\+\d|\b0\d{3})");
    static const RE2 count(
        R"((?i)\b(\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice)\b)");
    static const RE2 person(
        R"(Head of|Manager|Officer|Lead\b|Commander|Owner|Custodian|Board|Committee|[Oo]n-call|director|MLRO|CISO|CRO|DPO|team|Chief|Champion|Auditor|administrator|owner|approver)");
    switch (expected) {
    case Expected::Duration:
        return matches(text, duration);
    case Expected::Money:
        return matches(text, money);
    case Expected::Percentage:
        return matches(text, percentage);
    case Expected::Telephone:
        return matches(text, telephone);
    case Expected::Count:
        return matches(text, count);
    case Expected::Person:
        return matches(text, person);
    case Expected::Anything:
    case Expected::Steps:
        break;
    }
    return true;
}

std::optional<std::string> countedNoun(std::string_view question)
{
    static const RE2 asked(R"( (?:how many|number of|count of) ((?:[a-z']+ ){1,6}))");
    static const Words kEnd = {
        "do",   "does",   "did",  "may",   "can",  "must",  "are",     "is",    "was", "were", "have", "has",
        "had",  "should", "will", "would", "need", "needs", "to",      "in",    "on",  "of",   "per",  "at",
        "for",  "we",     "i",    "you",   "they", "he",    "she",     "it",    "a",   "an",   "the",  "go",
        "goes", "and",    "or",   "one",   "with", "while", "before",  "after", "if",  "when", "by",   "from",
        "back", "there",  "that", "which", "who",  "be",    "allowed", "up"};
    std::string run;
    if (!RE2::PartialMatch(padded(question), asked, &run)) {
        return std::nullopt;
    }
    std::optional<std::string> noun;
    for (const std::string& word : wordsOf(run)) {
        if (kEnd.contains(word)) {
            break;
        }
        noun = singular(word);
    }
    return noun;
}

bool countsNoun(std::string_view text, std::string_view noun)
{
    constexpr std::size_t kNear = 4;
    const std::vector<std::string> words = wordsOf(text);
    const bool time = timeNouns().contains(noun);
    const bool people = peopleNouns().contains(noun);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!isNumber(words[i])) {
            continue;
        }
        for (std::size_t j = i + 1; j < std::min(words.size(), i + 1 + kNear); ++j) {
            const std::string word = singular(words[j]);
            if (word == noun || (time && timeNouns().contains(word)) ||
                (people && peopleNouns().contains(word))) {
                return true;
            }
        }
    }
    return false;
}

} // namespace plumbline::assistant
