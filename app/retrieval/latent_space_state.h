// What the latent space is made of, for the files of this room that write and read vectors.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/retrieval/lexical_shards.h"
#include "app/retrieval/randomised_svd.h"
#include "app/retrieval/ranked_index.h"
#include "app/retrieval/term_table.h"
#include "app/retrieval/text_analysis.h"

namespace plumbline::retrieval {

inline constexpr std::uint32_t kUnknownTerm = 0xFFFFFFFF;

struct WeightedTerm {
    std::uint32_t row = 0; // of the space
    float count = 0;
};

struct LatentSpace::State {
    // A sample of the writers' chunks, with the terms of all writers numbered as one.
    struct Sample {
        std::vector<std::string> terms;
        std::vector<std::uint32_t> holding; // sampled chunks that hold each term
        std::vector<std::vector<TermCount>> chunks;
    };
    static Sample sampleOf(const std::vector<const SegmentWriter*>& writers);
    void chooseTerms(const Sample& sample); // fills terms and weights
    SparseRows matrixOf(const Sample& sample) const;

    std::size_t dimensions = 0;
    std::vector<std::string> terms; // sorted
    std::vector<float> weights;     // inverse chunk frequency of each
    std::vector<float> axes;        // a row of `dimensions` for each
    std::string identity;
    TextMap<std::uint32_t> rows;

    void index();                // fills rows and identity
    std::string content() const; // as saved
    // Row of each term of the analyser's vocabulary, or kUnknownTerm.
    std::vector<std::uint32_t> rowsOf(const TextAnalyser& analyser) const;
    std::uint32_t rowOf(std::string_view term) const;
    // Unit vector of a text from its known terms; zero when there are none.
    void fold(const std::vector<WeightedTerm>& terms, std::span<float> vector) const;
};

} // namespace plumbline::retrieval
