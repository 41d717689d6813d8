#include "tests/support/fault_server/model_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <set>
#include <sstream>

#include <openssl/evp.h>

namespace plumbline::tests {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDimensions = 64;
constexpr std::size_t kSmallBatch = 4;

// Counts of letter triples, hashed (FNV-1a) into the dimensions, of unit length: alike texts, alike vectors.
std::vector<float> vectorOf(const std::string& text, std::size_t dimensions)
{
    std::vector<float> vector(dimensions, 0.0F);
    const std::string padded = " " + text + " ";
    for (std::size_t at = 0; at + 3 <= padded.size(); ++at) {
        std::uint32_t hash = 2166136261U;
        for (std::size_t i = at; i < at + 3; ++i)
            hash = (hash ^ static_cast<unsigned char>(padded[i])) * 16777619U;
        vector[hash % dimensions] += 1.0F;
    }
    float length = 0;
    for (const float each : vector)
        length += each * each;
    for (float& each : vector)
        each /= length > 0 ? std::sqrt(length) : 1.0F;
    return vector;
}

std::string base64Of(const std::vector<float>& vector)
{
    std::vector<unsigned char> bytes(vector.size() * sizeof(float));
    std::memcpy(bytes.data(), vector.data(), bytes.size());
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::vector<std::string> textsIn(const nlohmann::json& input)
{
    if (input.is_string())
        return {input.get<std::string>()};
    return input.get<std::vector<std::string>>();
}

void answerEmbeddings(Connection& connection, const nlohmann::json& request, const std::string& variant)
{
    const auto texts = textsIn(request.at("input"));
    if (variant == "small-batches" && texts.size() > kSmallBatch) {
        answerError(connection, 413, "input is too large to process. increase the physical batch size");
        return;
    }
    const std::size_t dimensions = request.value("dimensions", kDimensions);
    const bool base64 = request.value("encoding_format", "float") == "base64";
    Json vectors = Json::array();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto vector = vectorOf(texts[i], variant == "wrong-dimension" ? dimensions + i : dimensions);
        vectors.push_back({{"object", "embedding"},
                           {"index", i},
                           {"embedding", base64 ? Json(base64Of(vector)) : Json(vector)}});
    }
    std::ranges::reverse(vectors); // a client has to go by `index`
    const Json answer = {{"object", "list"},
                         {"data", vectors},
                         {"model", request.value("model", "")},
                         {"usage", {{"prompt_tokens", texts.size()}, {"total_tokens", texts.size()}}}};
    connection.reply(200, "application/json", answer.dump());
}

std::set<std::string> wordsOf(const std::string& text)
{
    std::istringstream in(text);
    std::set<std::string> words;
    for (std::string word; in >> word;)
        words.insert(word);
    return words;
}

double relevance(const std::set<std::string>& query, const std::string& document)
{
    const auto words = wordsOf(document);
    const auto shared = std::ranges::count_if(query, [&](const auto& word) { return words.contains(word); });
    return query.empty() ? 0 : static_cast<double>(shared) / static_cast<double>(query.size());
}

void answerRerank(Connection& connection, const nlohmann::json& request, const std::string& variant)
{
    const auto query = wordsOf(request.at("query").get<std::string>());
    std::vector<std::pair<double, std::size_t>> scored;
    for (const auto& document : request.at("documents")) {
        const std::string text =
            document.is_string() ? document.get<std::string>() : document.value("text", "");
        scored.emplace_back(relevance(query, text), scored.size());
    }
    std::ranges::stable_sort(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
    scored.resize(std::min(scored.size(), request.value("top_n", scored.size())));
    Json results = Json::array();
    for (const auto& [score, index] : scored) // "odd-scores": logits, as llama.cpp gives them
        results.push_back(
            {{"index", index}, {"relevance_score", variant == "odd-scores" ? score * 20 - 10 : score}});
    const Json answer = {{"model", request.value("model", "")},
                         {"object", "list"},
                         {"usage", {{"prompt_tokens", scored.size()}, {"total_tokens", scored.size()}}},
                         {"results", results}};
    connection.reply(200, "application/json", answer.dump());
}

void answerModels(Connection& connection, const std::string& path)
{
    const auto model = [](const std::string& id) {
        return Json{{"id", id}, {"object", "model"}, {"created", 1'700'000'000}, {"owned_by", "plumbline"}};
    };
    if (path == "/v1/models") {
        const Json list = {{"object", "list"},
                           {"data", Json::array({model("echo"), model("letters"), model("words")})}};
        connection.reply(200, "application/json", list.dump());
        return;
    }
    connection.reply(200, "application/json", model(path.substr(std::strlen("/v1/models/"))).dump());
}

void streamChat(Connection& connection, const nlohmann::json& request, const AnswerStyle& style)
{
    const auto events = chatEvents(request, style.variant);
    if (!connection.beginChunks("text/event-stream"))
        return;
    if (style.pace.count() > 0) {
        for (const std::string& event : events) {
            if (!connection.chunk(event) || !connection.pause(style.pace))
                return;
        }
    } else if (style.variant == "split-character") { // every byte on its own
        for (const std::string& event : events) {
            for (const char byte : event)
                connection.chunk({&byte, 1});
        }
    } else {
        std::string all;
        for (const std::string& event : events)
            all += event;
        connection.chunk(all);
    }
    if (style.variant == "keeps-open")
        connection.waitForPeer();
    connection.endChunks();
}

void answerChat(Connection& connection, const nlohmann::json& request, const AnswerStyle& style)
{
    const std::string model = request.value("model", "");
    if (model.starts_with("missing")) {
        answerError(connection, 404, "The model `" + model + "` does not exist");
        return;
    }
    if (style.variant == "no-schema" && request.contains("response_format")) {
        answerError(connection, 400, "Unsupported parameter: response_format");
        return;
    }
    if (style.variant == "no-stream-options" && request.contains("stream_options")) {
        answerError(connection, 400, "Unrecognized request argument supplied: stream_options");
        return;
    }
    if (style.variant == "no-max-tokens" && request.contains("max_tokens")) {
        answerError(connection, 400,
                    "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
        return;
    }
    if (request.value("stream", false) && style.variant != "no-stream") {
        streamChat(connection, request, style);
        return;
    }
    connection.reply(200, "application/json", wholeChat(request, style.variant).dump());
}

} // namespace

void answerError(Connection& connection, int status, const std::string& message, std::string_view moreHeaders)
{
    const Json error = {
        {"error",
         {{"message", message}, {"type", "invalid_request_error"}, {"param", nullptr}, {"code", nullptr}}}};
    connection.reply(status, "application/json", error.dump(), moreHeaders);
}

void answerProperly(Connection& connection, const ReceivedRequest& request, const std::string& path,
                    const AnswerStyle& style)
{
    if (request.method == "GET" && path.starts_with("/v1/models")) {
        answerModels(connection, path);
        return;
    }
    const auto json = nlohmann::json::parse(request.body, nullptr, false);
    try {
        if (json.is_discarded())
            answerError(connection, 400, "the body is not JSON");
        else if (path == "/v1/chat/completions")
            answerChat(connection, json, style);
        else if (path == "/v1/embeddings")
            answerEmbeddings(connection, json, style.variant);
        else if (path == "/v1/rerank")
            answerRerank(connection, json, style.variant);
        else
            answerError(connection, 404, "Unknown request URL: " + request.method + " " + path);
    } catch (const nlohmann::json::exception& error) {
        answerError(connection, 400, error.what());
    }
}

} // namespace plumbline::tests
