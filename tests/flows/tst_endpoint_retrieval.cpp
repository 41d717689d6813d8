// Endpoints of workspace.yaml in the command's retrieval: over HTTP, against the loopback server whose
// vectors and relevance are computed from the texts.
#include <algorithm>

#include <QTest>

#include <nlohmann/json.hpp>

#include "tests/flows/support/small_workspace.h"
#include "tests/support/fault_server/fault_server.h"

using namespace plumbline;
using nlohmann::json;

namespace {

constexpr const char* kMisspelt = "autentification of aproovers"; // no word of any document

std::string configWith(const std::string& url, const std::string& model)
{
    return "name: small\ndocuments: {include: [.]}\napproval: {default: approved}\nactor: A Tester\n"
           "models:\n"
           "  letters: {kind: embeddings, url: \"" +
           url + "\", model: " + model +
           ", retries: 0}\n"
           "  overlap: {kind: rerank, url: \"" +
           url +
           "\", model: words-1, retries: 0}\n"
           "retrieval:\n  profile: semantic\n  profiles:\n"
           "    semantic: {embedder: letters}\n"
           "    both: {embedder: letters, reranker: overlap}\n"
           "    wrong: {embedder: overlap}\n"
           "    nobody: {reranker: nobody}\n"
           "    words: {}\n";
}

} // namespace

class TestEndpointRetrieval : public QObject {
    Q_OBJECT

    tests::FaultServer m_server;
    std::unique_ptr<tests::SmallWorkspace> m_drawn;

    tests::CommandOutcome run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"--workspace", m_drawn->home().string()});
        return tests::plumbline(arguments);
    }
    tests::CommandOutcome search(const std::string& query, const std::string& profile) const
    {
        return run({"search", query, "--profile", profile, "--as-of", "2026-11-24", "--json"});
    }

private slots:
    void init()
    {
        m_drawn = std::make_unique<tests::SmallWorkspace>();
        m_drawn->write("workspace.yaml", configWith(m_server.url(), "letters-1"));
        m_drawn->write("access.md", tests::policy({.id = "ACC",
                                                   .body = "Authentications by approver: each "
                                                           "authentication names its approvers."}));
        m_drawn->write("cards.md", tests::policy({.id = "CRD", .body = "A lost card is blocked at once."}));
        m_drawn->write("keys.md",
                       tests::policy({.id = "KEY", .body = "Signing keys are rotated each quarter."}));
    }

    void theProfileDecidesAndSaysSo()
    {
        const auto indexed = run({"index", "--json"});
        QVERIFY2(indexed.exitCode == 0, indexed.err.c_str());
        const json report = json::parse(indexed.out);
        QCOMPARE(report["embedder"].get<std::string>(), std::string("letters-1"));
        QCOMPARE(report["embedded"].get<int>(), 3);

        const json served = json::parse(search(kMisspelt, "semantic").out);
        QCOMPARE(served["results"][0]["document"].get<std::string>(), std::string("ACC"));
        QCOMPARE(served["profile"].get<std::string>(), std::string("semantic"));
        QCOMPARE(served["embedder"].get<std::string>(), std::string("letters-1"));
        QVERIFY(served["reranker"].is_null());

        const json words = json::parse(search(kMisspelt, "words").out);
        QVERIFY(words["results"].empty());
        QCOMPARE(words["profile"].get<std::string>(), std::string("words"));
        QVERIFY(words["embedder"].is_null());

        const json both = json::parse(search("lost card", "both").out);
        QCOMPARE(both["results"][0]["document"].get<std::string>(), std::string("CRD"));
        QCOMPARE(both["results"][0]["scores"]["relevance"].get<double>(), 1.0);
        QCOMPARE(both["reranker"].get<std::string>(), std::string("rerank:words-1"));

        const auto explained = run({"search", "lost card", "--profile", "both", "--explain"});
        QVERIFY(explained.out.find("vectors of letters-1; reranked by rerank:words-1") != std::string::npos);
    }

    void eachCommandIsARestartAndNoDocumentIsSentAgain()
    {
        QCOMPARE(run({"index"}).exitCode, 0);
        const std::size_t before = m_server.requests().size();
        const auto first = search(kMisspelt, "semantic");
        const auto second = search(kMisspelt, "semantic");
        QCOMPARE(json::parse(second.out)["results"].dump(), json::parse(first.out)["results"].dump());
        QCOMPARE(m_server.requests().size(), before + 2); // the question, twice
        QCOMPARE(json::parse(run({"index", "--json"}).out)["embedded"].get<int>(), 0);
    }

    void aChangedModelNameServesNothingWrongAndIsEmbeddedAnew()
    {
        QCOMPARE(run({"index"}).exitCode, 0);
        m_drawn->write("workspace.yaml", configWith(m_server.url(), "letters-2"));
        const auto stale = search(kMisspelt, "semantic");
        QVERIFY(stale.exitCode != 0);
        QVERIFY2(stale.err.find("run `plumbline index`") != std::string::npos, stale.err.c_str());
        QCOMPARE(json::parse(search("lost card", "words").out)["results"][0]["document"].get<std::string>(),
                 std::string("CRD")); // the old generation serves
        const json report = json::parse(run({"index", "--json"}).out);
        QCOMPARE(report["embedded"].get<int>(), 3);
        QCOMPARE(report["embedder"].get<std::string>(), std::string("letters-2"));
        QCOMPARE(json::parse(search(kMisspelt, "semantic").out)["embedder"].get<std::string>(),
                 std::string("letters-2"));
    }

    void searchRetrieveAndAskTakeOneList()
    {
        QCOMPARE(run({"index"}).exitCode, 0);
        const json found = json::parse(search("lost card blocked", "both").out)["results"];
        const json asked = json::parse(
            run({"ask", "lost card blocked", "--profile", "both", "--as-of", "2026-11-24", "--json"}).out);
        const json& passages = asked["refused"].get<bool>() ? asked["refusal"]["nearest"] : asked["sources"];
        QVERIFY(!passages.empty());
        for (const json& passage : passages) {
            const auto same = std::ranges::find_if(found, [&](const json& one) {
                return one["document"] == passage["document"] && one["start"] == passage["start"];
            });
            QVERIFY(same != found.end());
            QCOMPARE(passage["rank"].dump(), (*same)["rank"].dump());
            QCOMPARE(passage["scores"].dump(), (*same)["scores"].dump());
            QVERIFY(passage["scores"].contains("relevance"));
        }
    }

    void couldNotLookIsSaid_data()
    {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<QString>("says");
        QTest::newRow("the endpoint is down") << "semantic"
                                              << "models.letters";
        QTest::newRow("an endpoint of another kind") << "wrong"
                                                     << "embeddings";
        QTest::newRow("no such endpoint") << "nobody"
                                          << "there is: overlap";
    }

    void couldNotLookIsSaid()
    {
        QFETCH(QString, profile);
        QFETCH(QString, says);
        QCOMPARE(run({"index"}).exitCode, 0);
        m_drawn->write("workspace.yaml", configWith(m_server.url("/fault/503"), "letters-1"));
        const auto outcome = search("lost card", profile.toStdString());
        QVERIFY(outcome.exitCode == 2 || outcome.exitCode == 3);
        QVERIFY(outcome.out.empty());
        QVERIFY2(outcome.err.find(says.toStdString()) != std::string::npos, outcome.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestEndpointRetrieval)
#include "tst_endpoint_retrieval.moc"
