// A retrieval profile: every number that decides a ranking, as one named value stored with every result.
#pragma once

#include <cstddef>
#include <string>

#include "app/corpus/chunker.h"

namespace plumbline::retrieval {

struct Profile {
    std::string name = "default";
    corpus::ChunkSizes chunks; // used when indexing; the rest at query time
    double bm25K1 = 1.0;       // Okapi BM25, Robertson & Zaragoza 2009
    double bm25B = 0.6;
    double vectorWeight = 0.3;  // weight of the cosine in the score fusion; 0 = lexical only
    double synonymWeight = 0.5; // weight of a synonym's terms against the asked ones
    double headingWeight = 0.1; // re-ranking features; 0 = not used
    double phraseWeight = 0.15;
    double proximityWeight = 0.05;
    double identifierWeight = 0.03;
    int latentDimensions = 200;
    std::string embedder;              // an embeddings endpoint of workspace.yaml; empty = the latent space
    std::string documentPrefix;        // put before each text when indexing, for models that want it
    std::string queryPrefix;           // likewise before the question
    std::string reranker;              // a rerank endpoint of workspace.yaml; empty = the features alone
    double rerankerWeight = 1;         // 0..1: share of the endpoint's relevance in the final score
    std::size_t rerankCandidates = 50; // passages sent to the endpoint
    std::size_t candidates = 200;      // taken from each stage into the fusion
    std::size_t top = 10;              // passages shown or answered from
};

} // namespace plumbline::retrieval
