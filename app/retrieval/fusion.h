// From the two scores of a chunk to one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "app/retrieval/lexical_shards.h"
#include "app/retrieval/profile.h"

namespace plumbline::retrieval {

// BM25 as a share of what a chunk full of the asked terms would have: a scale that holds across questions.
// `ideal`: BM25 of a chunk of average length with every asked term once.
inline double lexicalShare(double lexical, double ideal, const Profile& profile)
{
    return ideal <= 0 ? 0 : std::clamp(lexical / ((profile.bm25K1 + 1) * ideal), 0.0, 1.0);
}

// 0..1
inline double fuse(double lexical, double ideal, double cosine, const Profile& profile)
{
    const double weight = std::max(0.0, profile.vectorWeight);
    return (lexicalShare(lexical, ideal, profile) + weight * std::clamp(cosine, 0.0, 1.0)) / (1 + weight);
}

} // namespace plumbline::retrieval
