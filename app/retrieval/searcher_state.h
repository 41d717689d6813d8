// What a searcher keeps between searches, for the files of this room that search.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/retrieval/loaded_generation.h"
#include "app/retrieval/query_vectors.h"
#include "app/retrieval/searcher.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

struct Searcher::State {
    enum class Side { Usable, KeptOut }; // of the gate

    // A search under way: it holds the lock, but for the time that it waits for an endpoint.
    struct Work {
        std::unique_lock<std::mutex> lock;
        store::Database database;
        const SearchRequest& request;
        std::stop_token stop;
        std::chrono::steady_clock::time_point begun; // when it had the lock, and the generation open
        std::vector<float> vector; // of the question, by the profile's embedder; empty = the latent space
        std::string vectorOf;      // its identity
        std::string reranker;      // identity of what reranked; empty = the features alone

        IndexQuery query() const { return {request.query, vector}; }
    };

    std::filesystem::path home;
    std::filesystem::path folder;
    Synonyms synonyms;
    ModelServices services;
    QueryVectors questions;
    std::mutex mutex; // over what stands below
    std::unique_ptr<LoadedGeneration> loaded;
    std::set<std::int64_t> sound; // documents whose stored text was held against its digest

    // searcher.cpp
    Result<void> follow(store::Database& database);
    Result<void> load(store::Database& database, std::int64_t generation);
    Result<Work> begin(const SearchRequest& request, const std::stop_token& stop);
    bool isGone(const DocumentFacts& document) const;
    Result<void> addDropped(const Work& work, SearchResult& result);
    Result<void> fill(Work& work, std::vector<Passage>& passages);
    Result<void> take(Work& work, bool oncePerDocument, std::vector<Passage>& ranked, SearchResult& result);
    Result<SearchResult> search(const SearchRequest& request, Side side, bool oncePerDocument,
                                const std::stop_token& stop);

    // searcher_order.cpp: the one ranked list, and what endpoints add to it
    Result<void> embedQuestion(Work& work);
    Result<void> checkVectors(const llm::Embedder& embedder, const Work& work) const;
    Passage passageOf(const Candidate& candidate) const;
    Result<std::vector<Passage>> fused(const Work& work, Side side) const;
    Result<void> addFeatures(Work& work, std::vector<Passage>& ranked, std::size_t looked) const;
    Result<std::shared_ptr<const llm::Reranker>> chooseReranker(const Profile& profile) const;
    Result<bool> addRelevance(Work& work, const llm::Reranker& reranker, std::vector<Passage>& ranked,
                              std::size_t looked);
    Result<std::vector<Passage>> rank(Work& work, Side side);

    // searcher_why.cpp
    Result<WhyNot> why(const SearchRequest& request, std::string_view document, const std::stop_token& stop);
    Result<WhyNot> whyRanked(Work& work, std::size_t position);
};

} // namespace plumbline::retrieval
