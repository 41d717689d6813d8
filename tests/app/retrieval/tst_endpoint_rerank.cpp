// A rerank endpoint in the ranked list.
#include "tests/app/retrieval/model_workspace.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using tests::ModelWorkspace;

namespace {

constexpr const char* kQuestion = "who blocks lost cards";

void writeRanked(ModelWorkspace& drawn)
{
    drawn.profile.embedder.clear();
    drawn.profile.reranker = "overlap";
    drawn.write("many", "Lost card: blocked. Lost card: block.");
    drawn.write(
        "whole",
        "In a long text about ledgers, leave, keys, desks and much else that is not short at all, who reads "
        "on finds that somebody blocks, with care, what was lost, and with it cards.");
    drawn.write("some", "Our lost property desk has paper, pens and cards.");
    drawn.write("other", "Ledger pages are kept for seven years.");
}

} // namespace

class TestEndpointRerank : public QObject {
    Q_OBJECT

private slots:
    void theEndpointDecidesTheOrder()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        const auto searcher = drawn.searcher();
        const auto result = searcher->search(drawn.request(kQuestion), {});
        QVERIFY(result.has_value());
        QCOMPARE(result->reranker, std::string("overlap-1"));
        QCOMPARE(result->passages.front().document, std::string("whole"));
        QCOMPARE(*result->passages.front().scores.relevance, 1.0);
        QCOMPARE(result->passages.front().score, 1.0);
        drawn.profile.reranker.clear();
        const auto without = searcher->search(drawn.request(kQuestion), {});
        QCOMPARE(without->passages.front().document, std::string("many"));
        QVERIFY(!without->passages.front().scores.relevance);
        QVERIFY(without->reranker.empty());
    }

    void theWeightBlendsRelevanceAndFeatures()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        const auto searcher = drawn.searcher();
        const auto scoreOf = [&](double weight) {
            drawn.profile.rerankerWeight = weight;
            const auto result = searcher->search(drawn.request(kQuestion), {});
            const auto found = std::ranges::find(result->passages, "some", &Passage::document);
            return found->scores.rerank;
        };
        const double endpoint = scoreOf(1);
        const double features = scoreOf(0);
        const int calls = drawn.reranker->calls();
        QCOMPARE(calls, 1); // a weight of 0 asks nothing
        QVERIFY(endpoint != features);
        QVERIFY(std::fabs(scoreOf(0.25) - (0.25 * endpoint + 0.75 * features)) < 1e-12);
    }

    void onlyTheFirstCandidatesAreSentAndTheOthersStayBehind()
    {
        ModelWorkspace drawn;
        drawn.profile.embedder.clear();
        drawn.writeMany(40);
        drawn.index();
        drawn.profile.reranker = "overlap";
        drawn.profile.rerankCandidates = 5;
        drawn.reranker->always(0.01);
        auto request = drawn.request("ledger kept by desk 3");
        request.top = 20;
        const auto result = drawn.searcher()->search(request, {});
        QVERIFY(result.has_value());
        QCOMPARE(drawn.reranker->asked(), std::size_t{5});
        for (std::size_t i = 0; i < result->passages.size(); ++i) {
            QCOMPARE(result->passages[i].scores.relevance.has_value(), i < 5);
            QVERIFY(result->passages[i].score <= 0.01);
        }
    }

    void equalRelevanceKeepsTheFusedOrder()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        drawn.reranker->always(0.5);
        const auto searcher = drawn.searcher();
        const auto result = searcher->search(drawn.request(kQuestion), {});
        QVERIFY(std::ranges::is_sorted(result->passages, std::greater<>(),
                                       [](const Passage& passage) { return passage.scores.fused; }));
        QCOMPARE(drawn.found(*searcher, kQuestion), drawn.found(*searcher, kQuestion));
    }

    void theStoryOfADocumentNamesTheSameRank()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        const auto why = drawn.searcher()->why(drawn.request(kQuestion), "whole", {});
        QVERIFY(why.has_value());
        QCOMPARE(why->rank, 1);
    }

    void anEndpointThatFailsIsAnErrorThatSaysWhatToDo()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        drawn.reranker->fail({ErrorCode::Network, "the endpoint 'overlap' refuses connections", ""});
        const auto result = drawn.searcher()->search(drawn.request(kQuestion), {});
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::Network);
        QVERIFY(result.error().message.find("a profile without `reranker`") != std::string::npos);
    }

    void aRelevanceOutsideOfItsRangeIsRefused()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        drawn.reranker->always(1.5);
        const auto result = drawn.searcher()->search(drawn.request(kQuestion), {});
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::Network);
    }

    void anUnknownNameIsNotFound()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        drawn.profile.reranker = "nobody";
        const auto result = drawn.searcher()->search(drawn.request(kQuestion), {});
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::NotFound);
    }

    void nothingFoundAsksNothing()
    {
        ModelWorkspace drawn;
        writeRanked(drawn);
        drawn.index();
        const auto result = drawn.searcher()->search(drawn.request("zzz"), {});
        QVERIFY(result.has_value());
        QVERIFY(result->passages.empty());
        QCOMPARE(drawn.reranker->calls(), 0);
    }
};

QTEST_APPLESS_MAIN(TestEndpointRerank)
#include "tst_endpoint_rerank.moc"
