// The figures of one answer that metrics are made of, each 0..1. Formulas: resources/docs/evals.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/evals/check.h"

namespace plumbline::evals {

using Figures = std::map<std::string, double, std::less<>>;

// How the ranked list did, where the case names documents: "hit@1", "hit@5", "mrr" (Voorhees 1999) and
// "ndcg@10" (Järvelin & Kekäläinen 2002, one grade), over documents, each at its best passage. With a version
// expected the first document counts in that version alone.
Figures retrievalFigures(const Expectation& expected, const std::vector<retrieval::Passage>& ranked);

// All figures of an answer: the above and, for what was answered, "grounded", "hallucinated",
// "citation_precision", "citation_recall"; for every answer "policy_compliant", each rule of it
// as "policy:RULE", and "format_ok". What does not
// apply, or cannot be checked here, is not among them. `results` are those of the case's assertions: what
// they found is not found again.
Figures figuresOf(const CheckInput& input, const std::vector<AssertionResult>& results);

} // namespace plumbline::evals
