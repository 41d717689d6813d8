// Embeddings and rerank over HTTP, and the probe of Settings, against vectors that are computed.
#include <QtTest>

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/llm/http_reranker.h"
#include "app/llm/openai_embedder.h"
#include "app/llm/probe.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/fault_server.h"

using namespace plumbline;
using tests::endpointAt;
using tests::FaultServer;
using tests::kMarkerKey;

namespace {

double dot(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

} // namespace

class VectorsAndRelevanceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    void init()
    {
        m_server = std::make_unique<FaultServer>(tests::FaultServerOptions{kMarkerKey, "", "", "", true});
    }

    void embedsInTheOrderOfTheTexts();
    void embedsInBatches();
    void halvesABatchThatIsTooLarge();
    void asksForStatedDimensions();
    void failsInWords_data();
    void failsInWords();
    void givesRelevanceInTheOrderOfTheTexts();
    void squashesLogits();
    void asksNothingForNoTexts();
    void probesWhatAnEndpointCanDo_data();
    void probesWhatAnEndpointCanDo();
    void probeStops();

private:
    llm::EndpointClient clientAt(const std::string& prefix, int dimensions = 0)
    {
        llm::Endpoint endpoint = endpointAt(m_server->url(prefix));
        endpoint.dimensions = dimensions;
        return {m_http, endpoint, Secret(kMarkerKey), m_clock.clock()};
    }

    std::shared_ptr<net::HttpClient> m_http = std::make_shared<net::HttpClient>();
    std::unique_ptr<FaultServer> m_server;
    tests::StillClock m_clock;
};

void VectorsAndRelevanceTest::embedsInTheOrderOfTheTexts()
{
    const llm::OpenAiEmbedder embedder(clientAt(""));
    QCOMPARE(embedder.identity(), std::string("echo"));
    QCOMPARE(embedder.dimensions(), 0U);
    const std::vector<std::string> texts = {"certificate rotation", "rotation of certificates", "lunch menu"};
    const auto vectors = embedder.embed(texts, {}); // the server sends them last first
    QVERIFY2(vectors, vectors ? "" : vectors.error().message.c_str());
    QCOMPARE(vectors->size(), 3U);
    QCOMPARE(embedder.dimensions(), 64U);
    for (const auto& vector : *vectors)
        QVERIFY(std::abs(dot(vector, vector) - 1) < 1e-5);
    QVERIFY(dot((*vectors)[0], (*vectors)[1]) > dot((*vectors)[0], (*vectors)[2]) + 0.2);
}

void VectorsAndRelevanceTest::embedsInBatches()
{
    std::vector<std::string> texts;
    for (int i = 0; i < 150; ++i)
        texts.push_back("text " + std::to_string(i));
    const llm::OpenAiEmbedder embedder(clientAt(""));
    const auto vectors = embedder.embed(texts, {});
    QVERIFY(vectors);
    QCOMPARE(m_server->requests().size(), 3U);
    const auto alone = embedder.embed(std::span(texts).subspan(149), {});
    QVERIFY(dot(vectors->back(), alone->front()) > 0.9999);
}

void VectorsAndRelevanceTest::halvesABatchThatIsTooLarge()
{
    std::vector<std::string> texts;
    for (int i = 0; i < 20; ++i)
        texts.push_back("text " + std::to_string(i));
    const llm::OpenAiEmbedder embedder(clientAt("/fault/small-batches")); // takes 4 at once
    const auto vectors = embedder.embed(texts, {});
    QVERIFY2(vectors, vectors ? "" : vectors.error().message.c_str());
    QCOMPARE(vectors->size(), 20U);
    QCOMPARE(m_server->requests().size(), 13U); // 20, 10 and 5 fail, then ten pairs: the size is remembered
    const auto alone = llm::OpenAiEmbedder(clientAt("")).embed(std::span(texts).subspan(13, 1), {});
    QVERIFY(dot((*vectors)[13], alone->front()) > 0.9999);
}

void VectorsAndRelevanceTest::asksForStatedDimensions()
{
    const llm::OpenAiEmbedder embedder(clientAt("", 16));
    QCOMPARE(embedder.identity(), std::string("echo@16"));
    const std::vector<std::string> texts = {"a text"};
    const auto vectors = embedder.embed(texts, {});
    QVERIFY(vectors);
    QCOMPARE(vectors->front().size(), 16U);
}

void VectorsAndRelevanceTest::failsInWords_data()
{
    QTest::addColumn<bool>("rerank");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, bool rerank, const char* prefix, ErrorCode code,
                        const char* words) {
        QTest::newRow(name) << rerank << prefix << static_cast<int>(code) << words;
    };
    row("embeddings of unequal length", false, "/fault/wrong-dimension", ErrorCode::Network,
        "dimensions where");
    row("embeddings as a page", false, "/fault/html", ErrorCode::Network, "an HTML page instead of JSON");
    row("embeddings without a key", false, "/fault/401", ErrorCode::Denied, "under the name test-key");
    row("rerank as a page", true, "/fault/html", ErrorCode::Network, "an HTML page instead of JSON");
    row("rerank that is not served", true, "/fault/404", ErrorCode::NotFound, "(404");
    row("rerank under load", true, "/fault/503", ErrorCode::Network, "(503");
}

void VectorsAndRelevanceTest::failsInWords()
{
    QFETCH(bool, rerank);
    QFETCH(QString, prefix);
    QFETCH(int, code);
    QFETCH(QString, words);
    const std::vector<std::string> texts = {"a", "b"};
    Error error;
    if (rerank) {
        const auto scores = llm::HttpReranker(clientAt(prefix.toStdString())).rerank("a", texts, {});
        QVERIFY(!scores);
        error = scores.error();
    } else {
        const auto vectors = llm::OpenAiEmbedder(clientAt(prefix.toStdString())).embed(texts, {});
        QVERIFY(!vectors);
        error = vectors.error();
    }
    QVERIFY2(error.message.find(words.toStdString()) != std::string::npos, error.message.c_str());
    QCOMPARE(static_cast<int>(error.code), code);
    QVERIFY(error.message.find(kMarkerKey) == std::string::npos);
}

void VectorsAndRelevanceTest::givesRelevanceInTheOrderOfTheTexts()
{
    const std::vector<std::string> texts = {"nothing", "rotate the certificates", "rotate"};
    const llm::HttpReranker reranker(clientAt(""));
    QCOMPARE(reranker.identity(), std::string("rerank:echo"));
    const auto scores = reranker.rerank("rotate the certificates", texts, {});
    QVERIFY(scores);
    QCOMPARE(scores->size(), 3U);
    QCOMPARE((*scores)[0], 0.0);
    QCOMPARE((*scores)[1], 1.0);
    QVERIFY(std::abs((*scores)[2] - 1.0 / 3) < 1e-9);
    const auto sent = nlohmann::json::parse(m_server->requests().front().body);
    QCOMPARE(
        sent,
        (nlohmann::json{
            {"model", "echo"}, {"query", "rotate the certificates"}, {"documents", texts}, {"top_n", 3}}));
}

void VectorsAndRelevanceTest::squashesLogits()
{
    const std::vector<std::string> texts = {"x", "a b", "a"};
    const auto scores = llm::HttpReranker(clientAt("/fault/odd-scores")).rerank("a b", texts, {});
    QVERIFY(scores);
    QVERIFY((*scores)[0] > 0 && (*scores)[0] < 0.001); // logit -10
    QCOMPARE((*scores)[2], 0.5);                       // logit 0
    QVERIFY((*scores)[1] > 0.999 && (*scores)[1] < 1); // logit 10
}

void VectorsAndRelevanceTest::asksNothingForNoTexts()
{
    QVERIFY(llm::HttpReranker(clientAt("")).rerank("a", {}, {})->empty());
    QVERIFY(llm::OpenAiEmbedder(clientAt("")).embed({}, {})->empty());
    QVERIFY(m_server->requests().empty());
}

void VectorsAndRelevanceTest::probesWhatAnEndpointCanDo_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("found"); // "+" works, "-" lacks, "!" fails
    const auto row = [](const char* name, const char* prefix, llm::EndpointKind kind, const char* found) {
        QTest::newRow(name) << prefix << static_cast<int>(kind) << found;
    };
    using enum llm::EndpointKind;
    row("everything", "", Chat, "+reachable +models +chat +stream +usage +JSON Schema");
    row("no schema", "/fault/no-schema", Chat, "+reachable +models +chat +stream +usage -JSON Schema");
    row("no stream", "/fault/no-stream", Chat, "+reachable +models +chat -stream +usage +JSON Schema");
    row("no usage", "/fault/usage-missing", Chat, "+reachable +models +chat +stream -usage +JSON Schema");
    row("embeddings", "", Embeddings, "+reachable +models +embeddings");
    row("rerank", "", Rerank, "+reachable +models +rerank");
    row("a wrong key", "/fault/401", Chat, "+reachable !models !chat");
    row("not a server of models", "/fault/html", Chat, "+reachable !models !chat");
    row("hangs up", "/fault/close", Chat, "!reachable");
}

void VectorsAndRelevanceTest::probesWhatAnEndpointCanDo()
{
    QFETCH(QString, prefix);
    QFETCH(int, kind);
    QFETCH(QString, found);
    llm::Endpoint endpoint = endpointAt(m_server->url(prefix.toStdString()));
    endpoint.kind = static_cast<llm::EndpointKind>(kind);
    std::size_t told = 0;
    const auto findings =
        llm::probe(m_http, endpoint, Secret(kMarkerKey), {}, [&](const llm::ProbeFinding&) { ++told; });
    QStringList all;
    for (const llm::ProbeFinding& each : findings) {
        const char* const sign = each.ability == llm::Ability::Works   ? "+"
                                 : each.ability == llm::Ability::Lacks ? "-"
                                                                       : "!";
        all << sign + QString::fromStdString(each.what);
        QVERIFY(!each.says.empty() && each.says.find(kMarkerKey) == std::string::npos);
    }
    QCOMPARE(all.join(' '), found);
    QCOMPARE(told, findings.size());
}

void VectorsAndRelevanceTest::probeStops()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(llm::probe(m_http, endpointAt(m_server->url()), Secret(), stop.get_token()).empty());
}

QTEST_GUILESS_MAIN(VectorsAndRelevanceTest)
#include "tst_vectors_and_relevance.moc"
