// Re-ranking many candidates of one query: cut by number, so that no word is copied.
#pragma once

#include <string_view>
#include <vector>

#include "app/retrieval/ranked_index.h"
#include "app/retrieval/text_analysis.h"

namespace plumbline::retrieval {

std::vector<RerankFeatures> rerankFeatures(TextAnalyser& analyser, std::string_view query,
                                           const std::vector<ChunkText>& chunks);

} // namespace plumbline::retrieval
