// The lexical side of the index: one Xapian database (backend glass, without term lists) per segment, read as
// one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/retrieval/ranked_index.h"

namespace plumbline::retrieval {

// What an index that cannot be read is answered with.
tl::unexpected<Error> damaged(const std::filesystem::path& where, std::string_view what);

struct TermCount {
    std::uint32_t term = 0;
    std::uint32_t count = 0;
};

class LexicalWriter {
public:
    static Result<std::unique_ptr<LexicalWriter>> create(const std::filesystem::path& folder);
    ~LexicalWriter();
    LexicalWriter(const LexicalWriter&) = delete;
    LexicalWriter& operator=(const LexicalWriter&) = delete;

    using TextOf = const std::string& (*)(const void* context, std::uint32_t term);
    Result<void> add(const std::vector<TermCount>& terms, const void* context, TextOf textOf);
    Result<void> finish(); // committed and synced

private:
    struct State;
    explicit LexicalWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// A term of a query with what it counts, 1 for an asked one.
struct QueryTerm {
    std::string text;
    double weight = 1;
};

struct Bm25 {
    double k1 = 1.2;
    double b = 0.75;
};

struct LexicalHit {
    std::uint32_t ordinal = 0;
    double score = 0;
};

// Not thread-safe: the owner locks. Errors of every function: Corrupt.
class LexicalShards {
public:
    static Result<std::unique_ptr<LexicalShards>> open(const std::vector<std::filesystem::path>& folders);
    ~LexicalShards();
    LexicalShards(const LexicalShards&) = delete;
    LexicalShards& operator=(const LexicalShards&) = delete;

    std::size_t chunks() const;
    std::size_t chunks(std::size_t shard) const;
    Result<std::size_t> frequency(std::string_view term) const; // chunks that hold it

    // The best `count` allowed chunks that hold any of the terms, best first; ties in one fixed order.
    Result<std::vector<LexicalHit>> search(const std::vector<QueryTerm>& terms, const Bm25& parameters,
                                           const Allowed* allowed, std::size_t count) const;

    // BM25 of each chunk (ascending ordinals), 0 where it holds none of the terms; with the share of each
    // term where `shares` is given: shares[i][j] of chunk i and term j.
    Result<std::vector<double>> score(const std::vector<QueryTerm>& terms, const Bm25& parameters,
                                      const std::vector<std::uint32_t>& ordinals,
                                      std::vector<std::vector<double>>* shares) const;

private:
    struct State;
    explicit LexicalShards(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// ln(1 + (N - n + .5) / (n + .5)), the inverse frequency that BM25 is used with here.
double inverseFrequency(std::size_t chunks, std::size_t holding);

} // namespace plumbline::retrieval
