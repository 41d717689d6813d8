// Indexing with an embedder: what is asked for and kept, and which generation serves when.
#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/app/retrieval/model_workspace.h"

using namespace plumbline;
using namespace plumbline::retrieval;
using tests::kMisspelt;
using tests::ModelWorkspace;
using tests::Pause;
using tests::ReleasedAtEnd;
using tests::TrigramEmbedder;
using tests::writeDrawn;

class TestVectorIndexing : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatIsNewIsAskedFor()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        drawn.embedder->forget();
        QCOMPARE(drawn.index().embedded, std::size_t{0}); // nothing changed
        drawn.write("leave", "Leave is asked for a week ahead.");
        const auto grown = drawn.index();
        QCOMPARE(grown.embedded, std::size_t{1});
        QCOMPARE(drawn.embedder->texts().size(), std::size_t{1});
        const auto refitted = drawn.index(true); // every segment is written again
        QCOMPARE(refitted.embedded, std::size_t{0});
        QCOMPARE(refitted.reused, std::size_t{5});
        QCOMPARE(drawn.first(*drawn.searcher(), "leev asked weeek"), std::string("leave"));
    }

    void theSameTextTwiceIsSentOnce()
    {
        ModelWorkspace drawn;
        drawn.folder.write("documents/a.md", "# Cards\n\nA lost card is blocked.\n");
        drawn.folder.write("documents/b.md", "# Cards\n\nA lost card is blocked.\n");
        QCOMPARE(drawn.index().embedded, std::size_t{1});
        QCOMPARE(drawn.embedder->texts().size(), std::size_t{1});
    }

    void aChangedModelEmbedsAllAnewAndTheOldGenerationServesUntilThen()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const auto first = drawn.index();
        const auto searcher = drawn.searcher();
        const std::string before = drawn.found(*searcher, kMisspelt);
        const auto old = drawn.embedder;
        const auto next = std::make_shared<TrigramEmbedder>("trigrams-2", 128);
        Pause pause;
        next->onCall([&](std::stop_token stop) { return pause(std::move(stop)); });
        ModelServices services = drawn.services();
        services.embedder = [&](const std::string&) -> Result<std::shared_ptr<const llm::Embedder>> {
            return next;
        };
        IndexOptions options;
        options.approvedByDefault = true;
        options.profile = drawn.profile;
        Result<IndexReport> report;
        std::jthread run(
            [&] { report = Indexer(drawn.home(), drawn.state(), services).run(options, {}, {}); });
        const ReleasedAtEnd released{pause};
        pause.waitUntilReached();
        const std::string during = drawn.found(*searcher, kMisspelt);
        const std::string atStart = drawn.found(*drawn.searcher(), kMisspelt);
        pause.release();
        run.join();
        QCOMPARE(during, before);
        QCOMPARE(atStart, before);
        QVERIFY(report.has_value());
        QCOMPARE(report->generation, first.generation + 1);
        QCOMPARE(report->embedded, std::size_t{4});
        QCOMPARE(report->embedder, std::string("trigrams-2"));
        const auto stale = searcher->search(drawn.request(kMisspelt), {});
        QVERIFY(!stale);
        QVERIFY(stale.error().code == ErrorCode::Conflict);
        QVERIFY(stale.error().message.find("run `plumbline index`") != std::string::npos);
        drawn.embedder = next;
        QCOMPARE(drawn.first(*searcher, kMisspelt), std::string("access"));
        const auto generations = Indexer(drawn.home(), drawn.state()).generations();
        QCOMPARE((*generations)[0].embedder, std::string("trigrams-2"));
        QCOMPARE((*generations)[1].embedder, std::string("trigrams-1"));
    }

    void aModelTriedAndLeftAgainCostsNothingTwice()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        const auto old = drawn.embedder;
        drawn.embedder = std::make_shared<TrigramEmbedder>("trigrams-2");
        QCOMPARE(drawn.index().embedded, std::size_t{4});
        drawn.embedder = old;
        const auto back = drawn.index();
        QCOMPARE(back.embedded, std::size_t{0});
        QCOMPARE(back.reused, std::size_t{4});
        QCOMPARE(drawn.first(*drawn.searcher(), kMisspelt), std::string("access"));
    }

    void aRollbackAlsoTurnsBackTheModel()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        const auto old = drawn.embedder;
        drawn.embedder = std::make_shared<TrigramEmbedder>("trigrams-2");
        drawn.index();
        QVERIFY(Indexer(drawn.home(), drawn.state()).rollback().has_value());
        const auto refused = drawn.searcher()->search(drawn.request("card"), {});
        QVERIFY(!refused && refused.error().code == ErrorCode::Conflict);
        drawn.embedder = old;
        QCOMPARE(drawn.first(*drawn.searcher(), "card"), std::string("cards"));
    }

    void anEndpointThatFailsMidwayKeepsTheOldGenerationAndWhatItGave()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const auto before = drawn.index();
        const std::string list = drawn.found(*drawn.searcher(), kMisspelt);
        drawn.writeMany(150);
        int calls = 0;
        drawn.embedder->onCall([&](const std::stop_token&) -> Result<void> {
            if (++calls == 3)
                return failure(ErrorCode::Network, "the endpoint 'letters' broke off; try again");
            return {};
        });
        const auto failed = drawn.tryIndex();
        QVERIFY(!failed);
        QVERIFY(failed.error().code == ErrorCode::Network);
        QVERIFY(failed.error().message.find("letters") != std::string::npos);
        QCOMPARE(drawn.count("SELECT generation FROM service"), before.generation);
        QCOMPARE(drawn.found(*drawn.searcher(), kMisspelt), list);
        drawn.embedder->onCall({});
        const auto again = drawn.index();
        QCOMPARE(again.embedded, std::size_t{150 - 2 * 64});
    }

    void aKilledRunPaysForNothingTwice()
    {
        ModelWorkspace drawn;
        drawn.writeMany(150);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            int calls = 0;
            drawn.embedder->onCall([&](const std::stop_token&) -> Result<void> {
                if (++calls == 3)
                    ::raise(SIGKILL);
                return {};
            });
            (void)drawn.tryIndex();
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE(drawn.count("SELECT count(*) FROM embeddings"), std::int64_t{128});
        const auto again = drawn.index();
        QCOMPARE(again.embedded, std::size_t{22});
        QCOMPARE(drawn.embedder->texts().size(), std::size_t{22});
        QCOMPARE(drawn.count("SELECT count(*) FROM embeddings"), std::int64_t{150});
    }

    void aStopEndsTheRunWithinASecond()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        Pause pause;
        drawn.embedder->onCall([&](std::stop_token stop) { return pause(std::move(stop)); });
        std::stop_source stop;
        Result<IndexReport> report;
        std::jthread run([&] { report = drawn.tryIndex(stop.get_token()); });
        const ReleasedAtEnd released{pause};
        pause.waitUntilReached();
        const auto asked = std::chrono::steady_clock::now();
        stop.request_stop();
        run.join();
        QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::seconds(1));
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::Cancelled);
        QCOMPARE(drawn.count("SELECT coalesce(max(number), 0) FROM generations"), std::int64_t{0});
    }

    void progressCountsThePassages()
    {
        ModelWorkspace drawn;
        drawn.writeMany(150);
        std::vector<Progress> seen;
        QVERIFY(drawn
                    .tryIndex({},
                              [&](const Progress& one) {
                                  if (one.stage == "embedding passages")
                                      seen.push_back(one);
                              })
                    .has_value());
        QCOMPARE(seen.size(), std::size_t{4});
        QCOMPARE(seen[1].done, std::uint64_t{64});
        QCOMPARE(seen[1].total, std::uint64_t{150});
        QVERIFY(seen[1].timeLeft.has_value());
        QCOMPARE(seen.back().done, std::uint64_t{150});
    }

    void nonsenseOfTheEmbedderIsRefused_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"too few", "no number", "empty", "of two sizes", "too long"})
            QTest::newRow(kind) << kind;
    }

    void nonsenseOfTheEmbedderIsRefused()
    {
        QFETCH(QString, kind);
        struct Nonsense : TrigramEmbedder {
            QString kind;
            Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                          std::stop_token stop) const override
            {
                auto vectors = TrigramEmbedder::embed(texts, std::move(stop));
                if (kind == "too few")
                    vectors->pop_back();
                else if (kind == "no number")
                    vectors->back()[3] = std::nanf("");
                else if (kind == "empty")
                    vectors->back().clear();
                else if (kind == "of two sizes")
                    vectors->back().push_back(1);
                else
                    vectors->assign(texts.size(), std::vector<float>(5000, 1));
                return vectors;
            }
        };
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const auto nonsense = std::make_shared<Nonsense>();
        nonsense->kind = kind;
        drawn.embedder = nonsense;
        const auto report = drawn.tryIndex();
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::Network);
        QCOMPARE(drawn.count("SELECT count(*) FROM embeddings"), std::int64_t{0});
    }

    void aNewSegmentOfAnotherSizeIsRefused()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        drawn.write("leave", "Leave is asked for a week ahead, and the card desk says so.");
        drawn.embedder = std::make_shared<TrigramEmbedder>("trigrams-1", 64);
        const auto report = drawn.tryIndex();
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::BadInput);
    }

    void whatNothingNeedsIsForgotten()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        drawn.index();
        std::filesystem::remove(drawn.home() / "documents/keys.md");
        drawn.embedder = std::make_shared<TrigramEmbedder>("trigrams-2");
        for (int i = 0; i < 6; ++i) { // five generations are kept
            drawn.write("cards", "A lost card is blocked within " + std::to_string(i) + " hours.");
            drawn.index();
        }
        QCOMPARE(drawn.count("SELECT count(*) FROM embedding_models"), std::int64_t{1});
        // Two documents that stay, and five versions of the third.
        QCOMPARE(drawn.count("SELECT count(*) FROM embeddings"), std::int64_t{2 + 5});
    }

    void aProfileWithoutEmbedderLeavesTheVectorsThere()
    {
        ModelWorkspace drawn;
        writeDrawn(drawn);
        const auto first = drawn.index();
        const Profile semantic = drawn.profile;
        drawn.profile.embedder.clear();
        QCOMPARE(drawn.index().generation, first.generation);
        drawn.write("leave", "Leave is asked for a week ahead.");
        QVERIFY(drawn.index().generation > first.generation);
        drawn.profile = semantic;
        QVERIFY(!drawn.searcher()->search(drawn.request("card"), {}));
        QCOMPARE(drawn.index().embedded, std::size_t{1});
        QCOMPARE(drawn.first(*drawn.searcher(), kMisspelt), std::string("access"));
    }
};

QTEST_APPLESS_MAIN(TestVectorIndexing)
#include "tst_vector_indexing.moc"
