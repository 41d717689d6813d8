#include "app/llm/openai_embedder.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "app/base/text.h"
#include "app/llm/json_fields.h"

namespace plumbline::llm {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLargestBatch = 64;

bool isTooLarge(const net::HttpReply& reply)
{
    const std::string said = asciiLower(reply.body);
    switch (reply.head.status) {
    case 413:
        return true;
    case 400:
    case 422:
    case 500: // llama.cpp: "input is too large to process"
        return said.find("too large") != std::string::npos || said.find("too many") != std::string::npos ||
               said.find("batch size") != std::string::npos || said.find("maximum") != std::string::npos;
    default:
        return false;
    }
}

bool refusesDimensions(const net::HttpReply& reply)
{
    return (reply.head.status == 400 || reply.head.status == 422) &&
           asciiLower(reply.body).find("dimension") != std::string::npos;
}

tl::unexpected<Error> nonsense(std::string message)
{
    return failure(ErrorCode::Network, std::move(message));
}

Result<std::vector<float>> vectorOf(const nlohmann::json& values)
{
    std::vector<float> vector;
    if (!values.is_array() || values.empty())
        return nonsense("answers with an embedding that is no list of numbers");
    vector.reserve(values.size());
    double squares = 0;
    for (const auto& each : values) {
        const double value = each.is_number() ? each.get<double>() : std::nan("");
        if (!std::isfinite(value))
            return nonsense("answers with an embedding that is no list of numbers");
        vector.push_back(static_cast<float>(value));
        squares += value * value;
    }
    const double length = std::sqrt(squares);
    if (length > 0 && std::isfinite(length)) {
        for (float& each : vector)
            each = static_cast<float>(each / length);
    }
    return vector;
}

} // namespace

OpenAiEmbedder::OpenAiEmbedder(EndpointClient client)
    : m_client(std::move(client)),
      m_dimensions(static_cast<std::size_t>(std::max(m_client.endpoint().dimensions, 0))),
      m_batch(kLargestBatch)
{
}

std::string OpenAiEmbedder::identity() const
{
    const Endpoint& endpoint = m_client.endpoint();
    return endpoint.model + (endpoint.dimensions > 0 ? "@" + std::to_string(endpoint.dimensions) : "");
}

Result<std::vector<std::vector<float>>> OpenAiEmbedder::embed(std::span<const std::string> texts,
                                                              std::stop_token stop) const
{
    Vectors all;
    all.reserve(texts.size());
    while (!texts.empty()) {
        const std::size_t count = std::min<std::size_t>(m_batch, texts.size());
        auto vectors = embedBatch(texts.first(count), stop);
        if (!vectors)
            return vectors;
        // Fewer: the batch was too large, and only its beginning was asked for.
        texts = texts.subspan(vectors->size());
        std::ranges::move(*vectors, std::back_inserter(all));
    }
    return all;
}

Result<std::vector<std::vector<float>>> OpenAiEmbedder::embedBatch(std::span<const std::string> texts,
                                                                   std::stop_token stop) const
{
    while (true) {
        Json body = {{"model", m_client.endpoint().model},
                     {"input", std::vector<std::string>(texts.begin(), texts.end())}};
        const bool statesDimensions = m_client.endpoint().dimensions > 0 && m_statesDimensions;
        if (statesDimensions)
            body["dimensions"] = m_client.endpoint().dimensions;
        const auto outcome =
            m_client.post("/embeddings", body.dump(-1, ' ', false, Json::error_handler_t::replace), stop);
        const net::HttpResult& reply = outcome.result;
        if (reply && reply->head.status < 300) {
            auto vectors = vectorsOf(reply->body, texts.size());
            if (!vectors)
                return tl::unexpected(m_client.nonsense(vectors.error()));
            return vectors;
        }
        if (reply && statesDimensions && refusesDimensions(*reply)) {
            m_statesDimensions = false; // it may send that many anyway; checkDimensions() sees
        } else if (reply && texts.size() > 1 && isTooLarge(*reply)) {
            texts = texts.first(texts.size() / 2);
            m_batch = std::min<std::size_t>(m_batch, texts.size());
        } else {
            return tl::unexpected(m_client.errorOf(reply));
        }
    }
}

Result<std::vector<std::vector<float>>> OpenAiEmbedder::vectorsOf(std::string_view body,
                                                                  std::size_t count) const
{
    const auto parsed = parseServerJson(body);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const nlohmann::json& items = fieldOf(parsed->value, "data");
    if (!items.is_array() || items.size() != count)
        return nonsense("answers with " + std::to_string(items.is_array() ? items.size() : 0) +
                        " embeddings for " + std::to_string(count) + " texts; is the url right?");
    Vectors vectors(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto index =
            static_cast<std::size_t>(countOf(items[i], "index").value_or(static_cast<std::int64_t>(i)));
        if (index >= count || !vectors[index].empty())
            return nonsense("answers with an embedding twice or for no text (index " + std::to_string(index) +
                            ")");
        auto vector = vectorOf(fieldOf(items[i], "embedding"));
        if (!vector)
            return tl::unexpected(vector.error());
        vectors[index] = std::move(*vector);
    }
    if (const auto checked = checkDimensions(vectors); !checked)
        return tl::unexpected(checked.error());
    return vectors;
}

Result<void> OpenAiEmbedder::checkDimensions(const Vectors& vectors) const
{
    std::size_t expected = 0; // becomes that of the first vector that any thread gets
    if (m_dimensions.compare_exchange_strong(expected, vectors.front().size()))
        expected = vectors.front().size();
    const auto other = std::ranges::find_if(
        vectors, [&](const std::vector<float>& vector) { return vector.size() != expected; });
    if (other == vectors.end())
        return {};
    return nonsense("answers with embeddings of " + std::to_string(other->size()) + " dimensions where " +
                    std::to_string(expected) + " were expected; correct models." + m_client.endpoint().name +
                    ".dimensions, or the model");
}

} // namespace plumbline::llm
