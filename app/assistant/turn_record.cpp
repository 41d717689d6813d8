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
            {"embedder", profile.embedder},
            {"document_prefix", profile.documentPrefix},
            {"query_prefix", profile.queryPrefix},
            {"reranker", profile.reranker},
            {"reranker_weight", profile.rerankerWeight},
            {"rerank_candidates", profile.rerankCandidates},
            {"candidates", profile.candidates},
            {"top", profile.top}};
}

const char* nameOf(prompts::Layout layout)
{
    return layout == prompts::Layout::List ? "list" : layout == prompts::Layout::Json ? "json" : "prose";
}

nlohmann::ordered_json parametersRecord(const llm::ModelParameters& parameters)
{
    nlohmann::ordered_json record = nlohmann::ordered_json::object();
    const auto take = [&](const char* key, const auto& value) {
        if (value) {
            record[key] = *value;
        }
    };
    take("temperature", parameters.temperature);
    take("top_p", parameters.topP);
    take("max_output_tokens", parameters.maxOutputTokens);
    take("seed", parameters.seed);
    record["stop"] = parameters.stop;
    record["logprobs"] = parameters.logprobs;
    return record;
}

// Parameters and form stand beside the digest: a playground changes them without writing a version.
nlohmann::ordered_json promptRecord(const prompts::PromptVersion& prompt)
{
    if (prompt.version == 0) {
        return kExtractive;
    }
    return {{"id", prompt.id()},
            {"digest", prompt.digest},
            {"parameters", parametersRecord(prompt.parameters)},
            {"layout", nameOf(prompt.form.layout)},
            {"max_sentences", prompt.form.maxSentences},
            {"answer_from", prompt.form.answerFrom},
            {"unsupported", prompt.form.unsupported == prompts::Unsupported::Mark ? "mark" : "withhold"}};
}

} // namespace

std::string recordOf(const TurnRequest& request, std::int64_t generation)
{
    const nlohmann::ordered_json record = {{"question", request.question},
                                           {"earlier", request.earlier},
                                           {"as_of", plumbline::toString(request.asOf)},
                                           {"profile", profileRecord(request.profile)},
                                           {"prompt", promptRecord(request.prompt)},
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
