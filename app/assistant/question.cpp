#include "app/assistant/question.h"

#include <algorithm>
#include <array>
#include <set>

namespace plumbline::assistant {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kShortFollowUp = 7; // words

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : asciiLower(text)) {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || (static_cast<unsigned char>(c) >= 0x80);
        if (inside) {
            words.back().push_back(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

template <std::size_t N>
bool holdsAny(const std::string& padded, const std::array<std::string_view, N>& phrases)
{
    return std::ranges::any_of(phrases, [&](std::string_view phrase) { return padded.find(phrase) != std::string::npos; });
}

Expected expectedOf(std::string_view text)
{
    static constexpr std::array kQuantity = {
        " how long "sv, " how many "sv, " how much "sv, " how often "sv, " how soon "sv,   " how quickly "sv, " how fast "sv, " how old "sv,
        " when "sv,     " what time "sv, " by when "sv,  " limit "sv,     " deadline "sv,   " maximum "sv,     " minimum "sv,  " max "sv,
        " percent "sv,  " percentage "sv, " threshold "sv, " how far "sv, " how large "sv,  " how big "sv,     " how late "sv, " cut off "sv,
        " how high "sv, " how low "sv,   " time frame "sv, " window "sv};
    static constexpr std::array kPerson = {" who "sv, " whom "sv, " whose "sv, " which role "sv, " which team "sv, " by whom "sv};
    static constexpr std::array kSteps = {" how do "sv,    " how to "sv,   " how can "sv,   " what steps "sv, " steps "sv, " procedure "sv,
                                          " what should "sv, " what do i "sv, " what do we "sv, " how should "sv, " what must "sv};
    std::string padded = " ";
    for (const std::string& word : wordsOf(text)) {
        padded += word + ' ';
    }
    if (holdsAny(padded, kQuantity)) {
        return Expected::Quantity;
    }
    if (holdsAny(padded, kPerson)) {
        return Expected::Person;
    }
    return holdsAny(padded, kSteps) ? Expected::Steps : Expected::Anything;
}

} // namespace

Question analyse(std::string_view text, const retrieval::TextModel& words)
{
    Question question;
    question.text = std::string(text);
    question.expected = expectedOf(text);
    question.synonyms = words.synonymTerms(text);
    question.meaning = words.embed(text);
    std::set<std::string> seen;
    for (const retrieval::Term& term : words.terms(text)) {
        if (term.stopWord || !seen.insert(term.text).second) {
            continue;
        }
        QuestionTerm asked{term.text, words.rarity(term.text), words.known(term.text), term.identifier || term.number, {}};
        if (asked.known) {
            asked.meaning = words.embed(CodePoints(text).slice(term.span));
        }
        question.weight += asked.weight;
        question.terms.push_back(std::move(asked));
    }
    return question;
}

std::string standalone(std::string_view text, const std::vector<std::string>& earlier)
{
    if (earlier.empty()) {
        return std::string(text);
    }
    static const std::set<std::string, std::less<>> kLeaning = {"it",   "they", "them", "that", "this", "those", "these", "its",
                                                               "their", "then", "there", "he", "she", "one", "same", "instead"};
    static const std::set<std::string, std::less<>> kOpening = {"and", "or", "but", "also", "what about", "so"};
    const std::vector<std::string> words = wordsOf(text);
    const bool opens = !words.empty() && (kOpening.contains(words.front()) ||
                                          (words.size() > 1 && kOpening.contains(words[0] + " " + words[1])));
    const bool leans = std::ranges::any_of(words, [](const std::string& word) { return kLeaning.contains(word); });
    if (!opens && !leans && words.size() > 3) {
        return std::string(text);
    }
    // A chain of follow-ups leads back to the question that named the subject.
    std::string before = earlier.back();
    for (std::size_t i = earlier.size() - 1; i > 0 && wordsOf(earlier[i]).size() < kShortFollowUp; --i) {
        before = earlier[i - 1] + " " + before;
    }
    return before + " " + std::string(text);
}

} // namespace plumbline::assistant
