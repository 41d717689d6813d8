// The models of a workspace: the endpoints of workspace.yaml behind one HTTP client. Every call of one that
// answers is priced, recorded and held against the budgets; embeddings, rerank and probes are not metered.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/assistant/model_turn.h"
#include "app/base/result.h"
#include "app/base/secret_source.h"
#include "app/llm/budget_ledger.h"
#include "app/llm/chat_model.h"
#include "app/llm/embedder.h"
#include "app/llm/price_table.h"
#include "app/llm/probe.h"
#include "app/llm/reranker.h"
#include "app/net/http_client.h"
#include "app/workspace/config.h"

namespace plumbline::workspace {

// Any thread. The key of an endpoint is looked up at each use: one that was set, replaced or removed counts
// at once.
class Models {
public:
    // BadInput: a price of the workspace that does not hold together.
    static Result<std::unique_ptr<Models>> make(const Config& config, std::filesystem::path database,
                                                SecretSource secrets);

    // "embedded", then the chat and simulated endpoints by name.
    std::vector<std::string> chatNames() const;
    // NotFound, with the names there are, when no such model answers.
    Result<void> checkChat(std::string_view name) const;
    const std::map<std::string, llm::Endpoint>& endpoints() const { return m_endpoints; }
    const llm::PriceTable& prices() const { return *m_prices; }
    const llm::BudgetLedger& budget() const { return m_budget; }

    // NotFound lists the names there are of that kind; the errors of SecretSource.
    Result<std::shared_ptr<const llm::ChatModel>> chat(const assistant::ModelUse& use) const;
    Result<std::shared_ptr<const llm::Embedder>> embedder(const std::string& name) const;
    Result<std::shared_ptr<const llm::Reranker>> reranker(const std::string& name) const;

    // What the endpoint can do, asked now. NotFound, and the errors of SecretSource.
    Result<std::vector<llm::ProbeFinding>>
    test(const std::string& name, std::stop_token stop,
         const std::function<void(const llm::ProbeFinding&)>& onFinding = {}) const;

private:
    Models(const Config& config, std::filesystem::path database, SecretSource secrets,
           std::shared_ptr<const llm::PriceTable> prices);

    // Of that kind, or of any.
    Result<const llm::Endpoint*> endpoint(const std::string& name,
                                          std::optional<llm::EndpointKind> kind) const;
    Result<Secret> keyOf(const llm::Endpoint& endpoint) const;
    // A client with the key it was made with.
    template <typename Port>
    struct Kept {
        Secret key;
        std::shared_ptr<const Port> client;
    };
    template <typename Port>
    using KeptByName = std::map<std::string, Kept<Port>>;

    template <typename Client, typename Port>
    Result<std::shared_ptr<const Port>> client(const std::string& name, llm::EndpointKind kind,
                                               KeptByName<Port>& all) const;

    std::map<std::string, llm::Endpoint> m_endpoints;
    std::shared_ptr<const llm::PriceTable> m_prices;
    llm::BudgetLedger m_budget;
    SecretSource m_secrets;
    std::shared_ptr<const net::HttpClient> m_http = std::make_shared<net::HttpClient>();

    // One client an endpoint, so that what it bears is learnt once.
    mutable std::mutex m_mutex;
    mutable KeptByName<llm::ChatModel> m_chats;
    mutable KeptByName<llm::Embedder> m_embedders;
    mutable KeptByName<llm::Reranker> m_rerankers;
};

} // namespace plumbline::workspace
