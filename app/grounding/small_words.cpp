#include <algorithm>
#include <array>

#include "app/grounding/terms.h"

namespace plumbline::grounding {

namespace {

template <std::size_t N>
bool in(const std::array<std::string_view, N>& sorted, std::string_view word)
{
    return std::ranges::binary_search(sorted, word);
}

template <std::size_t N>
consteval std::array<std::string_view, N> sorted(std::array<std::string_view, N> words)
{
    std::ranges::sort(words);
    return words;
}

constexpr auto kStop = sorted(std::to_array<std::string_view>(
    {"a",       "an",    "the",   "of",      "to",     "in",   "on",    "at",      "by",    "for",
     "with",    "from",  "and",   "or",      "as",     "is",   "are",   "was",     "were",  "be",
     "been",    "being", "it",    "its",     "this",   "that", "these", "those",   "they",  "them",
     "their",   "there", "he",    "she",     "his",    "her",  "him",   "hers",    "we",    "our",
     "us",      "you",   "your",  "i",       "my",     "me",   "mine",  "ours",    "yours", "theirs",
     "who",     "whom",  "whose", "which",   "what",   "when", "where", "while",   "will",  "do",
     "does",    "did",   "doing", "done",    "have",   "has",  "had",   "having",  "so",    "then",
     "if",      "into",  "about", "between", "among",  "also", "such",  "each",    "other", "another",
     "very",    "too",   "out",   "off",     "during", "via",  "per",   "because", "since", "through",
     "against", "until", "upon",  "whether", "how",    "why",  "same",  "own",     "again", "once",
     "here",    "s",     "t",     "d",       "m",      "re",   "ve",    "ll",      "just",  "than",
     "etc"}));

constexpr auto kNegations = sorted(std::to_array<std::string_view>(
    {"not", "no", "never", "without", "unable", "fail", "fails", "failed", "lack", "lacks", "lacking",
     "refuse", "refuses", "refused", "hardly", "barely", "nowhere", "cannot"}));

constexpr auto kContrasts = sorted(std::to_array<std::string_view>(
    {"but", "only", "instead", "except", "rather", "however", "unless", "despite", "although", "though"}));

constexpr auto kQuantifiers = sorted(std::to_array<std::string_view>(
    {"must",   "may",    "should",    "shall",   "can",     "could",    "might",   "would", "all",
     "every",  "some",   "most",      "many",    "few",     "several",  "any",     "both",  "half",
     "always", "often",  "sometimes", "usually", "rarely",  "least",    "exactly", "more",  "less",
     "fewer",  "before", "after",     "last",    "next",    "previous", "up",      "down",  "above",
     "below",  "over",   "under",     "within",  "outside", "each",     "none"}));

constexpr auto kDegrees = sorted(std::to_array<std::string_view>(
    {"small",        "large",  "big",        "slight",      "slightly",      "significant", "significantly",
     "major",        "minor",  "negligible", "substantial", "substantially", "huge",        "considerable",
     "considerably", "marked", "modest",     "minimal",     "massive",       "tiny",        "great",
     "greatly",      "entire", "entirely",   "complete",    "completely",    "partial",     "partially",
     "full",         "fully",  "mostly",     "mainly",      "largely",       "solely",      "exclusively",
     "extremely",    "highly", "nearly",     "almost",      "additional",    "extra",       "initial",
     "final"}));

} // namespace

bool isStop(std::string_view low)
{
    return in(kStop, low);
}

bool isNegation(std::string_view low)
{
    return in(kNegations, low);
}

bool isContrast(std::string_view low)
{
    return in(kContrasts, low);
}

bool isQuantifier(std::string_view low)
{
    return in(kQuantifiers, low);
}

bool isDegree(std::string_view low)
{
    return in(kDegrees, low);
}

} // namespace plumbline::grounding
