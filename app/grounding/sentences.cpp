#include <algorithm>
#include <array>

#include "app/base/text.h"
#include "app/grounding/terms.h"

namespace plumbline::grounding {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isAbbreviation(std::string_view word)
{
    static constexpr std::array<std::string_view, 22> kShort = {
        "mr", "mrs",  "ms",  "dr",  "prof", "st",  "vs",  "approx", "no", "inc", "ltd",
        "co", "corp", "sec", "art", "fig",  "e.g", "i.e", "etc",    "cf", "jr",  "u.s"};
    const std::string low = asciiLower(word);
    const bool initial = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z';
    return initial || std::ranges::find(kShort, low) != kShort.end();
}

// The word that ends right before `at`.
std::string_view wordBefore(std::string_view text, std::size_t at)
{
    std::size_t from = at;
    while (from > 0 && !isBlank(text[from - 1]) && text[from - 1] != '(') {
        --from;
    }
    return text.substr(from, at - from);
}

// "3." where a line starts
bool numbersAnItem(std::string_view text, std::size_t at, std::string_view before)
{
    const std::size_t from = at - before.size();
    const bool digits = !before.empty() && before.size() <= 2 &&
                        std::ranges::all_of(before, [](char c) { return c >= '0' && c <= '9'; });
    return digits && (from == 0 || text[from - 1] == '\n');
}

// Whether a sentence may start with the character at `at`: not with a small letter.
bool opensSentence(std::string_view text, std::size_t at)
{
    return at >= text.size() || !(text[at] >= 'a' && text[at] <= 'z');
}

// Behind the mark at `at` and its closing quotes, if a sentence ends there; else 0.
std::size_t endsAt(std::string_view text, std::size_t at)
{
    const char c = text[at];
    if (c != '.' && c != '!' && c != '?') {
        return 0;
    }
    const std::string_view before = wordBefore(text, at);
    if (c == '.' && (isAbbreviation(before) || numbersAnItem(text, at, before))) {
        return 0;
    }
    std::size_t end = at + 1;
    while (end < text.size() &&
           (text[end] == '"' || text[end] == '\'' || text[end] == ')' || text[end] == ']' ||
            text[end] == '.' || text[end] == '!' || text[end] == '?')) {
        ++end;
    }
    if (text.substr(end).starts_with("\xE2\x80\x9D") || text.substr(end).starts_with("\xE2\x80\x99")) {
        end += 3;
    }
    if (end < text.size() && !isBlank(text[end])) {
        return 0;
    }
    std::size_t next = end;
    while (next < text.size() && isBlank(text[next])) {
        ++next;
    }
    return opensSentence(text, next) ? end : 0;
}

// A line end ends a sentence unless the next line goes on with a small letter.
bool lineEnds(std::string_view text, std::size_t at)
{
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) {
        ++next;
    }
    return opensSentence(text, next);
}

void add(std::string_view text, std::size_t begin, std::size_t end, std::vector<SentenceRange>& out)
{
    while (begin < end && isBlank(text[begin])) {
        ++begin;
    }
    while (end > begin && isBlank(text[end - 1])) {
        --end;
    }
    if (end > begin) {
        out.push_back({begin, end});
    }
}

} // namespace

std::vector<SentenceRange> sentencesOf(std::string_view text)
{
    std::vector<SentenceRange> sentences;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::size_t end = endsAt(text, at);
        if (end == 0 && text[at] == '\n' && lineEnds(text, at)) {
            end = at + 1;
        }
        if (end > 0) {
            add(text, begin, end, sentences);
            begin = end;
            at = end - 1;
        }
    }
    add(text, begin, text.size(), sentences);
    return sentences;
}

} // namespace plumbline::grounding
