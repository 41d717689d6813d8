// Embeddings and rerank over HTTP, against the loopback server, whose vectors and relevance are computed from
// the texts.
#include <nlohmann/json.hpp>

#include "app/llm/http_reranker.h"
#include "app/llm/openai_embedder.h"
#include "tests/app/retrieval/model_workspace.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/fault_server.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using tests::kMisspelt;
using tests::ModelWorkspace;

namespace {

// A workspace whose profile is served by `server`.
struct Served : ModelWorkspace {
    explicit Served(const tests::FaultServer& server) : url(server.url())
    {
        write("access", "Authentications by approver: each authentication names its approvers.");
        write("cards", "A lost card is blocked at once by the card desk.");
        write("keys", "The signing key is rotated every ninety days.");
    }

    llm::EndpointClient client() const
    {
        llm::Endpoint endpoint = tests::endpointAt(url);
        endpoint.model = model;
        endpoint.secret.clear();
        endpoint.totalTimeout = std::chrono::seconds(20); // a loaded machine is no fault
        endpoint.firstTokenTimeout = std::chrono::seconds(10);
        return {http, endpoint, Secret()};
    }
    ModelServices services() const
    {
        ModelServices services;
        services.embedder = [this](const std::string&) -> Result<std::shared_ptr<const llm::Embedder>> {
            return std::make_shared<const llm::OpenAiEmbedder>(client());
        };
        services.reranker = [this](const std::string&) -> Result<std::shared_ptr<const llm::Reranker>> {
            return std::make_shared<const llm::HttpReranker>(client());
        };
        return services;
    }
    Result<IndexReport> run(const ProgressFn& progress = {}) const
    {
        IndexOptions options;
        options.approvedByDefault = true;
        options.profile = profile;
        return Indexer(home(), state(), services()).run(options, {}, progress);
    }
    std::unique_ptr<Searcher> open() const
    {
        return std::make_unique<Searcher>(home(), state(), Synonyms(), services());
    }

    std::shared_ptr<const net::HttpClient> http = std::make_shared<net::HttpClient>();
    std::string url;
    std::string model = "letters-1";
};

// The models named, and all texts sent, in the order of the requests.
struct Sent {
    std::set<std::string> models;
    std::vector<std::string> texts;
};

Sent sentFrom(const tests::FaultServer& server, std::size_t first)
{
    Sent sent;
    const auto requests = server.requests();
    for (std::size_t i = first; i < requests.size(); ++i) {
        const auto body = nlohmann::json::parse(requests[i].body);
        sent.models.insert(body.at("model"));
        for (const auto& text : body.at("input"))
            sent.texts.push_back(text);
    }
    return sent;
}

} // namespace

class TestEndpointHttp : public QObject {
    Q_OBJECT

private slots:
    void embeddingsMakeRetrievalDiffer()
    {
        const tests::FaultServer server;
        Served served(server);
        const auto report = served.run();
        QVERIFY2(report.has_value(), report ? "" : report.error().describe().c_str());
        QCOMPARE(report->embedder, std::string("letters-1"));
        QCOMPARE(report->embedded, std::size_t{3});
        const auto searcher = served.open();
        const auto found = searcher->search(served.request(kMisspelt), {});
        QVERIFY2(found.has_value(), found ? "" : found.error().describe().c_str());
        QCOMPARE(found->passages.front().document, std::string("access"));
        QCOMPARE(found->embedder, std::string("letters-1"));
        QCOMPARE(found->profile, std::string("semantic"));
        served.profile.embedder.clear();
        QVERIFY(searcher->search(served.request(kMisspelt), {})->passages.empty());
    }

    void vectorsSurviveARestart()
    {
        const tests::FaultServer server;
        const Served served(server);
        QVERIFY(served.run().has_value());
        const std::string before = served.found(*served.open(), kMisspelt);
        QVERIFY(!before.empty());
        const std::size_t asked = server.requests().size();
        QCOMPARE(served.found(*served.open(), kMisspelt), before);
        QCOMPARE(sentFrom(server, asked).texts, std::vector<std::string>{kMisspelt});
        QCOMPARE(served.run()->embedded, std::size_t{0});
        QCOMPARE(server.requests().size(), asked + 1);
    }

    void aChangedModelNameEmbedsAnewWhileTheOldGenerationServes()
    {
        const tests::FaultServer server;
        Served served(server);
        const auto first = served.run();
        QVERIFY(first.has_value());
        Served old(server); // a program that is open since before; its folder is the other's
        const Searcher open(served.home(), served.state(), {}, old.services());
        const std::string before = served.found(open, kMisspelt);
        served.model = "letters-2";
        const std::size_t asked = server.requests().size();
        std::vector<std::string> during;
        const auto second = served.run([&](const Progress& progress) {
            if (progress.stage == "embedding passages")
                during.push_back(served.found(open, kMisspelt));
        });
        QVERIFY(second.has_value());
        QCOMPARE(during, std::vector<std::string>(2, before)); // before and after the last batch
        const Sent sent = sentFrom(server, asked);
        QCOMPARE(sent.models, std::set<std::string>{"letters-2"});
        QCOMPARE(sent.texts.size(), std::size_t{3});
        QCOMPARE(second->generation, first->generation + 1);
        const auto refused = open.search(served.request(kMisspelt), {});
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::Conflict);
        QCOMPARE(served.first(*served.open(), kMisspelt), std::string("access"));
    }

    void anEndpointThatFailsKeepsTheOldGeneration()
    {
        const tests::FaultServer server;
        Served served(server);
        const auto first = served.run();
        const std::string before = served.found(*served.open(), kMisspelt);
        served.write("leave", "Leave is asked for a week ahead.");
        const std::string whole = served.url;
        served.url = server.url("/fault/503");
        const auto failed = served.run();
        QVERIFY(!failed);
        const std::string said = failed.error().describe();
        QVERIFY2(said.find("models.local") != std::string::npos, said.c_str());
        QVERIFY(!served.open()->search(served.request("card"), {})); // could not look is no empty list
        served.url = whole;
        QCOMPARE(served.count("SELECT generation FROM service"), first->generation);
        QCOMPARE(served.found(*served.open(), kMisspelt), before);
        QCOMPARE(served.run()->embedded, std::size_t{1});
    }

    void rerankMakesTheOrderDiffer()
    {
        const tests::FaultServer server;
        Served served(server);
        served.profile.embedder.clear();
        served.write("short", "Lost card: blocked. Lost card: block.");
        served.write("long",
                     "In a long text about ledgers, leave, keys, desks and much else that is not short, who "
                     "reads on finds that somebody blocks what was lost and with it cards at last");
        QVERIFY(served.run().has_value());
        const auto searcher = served.open();
        const auto plain = served.first(*searcher, "who blocks lost cards");
        QVERIFY(plain != "long");
        served.profile.reranker = "words";
        const auto found = searcher->search(served.request("who blocks lost cards"), {});
        QVERIFY2(found.has_value(), found ? "" : found.error().describe().c_str());
        QCOMPARE(found->passages.front().document, std::string("long"));
        QCOMPARE(*found->passages.front().scores.relevance, 1.0);
        QCOMPARE(found->reranker, std::string("rerank:letters-1"));
    }
};

QTEST_GUILESS_MAIN(TestEndpointHttp)
#include "tst_endpoint_http.moc"
