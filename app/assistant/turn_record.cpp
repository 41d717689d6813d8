#include "app/assistant/turn_record.h"

#include <nlohmann/json.hpp>

#include "app/base/digest.h"

namespace plumbline::assistant {

namespace {

nlohmann::ordered_json profileRecord(const retrieval::Profile& profile)
{
    return {{"name", profile.name},
            {"chunk_target_words", profile.chunks.targetWords},
            {"chunk_max_words", profile.chunks.maxWords},
            {"bm25_k1", profile.bm25K1},
            {"bm25_b", profile.bm25B},
            {"vector_weight", profile.vectorWeight},
            {"synonym_weight", profile.synonymWeight},
            {"heading_weight", profile.headingWeight},
            {"phrase_weight", profile.phraseWeight},
            {"proximity_weight", profile.proximityWeight},
            {"identifier_weight", profile.identifierWeight},
            {"latent_dimensions", profile.latentDimensions},
            {"candidates", profile.candidates},
            {"top", profile.top}};
}

} // namespace

std::string recordOf(const TurnRequest& request, std::int64_t generation)
{
    const nlohmann::ordered_json record = {{"question", request.question},
                                           {"earlier", request.earlier},
                                           {"as_of", plumbline::toString(request.asOf)},
                                           {"profile", profileRecord(request.profile)},
                                           {"prompt", request.prompt},
                                           {"model", request.model},
                                           {"generation", generation}};
    return record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string traceId(const TurnRequest& request, std::int64_t generation)
{
    return sha256Hex(recordOf(request, generation) + "\n" + PLUMBLINE_VERSION).substr(0, 16);
}

retrieval::SearchRequest searchOf(const TurnRequest& request, const std::string& asked)
{
    return {asked, request.asOf, request.profile, request.profile.top, false};
}

} // namespace plumbline::assistant
