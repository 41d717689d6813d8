#include "app/assistant/question_form.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

#include <re2/re2.h>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

using Words = std::set<std::string, std::less<>>;

constexpr std::size_t kLongestPhrase = 6; // words

// Lower case; hyphens and dots inside words stay.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : asciiLower(text)) {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '-' ||
                            c == '.' || c == '%' || (static_cast<unsigned char>(c) >= 0x80);
        if (inside) {
            words.back().push_back(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    for (std::string& word : words) {
        const auto first = word.find_first_not_of(".'-");
        const auto last = word.find_last_not_of(".'-");
        word = first == std::string::npos ? std::string() : word.substr(first, last - first + 1);
    }
    std::erase_if(words, [](const std::string& word) { return word.empty(); });
    return words;
}

// Words that end a noun phrase.
const Words& phraseEnds()
{
    static const Words all = {
        "is",    "are",    "was",    "were",    "be",     "been",    "do",      "does",    "did",
        "may",   "must",   "can",    "could",   "should", "shall",   "will",    "would",   "has",
        "have",  "had",    "am",     "i",       "we",     "you",     "they",    "he",      "she",
        "it",    "to",     "in",     "on",      "of",     "per",     "at",      "for",     "with",
        "while", "before", "after",  "if",      "when",   "by",      "from",    "until",   "till",
        "that",  "which",  "who",    "the",     "a",      "an",      "and",     "or",      "about",
        "under", "inside", "during", "without", "within", "against", "between", "through", "his",
        "her",   "their",  "my",     "our",     "your",   "its",     "there",   "not",     "no"};
    return all;
}

// The last word of the noun phrase that begins at `from`.
std::optional<std::string> headFrom(const std::vector<std::string>& words, std::size_t from)
{
    static const Words skipped = {"the", "a", "an", "our", "my", "of", "any"};
    std::optional<std::string> head;
    std::size_t length = 0;
    for (std::size_t i = from; i < words.size() && length < kLongestPhrase; ++i) {
        if (head && phraseEnds().contains(words[i])) {
            break;
        }
        if (skipped.contains(words[i])) {
            continue;
        }
        if (phraseEnds().contains(words[i])) {
            break;
        }
        head = words[i];
        ++length;
    }
    return head;
}

std::optional<std::string> askedNoun(const std::vector<std::string>& words)
{
    static const Words naming = {"what", "which", "whose"};
    static const Words other = {"who",  "when", "where", "why", "can", "may",
                                "does", "is",   "are",   "do",  "am",  "should"};
    if (const auto how = std::ranges::find(words, "how"); how != words.end()) {
        const auto at = static_cast<std::size_t>(how - words.begin());
        const bool amount = at + 1 < words.size() && (words[at + 1] == "many" || words[at + 1] == "much");
        return amount ? headFrom(words, at + 2) : std::nullopt;
    }
    const auto what =
        std::ranges::find_if(words, [](const std::string& word) { return naming.contains(word); });
    if (what != words.end()) {
        static const Words being = {"is", "are", "was", "were"};
        auto at = static_cast<std::size_t>(what - words.begin()) + 1;
        if (at < words.size() && being.contains(words[at])) {
            ++at;
        }
        return headFrom(words, at);
    }
    const bool asks =
        std::ranges::any_of(words, [](const std::string& word) { return other.contains(word); });
    return asks ? std::nullopt : headFrom(words, 0);
}

} // namespace

QuestionForm formOf(std::string_view question)
{
    static const RE2 price(
        R"(\b(costs?|fee|price|salary|fine|penalty|compensation|allowance|reward|bonus|discount|)"
        R"(pay do|be paid|charge|prize)\b)");
    static const RE2 telephone(R"(phone|extension|\bdial\b|number of the|which number)");
    static const RE2 past(
        R"(\b(did|were|was|had|have we|(last|this) (year|month|week|quarter)|in 20\d\d|)"
        R"(in (january|february|march|april|june|july|august|september|october|november|december)|)"
        R"(right now|currently|so far|on average|are there|are in|employ|employed|do we (run|operate|own))\b)");
    static const RE2 count(R"(\b(how many|number of)\b)");
    // "by how many minutes could it be moved", "how many days did a customer have": a limit of the time.
    static const RE2 limit(R"(\b(after|by|within|in|for|every|from|until|to) how many\b|)"
                           R"(\bhow many (business |working |calendar )?)"
                           R"((seconds|minutes|hours|days|weeks|months|quarters|years)\b)");
    const std::string lower = asciiLower(question);
    QuestionForm form;
    form.noun = askedNoun(wordsOf(question));
    form.price = RE2::PartialMatch(lower, price);
    form.telephone = RE2::PartialMatch(lower, telephone);
    form.tally =
        RE2::PartialMatch(lower, count) && RE2::PartialMatch(lower, past) && !RE2::PartialMatch(lower, limit);
    return form;
}

} // namespace plumbline::assistant
