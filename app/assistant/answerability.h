// Do the documents answer this question? A calibrated probability from several signals, not one raw threshold.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/assistant/question.h"
#include "app/assistant/unit_ranking.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

// Each 0..1 unless said otherwise.
struct Signals {
    double lexical = 0;         // BM25 of the best passage over that of a passage with every term
    double vector = 0;          // best cosine among the passages
    double unitCoverage = 0;    // best sentence: share of the question's term weight in it
    double unitContext = 0;     // … with its headings and title
    double unitMeaning = 0;     // … cosine
    double passageCoverage = 0; // best passage with headings and title
    double softCoverage = 0;    // the same, words that are near in the latent space counting in part
    double missing = 0;         // rarest known question term that the best passage lacks, against the rarest of all
    double unknown = 0;         // share of term weight no document has
    double exactMissing = 0;    // share of the identifiers and numbers asked for that the best passage lacks
    double fits = 0;            // 1 = the best sentence holds the kind of thing asked for
    double margin = 0;          // how far the best document stands above the next
    double terms = 0;           // number of content terms / 10, at most 1

    std::vector<std::pair<std::string, double>> named() const; // for traces and for fitting
};

Signals measure(const Question& question, const retrieval::SearchResult& search, const std::vector<RankedUnit>& units);

// Logistic regression over the signals; how it was fitted: resources/docs/decisions/answerability.md.
double probabilityAnswered(const Signals& signals);
double probabilityOnTopic(const Signals& signals);

// Below these the assistant refuses.
inline constexpr double kAnswerFrom = 0.5;
inline constexpr double kOnTopicFrom = 0.5;

} // namespace plumbline::assistant
