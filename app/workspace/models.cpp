#include "app/workspace/models.h"

#include <algorithm>
#include <utility>

#include "app/llm/http_reranker.h"
#include "app/llm/metered_chat_model.h"
#include "app/llm/openai_chat_model.h"
#include "app/llm/openai_embedder.h"
#include "app/llm/simulated_chat_model.h"

namespace plumbline::workspace {

namespace {

template <typename T>
using Shared = Result<std::shared_ptr<const T>>;

} // namespace

Result<std::unique_ptr<Models>> Models::make(const Config& config, std::filesystem::path database,
                                             SecretSource secrets)
{
    auto published = llm::PriceTable::builtIn();
    if (!published) {
        return tl::unexpected(published.error());
    }
    auto prices = std::make_shared<const llm::PriceTable>(published->withOverrides(config.prices));
    return std::unique_ptr<Models>(
        new Models(config, std::move(database), std::move(secrets), std::move(prices)));
}

Models::Models(const Config& config, std::filesystem::path database, SecretSource secrets,
               std::shared_ptr<const llm::PriceTable> prices)
    : m_endpoints(config.models), m_prices(std::move(prices)), m_budget(std::move(database), config.budgets),
      m_secrets(std::move(secrets))
{
}

std::vector<std::string> Models::chatNames() const
{
    std::vector<std::string> names = {std::string(kEmbeddedModel)};
    for (const auto& [name, endpoint] : m_endpoints) {
        if (endpoint.kind == llm::EndpointKind::Chat || endpoint.kind == llm::EndpointKind::Simulated) {
            names.push_back(name);
        }
    }
    return names;
}

Result<void> Models::checkChat(std::string_view name) const
{
    const std::vector<std::string> names = chatNames();
    if (std::ranges::find(names, name) != names.end()) {
        return {};
    }
    std::string known;
    for (const std::string& other : names) {
        known += (known.empty() ? "" : ", ") + other;
    }
    return failure(ErrorCode::NotFound,
                   "there is no model '" + std::string(name) +
                       "' that answers below `models` in workspace.yaml; there is: " + known);
}

Result<const llm::Endpoint*> Models::endpoint(const std::string& name,
                                              std::optional<llm::EndpointKind> kind) const
{
    std::string known = kind == llm::EndpointKind::Chat ? std::string(kEmbeddedModel) : std::string();
    for (const auto& [other, endpoint] : m_endpoints) {
        if (other == name && (!kind || endpoint.kind == *kind)) {
            return &endpoint;
        }
        if (!kind || endpoint.kind == *kind) {
            known += (known.empty() ? "" : ", ") + other;
        }
    }
    const std::string what = kind ? "model of kind " + std::string(toString(*kind)) : std::string("model");
    return failure(ErrorCode::NotFound,
                   "there is no " + what + " '" + name +
                       "' below `models` in workspace.yaml; there is: " + (known.empty() ? "none" : known));
}

Result<Secret> Models::keyOf(const llm::Endpoint& endpoint) const
{
    return endpoint.secret.empty() ? Secret() : m_secrets(endpoint.secret);
}

template <typename Client, typename Port>
Shared<Port> Models::client(const std::string& name, llm::EndpointKind kind, KeptByName<Port>& all) const
{
    const auto found = endpoint(name, kind);
    if (!found) {
        return tl::unexpected(found.error());
    }
    auto key = keyOf(**found);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const std::lock_guard lock(m_mutex);
    Kept<Port>& kept = all[name];
    if (!kept.client || kept.key.reveal() != key->reveal()) {
        kept = {*key, std::make_shared<const Client>(llm::EndpointClient(m_http, **found, std::move(*key)))};
    }
    return kept.client;
}

Shared<llm::ChatModel> Models::chat(const assistant::ModelUse& use) const
{
    const auto named = m_endpoints.find(use.model);
    std::shared_ptr<const llm::ChatModel> model;
    if (named != m_endpoints.end() && named->second.kind == llm::EndpointKind::Simulated) {
        model = std::make_shared<const llm::SimulatedChatModel>(
            named->second, [text = use.embeddedAnswer](const llm::ChatRequest& /*request*/,
                                                       const std::stop_token& /*stop*/) {
                return Result<std::string>(text);
            });
    } else {
        auto made = client<llm::OpenAiChatModel>(use.model, llm::EndpointKind::Chat, m_chats);
        if (!made) {
            return made;
        }
        model = std::move(*made);
    }
    return std::make_shared<const llm::MeteredChatModel>(
        std::move(model), llm::MeteredChatModel::Meter{m_endpoints.at(use.model), m_prices, m_budget},
        llm::CallContext{use.workflow, use.run, use.prompt});
}

Shared<llm::Embedder> Models::embedder(const std::string& name) const
{
    return client<llm::OpenAiEmbedder>(name, llm::EndpointKind::Embeddings, m_embedders);
}

Shared<llm::Reranker> Models::reranker(const std::string& name) const
{
    return client<llm::HttpReranker>(name, llm::EndpointKind::Rerank, m_rerankers);
}

Result<std::vector<llm::ProbeFinding>>
Models::test(const std::string& name, std::stop_token stop,
             const std::function<void(const llm::ProbeFinding&)>& onFinding) const
{
    const auto found = endpoint(name, {});
    if (!found) {
        return tl::unexpected(found.error());
    }
    auto key = keyOf(**found);
    if (!key) {
        return tl::unexpected(key.error());
    }
    return llm::probe(m_http, **found, *key, std::move(stop), onFinding);
}

} // namespace plumbline::workspace
