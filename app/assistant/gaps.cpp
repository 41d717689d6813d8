#include "app/assistant/gaps.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

using Words = std::set<std::string, std::less<>>;

constexpr double kMost = 2; // of one kind
constexpr double kMostPairs = 3;
constexpr double kRarest = 7.5;

bool isLacking(TermPlace place)
{
    return place >= TermPlace::Passage;
}

bool isFar(TermPlace place)
{
    return place >= TermPlace::Elsewhere;
}

// Neighbouring terms, by which of the two the sentence and its context lack.
struct Pairs {
    double both = 0;
    double firstLacks = 0;
    double secondLacks = 0;
    double none = 0;
    double firstFar = 0;
    double secondFar = 0;
    double rarest = 0; // of a first one that is lacking where the second is not

    void add(const QuestionTerm& first, TermPlace firstAt, TermPlace secondAt)
    {
        if (isLacking(firstAt) && isLacking(secondAt)) {
            none += 1;
        } else if (isLacking(firstAt)) {
            firstLacks += 1;
            firstFar += isFar(firstAt) ? 1 : 0;
            rarest = std::max(rarest, first.weight);
        } else if (isLacking(secondAt)) {
            secondLacks += 1;
            secondFar += isFar(secondAt) ? 1 : 0;
        } else {
            both += 1;
        }
    }
};

double share(double count, double most)
{
    return std::min(count, most) / most;
}

} // namespace

Follows followsWord(std::string_view stopWord)
{
    static const Words prepositions = {"of",    "for",    "in",      "on",     "at",    "to",      "from",
                                       "by",    "with",   "per",     "under",  "into",  "about",   "during",
                                       "after", "before", "against", "within", "until", "between", "without"};
    static const Words articles = {"a",    "an",  "the", "our", "my",  "any",   "each",  "one", "this",
                                   "that", "its", "his", "her", "new", "their", "every", "no"};
    static const Words verbs = {"do",   "does",  "did",   "may",      "must",      "can",   "could", "should",
                                "will", "shall", "would", "has",      "have",      "had",   "is",    "are",
                                "was",  "were",  "be",    "i",        "we",        "you",   "they",  "he",
                                "she",  "it",    "who",   "somebody", "something", "nobody"};
    const std::string word = asciiLower(stopWord);
    if (prepositions.contains(word)) {
        return Follows::Preposition;
    }
    if (articles.contains(word)) {
        return Follows::Article;
    }
    return verbs.contains(word) ? Follows::Verb : Follows::Other;
}

void measureGaps(Signals& signals, const Question& question, const std::vector<TermPlace>& places)
{
    std::array<double, kFollows> lacking{};
    std::array<double, kFollows> far{};
    Pairs pairs;
    std::size_t before = question.terms.size();
    for (std::size_t i = 0; i < question.terms.size(); ++i) {
        const QuestionTerm& term = question.terms[i];
        if (term.part) {
            continue;
        }
        const auto kind = static_cast<std::size_t>(term.follows);
        lacking[kind] += isLacking(places[i]) ? 1 : 0;
        far[kind] += isFar(places[i]) ? 1 : 0;
        if (term.follows == Follows::Term && before < i) {
            pairs.add(question.terms[before], places[before], places[i]);
        }
        before = i;
    }
    const auto set = [&](Signal signal, double value, std::size_t offset = 0) {
        signals[static_cast<std::size_t>(signal) + offset] = value;
    };
    for (std::size_t kind = 0; kind < kFollows; ++kind) {
        set(Signal::LackingAfter, share(lacking[kind], kMost), kind);
        set(Signal::FarAfter, share(far[kind], kMost), kind);
    }
    set(Signal::PairBoth, share(pairs.both, kMostPairs));
    set(Signal::PairFirstLacks, share(pairs.firstLacks, kMost));
    set(Signal::PairSecondLacks, share(pairs.secondLacks, kMost));
    set(Signal::PairNone, share(pairs.none, kMost));
    set(Signal::PairFirstFar, share(pairs.firstFar, kMost));
    set(Signal::PairSecondFar, share(pairs.secondFar, kMost));
    set(Signal::PairRarest, pairs.rarest / kRarest);
}

} // namespace plumbline::assistant
