// From a question to weighted terms, and from two scores to one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "app/retrieval/lexical_shards.h"
#include "app/retrieval/profile.h"

namespace plumbline::retrieval {

// BM25 on a scale that holds across questions: against a chunk of average length that has every term once,
// `ideal`. Twice that is as good as it gets.
inline double lexicalShare(double lexical, double ideal)
{
    return ideal <= 0 ? 0 : std::clamp(lexical / (2 * ideal), 0.0, 1.0);
}

inline double fuse(double lexical, double ideal, double cosine, const Profile& profile)
{
    const double weight = std::max(0.0, profile.vectorWeight);
    return (lexicalShare(lexical, ideal) + weight * std::clamp(cosine, 0.0, 1.0)) / (1 + weight);
}

} // namespace plumbline::retrieval
