// What a segment holds while it is being written.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "app/retrieval/lexical_shards.h"
#include "app/retrieval/ranked_index.h"
#include "app/retrieval/text_analysis.h"

namespace plumbline::retrieval {

inline constexpr std::string_view kLexicalFolder = "lexical";
inline constexpr std::string_view kVectorFile = "vectors.bin";
inline constexpr std::string_view kEndpointVectorFile = "endpoint-vectors.bin"; // where an embedder is named

struct SegmentWriter::State {
    std::filesystem::path folder;
    std::unique_ptr<LexicalWriter> lexical;
    TextAnalyser analyser;
    std::vector<TermCount> counts;      // of all chunks, one after the other
    std::vector<std::size_t> ends;      // of each chunk in `counts`
    std::vector<Token> tokens;          // scratch
    std::vector<std::uint32_t> numbers; // scratch

    std::size_t chunks() const { return ends.size(); }
    std::span<const TermCount> chunk(std::size_t index) const
    {
        const std::size_t begin = index == 0 ? 0 : ends[index - 1];
        return std::span(counts).subspan(begin, ends[index] - begin);
    }
};

} // namespace plumbline::retrieval
