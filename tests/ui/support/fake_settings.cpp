#include "tests/ui/support/fake_settings.h"

#include <thread>

#include "ui/widgets/formatters.h"

namespace plumbline::tests {

using ui::settings::Finding;
using ui::settings::KeyState;
using ui::settings::PriceList;
using ui::settings::Spent;

namespace {

llm::Endpoint endpoint(std::string name, llm::EndpointKind kind, std::string url, std::string model,
                       std::string secret, int context)
{
    llm::Endpoint endpoint;
    endpoint.name = std::move(name);
    endpoint.kind = kind;
    endpoint.url = std::move(url);
    endpoint.model = std::move(model);
    endpoint.secret = std::move(secret);
    endpoint.contextTokens = context;
    return endpoint;
}

Result<std::vector<Finding>> probeOf(const std::shared_ptr<Script>& script, const llm::Endpoint& endpoint,
                                     const std::stop_token& stop,
                                     const std::function<void(const Finding&)>& found)
{
    using Ability = Finding::Ability;
    std::vector<Finding> findings;
    const auto add = [&](Finding finding) {
        found(finding);
        findings.push_back(std::move(finding));
    };
    if (endpoint.name == "gateway-eu") {
        add({"reachable", Ability::Fails,
             "the name gateway.eu.example cannot be resolved: check the URL and the network"});
        return findings;
    }
    add({"reachable", Ability::Works, "HTTP/2, TLS 1.3, 38 ms"});
    add({"models", Ability::Works, "12 models; \"" + endpoint.model + "\" is one of them"});
    while (script->hang && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (stop.stop_requested())
        return findings;
    add({"chat", Ability::Works, "answered in 412 ms"});
    add({"stream", Ability::Works, "first text after 96 ms, 14 pieces"});
    add({"usage", Ability::Lacks, "no usage block: tokens are estimated"});
    add({"JSON Schema", Ability::Fails, "the answer did not keep the schema: \"answer\" is missing"});
    return findings;
}

} // namespace

FakeKeyRing::FakeKeyRing(std::shared_ptr<Script> script, QObject* parent)
    : KeyRing(parent), m_script(std::move(script))
{
}

QString FakeKeyRing::placeWords() const
{
    return QStringLiteral("Keys are kept in the system keychain.");
}

void FakeKeyRing::look(const QString& name)
{
    const bool set = name == QStringLiteral("openai") || m_script->keys.count(name.toStdString()) > 0;
    Q_EMIT stateKnown(name, {true, set, QStringLiteral("system keychain")});
}

void FakeKeyRing::set(const QString& name, const Secret& key)
{
    if (name.startsWith(QStringLiteral("locked"))) {
        Q_EMIT failed(name, QStringLiteral("The keychain did not take the key: it is locked"));
        return;
    }
    m_script->keys[name.toStdString()] = std::string(key.reveal());
    look(name);
}

void FakeKeyRing::remove(const QString& name)
{
    m_script->keys.erase(name.toStdString());
    Q_EMIT stateKnown(name, {true, false, {}});
}

ui::settings::Services fakeSettings(const std::shared_ptr<Script>& script)
{
    using Kind = llm::EndpointKind;
    ui::settings::Services services;
    services.endpoints = {
        endpoint("gateway-eu", Kind::Chat, "https://gateway.eu.example/v1", "gpt-4.1-mini", "openai",
                 128'000),
        endpoint("local-qwen", Kind::Chat, "http://127.0.0.1:8080/v1", "qwen2.5-7b-instruct", "", 32'768),
        endpoint("embeddings", Kind::Embeddings, "https://gateway.eu.example/v1", "text-embedding-3-small",
                 "gateway", 8'192),
        endpoint("rerank", Kind::Rerank, "http://127.0.0.1:8081/v1", "bge-reranker-v2-m3", "", 0),
        endpoint("simulated-large", Kind::Simulated, "", "embedded", "", 0)};
    services.probe = [script](const llm::Endpoint& endpoint, std::stop_token stop,
                              const std::function<void(const Finding&)>& found) {
        return probeOf(script, endpoint, stop, found);
    };
    services.spent = [script]() -> Result<Spent> {
        if (script->fail)
            return failure(ErrorCode::Io, "reading the database failed: input/output error",
                           ".plumbline/plumbline.db");
        Spent spent;
        spent.today = {3'412'900};
        spent.held = {20'000};
        spent.simulatedToday = {120'500};
        spent.unknown = 4;
        spent.perDay = Money{5'000'000};
        spent.perRun = Money{1'500'000};
        return spent;
    };
    services.prices = []() -> Result<PriceList> {
        const auto price = [](std::int64_t input, std::int64_t cached, std::int64_t output) {
            return llm::Price{{input}, {cached}, {output}, {output}};
        };
        PriceList list;
        list.rows = {{"gpt-4.1-mini",
                      price(380'000, 95'000, 1'520'000),
                      *parseDate("2026-07-01"),
                      {},
                      "contract 2026-114, 5 % off",
                      true},
                     {"gpt-4.1-mini",
                      price(400'000, 100'000, 1'600'000),
                      *parseDate("2025-04-14"),
                      {},
                      "price list of the vendor, read 2026-11-20",
                      false},
                     {"gpt-4.1",
                      price(2'000'000, 500'000, 8'000'000),
                      *parseDate("2025-04-14"),
                      {},
                      "price list of the vendor, read 2026-11-20",
                      false},
                     {"text-embedding-3-small",
                      price(20'000, 20'000, 0),
                      {},
                      {},
                      "price list of the vendor, read 2026-11-20",
                      false},
                     {"gpt-4-turbo*", price(10'000'000, 10'000'000, 30'000'000), *parseDate("2023-11-06"),
                      *parseDate("2025-06-30"), "price list of the vendor, read 2025-06-01", false}};
        list.unpriced = {"local-qwen", "rerank"};
        return list;
    };
    services.makeKeys = [script](QObject* parent) -> ui::settings::KeyRing* {
        return new FakeKeyRing(script, parent);
    };
    return services;
}

} // namespace plumbline::tests
