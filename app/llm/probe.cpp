#include "app/llm/probe.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/llm/http_reranker.h"
#include "app/llm/json_fields.h"
#include "app/llm/openai_chat_model.h"
#include "app/llm/openai_embedder.h"

namespace plumbline::llm {

namespace {

constexpr int kFewTokens = 16;
constexpr int kTokensForJson = 48;
const char* const kSchema = R"({"type":"object","properties":{"word":{"type":"string"}},)"
                            R"("required":["word"],"additionalProperties":false})";

std::string milliseconds(double time)
{
    return std::to_string(static_cast<int>(time + 0.5)) + " ms";
}

class Probing {
public:
    Probing(std::shared_ptr<const net::HttpClient> http, Endpoint endpoint, const Secret& key,
            std::stop_token stop, const std::function<void(const ProbeFinding&)>& onFinding)
        : m_http(std::move(http)), m_endpoint(std::move(endpoint)), m_key(key), m_stop(std::move(stop)),
          m_onFinding(onFinding)
    {
        m_endpoint.retries = 0;
    }

    std::vector<ProbeFinding> run()
    {
        if (!reach())
            return std::move(m_findings);
        switch (m_endpoint.kind) {
        case EndpointKind::Chat:
            if (answers())
                askForSchema();
            break;
        case EndpointKind::Embeddings:
            embed();
            break;
        case EndpointKind::Rerank:
            rerank();
            break;
        case EndpointKind::Simulated:
            break;
        }
        return std::move(m_findings);
    }

private:
    EndpointClient client() const { return {m_http, m_endpoint, m_key}; }

    void found(std::string what, Ability ability, std::string says)
    {
        if (m_stop.stop_requested())
            return;
        m_findings.push_back({std::move(what), ability, std::move(says)});
        if (m_onFinding)
            m_onFinding(m_findings.back());
    }

    bool reach()
    {
        const auto reply = client().getOnce("/models", m_stop);
        if (!reply) {
            found("reachable", Ability::Fails, client().errorOf(reply).message);
            return false;
        }
        found("reachable", Ability::Works,
              "answers in " + milliseconds(reply->totalMs) + (reply->http2 ? ", HTTP/2" : ", HTTP/1.1"));
        listModels(*reply);
        return true;
    }

    void listModels(const net::HttpReply& reply)
    {
        if (reply.head.status >= 300) {
            const Error error = client().errorOf(reply);
            const bool denied = error.code == ErrorCode::Denied;
            found("models", denied ? Ability::Fails : Ability::Lacks,
                  denied ? error.message : "does not list its models");
            return;
        }
        const auto parsed = parseServerJson(reply.body);
        if (!parsed) {
            found("models", Ability::Fails, client().nonsense(parsed.error()).message);
            return;
        }
        const nlohmann::json& models = fieldOf(parsed->value, "data");
        const bool known = std::ranges::any_of(
            models, [&](const nlohmann::json& each) { return textOf(each, "id") == m_endpoint.model; });
        const std::string listed = "lists " + std::to_string(models.size()) + " models, ";
        found("models", known ? Ability::Works : Ability::Lacks,
              listed + m_endpoint.model + (known ? " among them" : " not among them"));
    }

    Result<ChatReply> chat(const std::string& text, int tokens, const std::string& schema,
                           const DeltaFn& onText)
    {
        ChatRequest request{{{Role::User, text}}, {}, schema};
        request.parameters.maxOutputTokens = tokens;
        return OpenAiChatModel(client()).chat(request, m_stop, onText);
    }

    bool answers()
    {
        int pieces = 0;
        const auto reply =
            chat("Reply with the words: all is well", kFewTokens, "", [&](std::string_view) { ++pieces; });
        if (!reply) {
            found("chat", Ability::Fails, reply.error().message);
            return false;
        }
        found("chat", Ability::Works, "answers in " + milliseconds(reply->totalMs) + " as " + reply->model);
        found("stream", pieces > 1 ? Ability::Works : Ability::Lacks,
              pieces > 1 ? "first text after " + milliseconds(reply->firstTokenMs)
                         : "sends its answer in one piece");
        found("usage", reply->usage.estimated ? Ability::Lacks : Ability::Works,
              reply->usage.estimated
                  ? "sends no usage: tokens and cost are estimates"
                  : "counted " + std::to_string(reply->usage.input.count) + " tokens in, " +
                        std::to_string(reply->usage.output.count) + " out");
        return true;
    }

    void askForSchema()
    {
        const auto reply =
            chat("Reply with a JSON object whose field word is: well", kTokensForJson, kSchema, {});
        const bool refused = reply && std::ranges::any_of(reply->notes, [](const std::string& note) {
                                 return note.find("JSON Schema") != std::string::npos;
                             });
        if (!reply && reply.error().code != ErrorCode::Unsupported) {
            found("JSON Schema", Ability::Fails, reply.error().message);
        } else if (!reply || refused) {
            found("JSON Schema", Ability::Lacks,
                  "does not take a schema: answers are only checked afterwards");
        } else {
            const auto parsed = parseServerJson(reply->text);
            const bool kept = parsed && fieldOf(parsed->value, "word").is_string();
            found("JSON Schema", kept ? Ability::Works : Ability::Lacks,
                  kept ? "answers by the schema" : "takes a schema, and does not keep to it");
        }
    }

    void embed()
    {
        const std::vector<std::string> texts = {"all is well", "nothing is well"};
        const OpenAiEmbedder embedder(client());
        const auto vectors = embedder.embed(texts, m_stop);
        if (!vectors)
            found("embeddings", Ability::Fails, vectors.error().message);
        else
            found("embeddings", Ability::Works,
                  "vectors of " + std::to_string(vectors->front().size()) + " dimensions");
    }

    void rerank()
    {
        const std::vector<std::string> texts = {"the cat sat on the mat", "certificates are rotated yearly"};
        const auto scores = HttpReranker(client()).rerank("when are certificates rotated?", texts, m_stop);
        if (!scores)
            found("rerank", Ability::Fails, scores.error().message);
        else if (scores->back() > scores->front())
            found("rerank", Ability::Works, "puts the relevant text first");
        else
            found("rerank", Ability::Lacks, "answers, and puts an irrelevant text first: is it a reranker?");
    }

    std::shared_ptr<const net::HttpClient> m_http;
    Endpoint m_endpoint;
    const Secret& m_key;
    std::stop_token m_stop;
    const std::function<void(const ProbeFinding&)>& m_onFinding;
    std::vector<ProbeFinding> m_findings;
};

} // namespace

std::vector<ProbeFinding> probe(std::shared_ptr<const net::HttpClient> http, const Endpoint& endpoint,
                                const Secret& key, std::stop_token stop,
                                const std::function<void(const ProbeFinding&)>& onFinding)
{
    return Probing(std::move(http), endpoint, key, std::move(stop), onFinding).run();
}

} // namespace plumbline::llm
