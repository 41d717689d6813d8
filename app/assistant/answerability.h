// Do the documents answer this question? A calibrated probability from several signals, not one raw
// threshold.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/assistant/question.h"
#include "app/assistant/unit_ranking.h"
#include "app/retrieval/search.h"

namespace plumbline::assistant {

// The signals of the best sentence, and four of the whole list.
struct Evidence {
    Signals best{};
    double bestScore = 0; // log-odds of the best sentence, -11..11
    double lexical = 0;   // BM25 of the best passage over that of a passage with every term, 0..1
    double vector = 0;    // best cosine among the passages
    double margin = 0;    // how far the best document stands above the next, 0..1

    std::vector<std::pair<std::string, double>> named() const; // for traces and for fitting
};

Evidence weigh(const Question& question, const retrieval::SearchResult& search,
               const std::vector<RankedUnit>& units);

// Logistic regressions on the tuning half of the golden suite; how and how well:
// resources/docs/decisions/answerability.md.
double probabilityAnswered(const Evidence& evidence);
double probabilityOnTopic(const Evidence& evidence);

// Below these the assistant refuses.
inline constexpr double kAnswerFrom = 0.5;
inline constexpr double kOnTopicFrom = 0.5;

} // namespace plumbline::assistant
