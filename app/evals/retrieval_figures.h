// How well a ranked list brings up the documents that a case asks for.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/evals/suite.h"
#include "app/retrieval/search.h"

namespace plumbline::evals {

// For each distinct document version of the list, best first: whether the case asks for it. An expected
// version holds for the first expected document.
std::vector<bool> relevanceOf(const std::vector<retrieval::Passage>& passages, const Expectation& expected);

// 1 when one of the first `k` is relevant, else 0.
double hitAt(const std::vector<bool>& relevance, std::size_t k);

// 1 / the place of the first relevant one, 0 without any.
double reciprocalRank(const std::vector<bool>& relevance);

// Normalised discounted cumulative gain, Järvelin & Kekäläinen 2002, gains of 1; `relevant` = how many there
// are. 0..1.
double ndcgAt(const std::vector<bool>& relevance, std::size_t k, std::size_t relevant);

} // namespace plumbline::evals
