// Weights of the logistic models of the answerer. The .cpp is written by tests/quality/fit_answerability.py;
// how they are fitted: resources/docs/decisions/answerability.md.
#pragma once

#include <array>

#include "app/assistant/signals.h"

namespace plumbline::assistant {

// Of a sentence: does it answer?
extern const double kUnitBias;
extern const Signals kUnitWeights;

// Of the best sentence's signals, its log-odds, and the list's lexical, vector and margin (struct Evidence):
// do the documents answer? Are they about this at all?
using EvidenceWeights = std::array<double, kSignals + 4>;
extern const double kAnsweredBias;
extern const EvidenceWeights kAnsweredWeights;
extern const double kOnTopicBias;
extern const EvidenceWeights kOnTopicWeights;

} // namespace plumbline::assistant
