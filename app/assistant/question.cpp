#include "app/assistant/question.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/assistant/gaps.h"
#include "app/assistant/generic_words.h"

namespace plumbline::assistant {

namespace {

constexpr std::size_t kShortFollowUp = 7; // words
constexpr double kFittedRarest = 7.544;   // ln(1 + 945.5 / 0.5): the sample workspace has 945 chunks

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : asciiLower(text)) {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' ||
                            (static_cast<unsigned char>(c) >= 0x80);
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

TermSet termsOf(std::string_view text, const retrieval::TextModel& words)
{
    TermSet set;
    for (retrieval::Term& term : words.terms(text)) {
        set.insert(std::move(term.text));
    }
    return set;
}

// Gives each term what the synonyms offer for the phrase it stands in.
void addAlternatives(Question& question, const std::vector<retrieval::Alternative>& alternatives)
{
    for (const retrieval::Alternative& alternative : alternatives) {
        for (QuestionTerm& term : question.terms) {
            if (std::ranges::find(alternative.said, term.text) != alternative.said.end()) {
                term.others.insert(term.others.end(), alternative.others.begin(), alternative.others.end());
            }
        }
    }
}

} // namespace

Question analyse(std::string_view text, const retrieval::TextModel& words)
{
    Question question;
    question.text = std::string(text);
    question.expected = expectationOf(text);
    question.parts = partsOf(text);
    question.counted = countedNoun(text);
    question.form = formOf(text);
    const TermSet noun = question.form.noun ? termsOf(*question.form.noun, words) : TermSet();
    question.meaning = words.embed(text);
    const CodePoints points(text);
    // What is rare depends on how many chunks there are; the weights were fitted where an unknown word has
    // kFittedRarest.
    const double scale = kFittedRarest / words.rarity("\x1f");
    std::set<std::string> seen;
    Span whole;
    Follows follows = Follows::Nothing;
    for (const retrieval::Term& term : words.terms(text)) {
        const bool part = term.span == whole;
        whole = term.span;
        if (term.stopWord) {
            follows = followsWord(points.slice(term.span));
            continue;
        }
        const Follows before = part ? Follows::Term : std::exchange(follows, Follows::Term);
        if (!seen.insert(term.text).second) {
            continue;
        }
        QuestionTerm asked;
        asked.text = term.text;
        asked.weight = words.rarity(term.text) * scale;
        asked.known = words.known(term.text);
        asked.generic = isGeneric(points.slice(term.span)) || isGeneric(term.text);
        asked.exact = term.identifier || term.number;
        asked.part = part;
        asked.follows = before;
        asked.noun = !part && noun.contains(term.text);
        question.weight += asked.weight;
        question.subjectWeight += asked.generic ? 0 : asked.weight;
        question.terms.push_back(std::move(asked));
    }
    addAlternatives(question, words.alternatives(text));
    return question;
}

bool holds(const TermSet& terms, const QuestionTerm& asked)
{
    return terms.contains(asked.text) ||
           std::ranges::any_of(asked.others, [&](const std::vector<std::string>& other) {
               return !other.empty() && std::ranges::all_of(other, [&](const std::string& term) {
                   return terms.contains(term);
               });
           });
}

std::string standalone(std::string_view text, const std::vector<std::string>& earlier)
{
    if (earlier.empty()) {
        return std::string(text);
    }
    static const std::set<std::string, std::less<>> kLeaning = {
        "it",    "they", "them",  "that", "this", "those", "these", "its",
        "their", "then", "there", "he",   "she",  "one",   "same",  "instead"};
    static const std::set<std::string, std::less<>> kOpening = {"and",  "or",         "but",
                                                                "also", "what about", "so"};
    const std::vector<std::string> words = wordsOf(text);
    const bool opens = !words.empty() && (kOpening.contains(words.front()) ||
                                          (words.size() > 1 && kOpening.contains(words[0] + " " + words[1])));
    const bool leans =
        std::ranges::any_of(words, [](const std::string& word) { return kLeaning.contains(word); });
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
