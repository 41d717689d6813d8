// Searching with vectors of an endpoint: what it finds, and what it says when it could not look.
#include <thread>

#include "tests/app/retrieval/model_workspace.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using tests::kMisspelt;
using tests::ModelWorkspace;
using tests::Pause;
using tests::ReleasedAtEnd;
using tests::TrigramEmbedder;
using tests::writeDrawn;

class TestEndpointVectors : public QObject {
    Q_OBJECT

private slots:
    void theEndpointFindsWhatWordsAndLatentSpaceCannot()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const auto report = drawn.index();
        QCOMPARE(report.embedder, std::string("trigrams-1"));
        QCOMPARE(report.embedded, std::size_t{4});
        const auto searcher = drawn.searcher();
        const auto result = searcher->search(drawn.request(kMisspelt), {});
        QVERIFY(result.has_value());
        QCOMPARE(result->passages.front().document, std::string("access"));
        QVERIFY(result->passages.front().scores.lexical == 0);
        QVERIFY(result->passages.front().scores.vector > 0.2);
        QCOMPARE(result->profile, std::string("semantic"));
        QCOMPARE(result->embedder, std::string("trigrams-1"));
        drawn.profile.embedder.clear();
        const auto latent = searcher->search(drawn.request(kMisspelt), {});
        QVERIFY(latent.has_value());
        QVERIFY(latent->passages.empty());
        QVERIFY(latent->embedder.empty());
    }

    void theCosineIsTheEmbeddersOwn()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        const auto result = drawn.searcher()->search(drawn.request("card desk"), {});
        QVERIFY(result.has_value());
        QCOMPARE(result->passages.front().document, std::string("cards"));
        const std::vector<float> question = tests::trigramVector("card desk", 256);
        const std::vector<float> text =
            tests::trigramVector("cards\nA lost card is blocked at once by the card desk.", 256);
        QVERIFY2(std::ranges::find(drawn.embedder->texts(),
                                   "cards\nA lost card is blocked at once by the card desk.") !=
                     drawn.embedder->texts().end(),
                 drawn.embedder->texts()[1].c_str());
        QVERIFY(std::fabs(result->passages.front().scores.vector - cosine(question, text)) < 0.001);
    }

    void aRestartEmbedsNoDocumentAgainAndGivesTheSameList()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        const std::string before = drawn.found(*drawn.searcher(), "approvers of a card");
        QVERIFY(before.size() > 20);
        drawn.embedder = std::make_shared<TrigramEmbedder>(); // a new program
        QCOMPARE(drawn.found(*drawn.searcher(), "approvers of a card"), before);
        QCOMPARE(drawn.embedder->texts(), std::vector<std::string>{"approvers of a card"});
    }

    void oneQuestionIsEmbeddedOnceByAProgram()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        drawn.embedder->forget();
        const auto searcher = drawn.searcher();
        drawn.found(*searcher, "card");
        drawn.found(*searcher, "card");
        QVERIFY(searcher->searchKeptOut(drawn.request("card"), {}).has_value());
        QVERIFY(searcher->why(drawn.request("card"), "keys", {}).has_value());
        QCOMPARE(drawn.embedder->texts(), std::vector<std::string>{"card"});
    }

    void aSearchThatWaitsForTheEndpointKeepsNoOtherWaiting()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        Pause pause;
        drawn.embedder->onCall([&](std::stop_token stop) { return pause(std::move(stop)); });
        const auto searcher = drawn.searcher();
        const auto slow = drawn.request(kMisspelt);
        Result<SearchResult> result;
        std::jthread waiting([&] { result = searcher->search(slow, {}); });
        const ReleasedAtEnd released{pause};
        pause.waitUntilReached();
        drawn.profile.embedder.clear();
        QCOMPARE(drawn.first(*searcher, "card"), std::string("cards")); // would hang
        pause.release();
        waiting.join();
        QVERIFY(result.has_value());
        QCOMPARE(result->passages.front().document, std::string("access"));
    }

    void couldNotLookIsAnError_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("the endpoint cannot be reached")
            << "down" << int(ErrorCode::Network) << "a profile without `embedder`";
        QTest::newRow("the index has no vectors")
            << "none" << int(ErrorCode::NotFound) << "run `plumbline index`";
        QTest::newRow("no endpoint of this name") << "name" << int(ErrorCode::NotFound) << "nobody";
        QTest::newRow("no endpoints at all") << "services" << int(ErrorCode::NotFound) << "workspace.yaml";
        QTest::newRow("vectors of another size under one name")
            << "size" << int(ErrorCode::BadInput) << "state `dimensions`";
    }

    void couldNotLookIsAnError()
    {
        QFETCH(QString, kind);
        QFETCH(int, code);
        QFETCH(QString, says);
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const Profile semantic = drawn.profile;
        if (kind == "none")
            drawn.profile.embedder.clear();
        drawn.index();
        drawn.profile = semantic;
        if (kind == "name")
            drawn.profile.embedder = "nobody";
        if (kind == "size")
            drawn.embedder = std::make_shared<TrigramEmbedder>("trigrams-1", 64);
        if (kind == "down")
            drawn.embedder->onCall([](const std::stop_token&) -> Result<void> {
                return failure(ErrorCode::Network, "the endpoint 'letters' refuses connections");
            });
        const auto searcher =
            kind == "services" ? std::make_unique<Searcher>(drawn.home(), drawn.state()) : drawn.searcher();
        const auto result = searcher->search(drawn.request("card"), {});
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), code);
        QVERIFY2(result.error().message.find(says.toStdString()) != std::string::npos,
                 result.error().message.c_str());
    }

    void prefixesGoBeforeQuestionsAndDocumentsAndBelongToTheIdentity()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        drawn.embedder->forget();
        drawn.profile.documentPrefix = "passage: ";
        drawn.profile.queryPrefix = "query: ";
        const auto report = drawn.index();
        QCOMPARE(report.embedded, std::size_t{4});
        QVERIFY(std::ranges::all_of(drawn.embedder->texts(),
                                    [](const std::string& text) { return text.starts_with("passage: "); }));
        drawn.found(*drawn.searcher(), "card");
        QCOMPARE(drawn.embedder->texts().back(), std::string("query: card"));
        drawn.profile.documentPrefix.clear();
        QVERIFY(!drawn.searcher()->search(drawn.request("card"), {}));
    }

    void withoutTheVectorStageNothingIsAskedOfTheEmbedder()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        drawn.embedder->forget();
        drawn.profile.vectorWeight = 0;
        QCOMPARE(drawn.first(*drawn.searcher(), "card"), std::string("cards"));
        QVERIFY(drawn.embedder->texts().empty());
    }

    void theRuleOfRefusalSeesTheRankingWithoutEndpoints()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        const auto searcher = drawn.searcher();
        drawn.profile.reranker = "overlap";
        const auto served = searcher->search(drawn.request("card desk ledger"), {});
        drawn.profile.reranker.clear();
        drawn.profile.embedder.clear();
        const auto plain = searcher->search(drawn.request("card desk ledger"), {});
        QVERIFY(served.has_value() && plain.has_value());
        QVERIFY(plain->passages.size() > 1);
        for (const Passage& passage : plain->passages) {
            const auto same = std::ranges::find(served->passages, passage.document, &Passage::document);
            QVERIFY(same != served->passages.end());
            QCOMPARE(passage.embeddedScore, passage.score);
            QCOMPARE(passage.latentCosine, passage.scores.vector);
            QCOMPARE(same->embeddedScore, passage.score);
            QCOMPARE(same->latentCosine, passage.scores.vector);
            QVERIFY(same->scores.vector != passage.scores.vector);
        }
    }
};

QTEST_APPLESS_MAIN(TestEndpointVectors)
#include "tst_endpoint_vectors.moc"
