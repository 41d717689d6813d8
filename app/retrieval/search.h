// What a search is asked and what it answers: plain values, shared by the command, the assistant and both
// pages.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/corpus/applicability.h"
#include "app/corpus/document.h"
#include "app/retrieval/profile.h"
#include "app/retrieval/text_model.h"

namespace plumbline::retrieval {

struct SearchRequest {
    std::string query;
    Date asOf;
    Profile profile;
    std::size_t top = 10;
    bool explain = false; // also what the gate kept out (SearchResult::dropped); the ranked list is the same
    bool texts = true;    // also text, units and matches of each passage; the ranked list is the same
};

struct StageScores {
    double lexical = 0; // BM25
    double vector = 0;  // cosine, by the profile's embedder or in the latent semantic space
    double fused = 0;
    double rerank = 0; // the features, the endpoint's relevance, or both by their weights
    std::optional<double> relevance =
        std::nullopt; // 0..1, as a rerank endpoint gave it; none when it was not asked
};

// A query term found in a passage, with its share of the lexical score.
struct TermMatch {
    std::string term;
    double weight = 0;
};

// A piece of a document's stored text.
struct Slice {
    Span span;
    std::string text;
};

// A chunk that a search brought up.
struct Passage {
    int rank = 0; // from 1
    std::int64_t documentKey = 0;
    std::int64_t chunkKey = 0;
    std::uint32_t ordinal = 0; // in the generation searched
    std::string document;      // id
    std::string title;
    std::string version;
    corpus::Approval approval = corpus::Approval::None;
    std::string path;    // relative to the workspace; empty for imported rows
    std::string heading; // path of headings inside the document
    Span span;           // code points into the document's stored text
    std::string text;    // the slice of the stored text
    double score = 0;    // 0..1, the order of the list
    StageScores scores;
    // What the ranking without endpoints makes of it: the rule of refusal was fitted to these two. Without
    // endpoints they are scores.vector and score.
    double latentCosine = 0;
    double embeddedScore = 0;
    std::vector<TermMatch> matches;
    std::vector<corpus::Unit> units; // spans into the document's stored text
    std::vector<Slice> outside; // what its units refer to outside `span`: the header of a table that was cut
};

// A passage that would have ranked, had its document been usable at the date.
struct Dropped {
    std::string document;
    std::string title;
    std::string version;
    corpus::Verdict verdict = corpus::Verdict::Usable;
    bool fileGone = false; // the file was deleted after it was indexed
    double score = 0;
    std::string heading;
};

struct SearchResult {
    std::vector<Passage> passages;
    std::vector<Dropped> dropped; // best first
    std::int64_t generation = 0;
    std::size_t usableChunks = 0; // after the gate
    std::size_t chunks = 0;       // before it
    double milliseconds = 0;
    std::vector<std::string> expansions; // synonyms that were added to the query
    std::string profile;                 // its name
    std::string embedder;                // identity of what `scores.vector` is by; empty = the latent space
    std::string reranker;                // identity of the endpoint that reranked; empty = the features alone
    double maximumLexical = 0;           // BM25 of a passage that holds every query term, for scale
    std::shared_ptr<const TextModel> words; // of the generation searched
};

// "Why is this document not higher?"
struct WhyNot {
    std::string document;
    std::string verdict; // in words: "rank 14; 3 of 5 query terms: ..." or "dropped: expired on 2024-01-01"
    std::vector<std::string> missingTerms;
    StageScores scores; // of its best chunk
    int rank = 0;       // 0 = not among the candidates
};

// The slice of the document's stored text under `span`: from the passage, or from what it keeps of the
// outside; else empty.
std::string textAt(const Passage& passage, const Span& span);

} // namespace plumbline::retrieval
