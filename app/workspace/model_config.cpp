#include "app/workspace/model_config.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/base/json_values.h"
#include "app/llm/endpoint_check.h"

namespace plumbline::workspace {

namespace {

using llm::Endpoint;
using llm::EndpointKind;
using nlohmann::ordered_json;

template <typename T>
void take(const ordered_json& from, const char* key, T& into)
{
    if (const auto found = from.find(key); found != from.end()) {
        into = found->template get<T>();
    }
}

const ordered_json& part(const ordered_json& value, const char* key)
{
    static const ordered_json kNothing = ordered_json::object();
    const auto found = value.find(key);
    return found != value.end() && found->is_object() ? *found : kNothing;
}

void takeSeconds(const ordered_json& from, const char* key, std::chrono::milliseconds& into)
{
    if (const auto found = from.find(key); found != from.end()) {
        into = std::chrono::milliseconds(std::llround(found->get<double>() * 1'000));
    }
}

Result<void> takeMoney(const ordered_json& from, const char* key, const std::string& pointer, Money& into)
{
    const auto found = from.find(key);
    if (found == from.end()) {
        return {};
    }
    auto amount = parseUsd(found->is_string() ? found->get<std::string>() : found->dump());
    if (!amount) {
        return failure(ErrorCode::BadInput, std::string(key) + ": " + amount.error().message,
                       pointer + "/" + key);
    }
    if (*amount < Money{}) {
        return failure(ErrorCode::BadInput, std::string(key) + " must be 0 or more", pointer + "/" + key);
    }
    into = *amount;
    return {};
}

Result<void> readSimulation(const ordered_json& from, llm::Simulation& into)
{
    take(from, "first_token_ms", into.firstTokenMs);
    take(from, "spread", into.spread);
    take(from, "tokens_per_second", into.tokensPerSecond);
    take(from, "error_rate", into.errorRate);
    take(from, "rate_limit_rate", into.rateLimitRate);
    take(from, "seed", into.seed);
    if (auto input = takeMoney(from, "input_per_million", "/simulation", into.inputPerMillion); !input) {
        return input;
    }
    return takeMoney(from, "output_per_million", "/simulation", into.outputPerMillion);
}

EndpointKind kindFrom(const std::string& word)
{
    for (const auto kind : {EndpointKind::Embeddings, EndpointKind::Rerank, EndpointKind::Simulated}) {
        if (word == llm::toString(kind)) {
            return kind;
        }
    }
    return EndpointKind::Chat;
}

Result<void> takeSecret(const ordered_json& from, std::string& into)
{
    const auto found = from.find("secret");
    if (found != from.end() && !found->is_string()) {
        return failure(ErrorCode::BadInput, "secret must be the name of a key, never the key itself",
                       "/secret");
    }
    take(from, "secret", into);
    return {};
}

// Errors carry a JSON Pointer below the endpoint.
Result<Endpoint> endpointOf(const std::string& name, const ordered_json& from)
{
    Endpoint endpoint;
    endpoint.name = name;
    endpoint.kind = kindFrom(from.value("kind", std::string("chat")));
    take(from, "url", endpoint.url);
    take(from, "model", endpoint.model);
    take(from, "context_tokens", endpoint.contextTokens);
    take(from, "dimensions", endpoint.dimensions);
    take(from, "concurrency", endpoint.concurrency);
    take(from, "proxy", endpoint.proxy);
    take(from, "ca_file", endpoint.caFile);
    take(from, "retries", endpoint.retries);
    take(from, "allow_insecure", endpoint.allowInsecure);
    const ordered_json& timeouts = part(from, "timeouts");
    takeSeconds(timeouts, "connect", endpoint.connectTimeout);
    takeSeconds(timeouts, "first_token", endpoint.firstTokenTimeout);
    takeSeconds(timeouts, "total", endpoint.totalTimeout);
    while (endpoint.url.ends_with('/')) {
        endpoint.url.pop_back();
    }
    if (auto secret = takeSecret(from, endpoint.secret); !secret) {
        return tl::unexpected(secret.error());
    }
    if (auto simulation = readSimulation(part(from, "simulation"), endpoint.simulation); !simulation) {
        return tl::unexpected(simulation.error());
    }
    if (endpoint.kind == EndpointKind::Simulated) {
        const llm::Simulation& stated = endpoint.simulation;
        endpoint.price = llm::Price{stated.inputPerMillion, stated.inputPerMillion, stated.outputPerMillion,
                                    stated.outputPerMillion};
    }
    if (const auto price = from.find("price"); price != from.end()) {
        auto amounts = llm::priceFrom(*price);
        if (!amounts) {
            return failure(ErrorCode::BadInput, "price: " + amounts.error().message,
                           "/price" + amounts.error().where);
        }
        endpoint.price = *amounts;
    }
    if (auto checked = llm::checkEndpoint(endpoint); !checked) {
        return tl::unexpected(checked.error());
    }
    return endpoint;
}

Result<void> readEndpoints(const YamlDocument& document, Config& config)
{
    for (const auto& [name, value] : part(document.value, "models").items()) {
        const std::string pointer = "/models/" + pointerPart(name);
        if (name == kEmbeddedModel) {
            return failure(ErrorCode::BadInput,
                           "'embedded' is the answerer that comes with the program; choose another name",
                           document.where(pointer));
        }
        auto endpoint = endpointOf(name, value);
        if (!endpoint) {
            return failure(endpoint.error().code, "models." + name + ": " + endpoint.error().message,
                           document.where(pointer + endpoint.error().where));
        }
        config.models.emplace(name, std::move(*endpoint));
    }
    return {};
}

Result<void> readBudgets(const YamlDocument& document, llm::Budgets& budgets)
{
    const ordered_json& from = part(document.value, "budgets");
    const auto one = [&](const char* key, std::optional<Money>& into) -> Result<void> {
        if (!from.contains(key)) {
            return {};
        }
        Money amount;
        if (auto taken = takeMoney(from, key, "/budgets", amount); !taken) {
            return failure(taken.error().code, "budgets." + taken.error().message,
                           document.where(taken.error().where));
        }
        into = amount;
        return {};
    };
    if (auto day = one("per_day_usd", budgets.perDay); !day) {
        return day;
    }
    return one("per_run_usd", budgets.perRun);
}

Result<void> readPrices(const YamlDocument& document, std::vector<llm::PriceEntry>& into)
{
    const auto found = document.value.find("prices");
    if (found == document.value.end() || !found->is_array()) {
        return {};
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        auto entry = llm::priceEntryOf((*found)[i]);
        if (!entry) {
            const std::string pointer = "/prices/" + std::to_string(i);
            return failure(entry.error().code, "prices: " + entry.error().message,
                           document.where(pointer + entry.error().where));
        }
        into.push_back(std::move(*entry));
    }
    return {};
}

Result<void> checkDefaultModel(const YamlDocument& document, const Config& config)
{
    if (config.defaultModel == kEmbeddedModel) {
        return {};
    }
    const auto found = config.models.find(config.defaultModel);
    const bool answers = found != config.models.end() && (found->second.kind == EndpointKind::Chat ||
                                                          found->second.kind == EndpointKind::Simulated);
    if (answers) {
        return {};
    }
    return failure(ErrorCode::BadInput,
                   "assistant.model names '" + config.defaultModel + "', which is " +
                       (found == config.models.end() ? "not one of 'models'" : "no model that answers"),
                   document.where("/assistant/model"));
}

} // namespace

Result<void> readModelConfig(const YamlDocument& document, Config& config)
{
    take(part(document.value, "assistant"), "model", config.defaultModel);
    take(part(document.value, "assistant"), "prompt", config.defaultPrompt);
    if (auto endpoints = readEndpoints(document, config); !endpoints) {
        return endpoints;
    }
    if (auto budgets = readBudgets(document, config.budgets); !budgets) {
        return budgets;
    }
    if (auto prices = readPrices(document, config.prices); !prices) {
        return prices;
    }
    return checkDefaultModel(document, config);
}

} // namespace plumbline::workspace
