#include <QTest>

#include "app/evals/flip.h"
#include "tests/app/evals/run_fixtures.h"

using namespace plumbline;
using evals::FlipCause;
using evals::FlipSide;

namespace {

std::string causesOf(const Result<evals::FlipReport>& report)
{
    if (!report) {
        return report.error().describe();
    }
    std::string all = report->flips ? "flips:" : "same:";
    for (const FlipCause cause : report->causes) {
        all += " " + std::string(toString(cause));
    }
    return all + " of " + std::to_string(report->differs.size());
}

} // namespace

class TestFlip : public QObject {
    Q_OBJECT

private slots:
    void theOneThingThatFlipsIsNamed_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing differs") << 0 << "same: of 0";
        QTest::newRow("the prompt drops the question") << 1 << "flips: prompt of 1";
        QTest::newRow("the assertion asks for more") << 2 << "flips: assertion of 1";
        QTest::newRow("the question is another") << 3 << "flips: dataset of 1";
        QTest::newRow("the prompt, while the model differs too") << 4 << "flips: prompt of 2";
        QTest::newRow("two things that each break it") << 5 << "flips: prompt assertion of 2";
    }

    void theOneThingThatFlipsIsNamed()
    {
        QFETCH(int, what);
        QFETCH(QString, expected);
        const tests::RunStore store;
        auto suite = tests::plainSuite(1);
        evals::Run run;
        run.id = "r-1";
        run.settings.asOf = Date{};
        QVERIFY(store.runs().create(run, suite).has_value());
        auto journal = evals::RunJournal::open(store.file(), "r-1");
        QVERIFY(journal.has_value());
        FlipSide first{tests::plainTarget(suite, "echo"), suite.cases.front(), {}};
        FlipSide second = first;
        if (what == 1 || what == 4 || what == 5) {
            second.target.plain->text = "Say nothing";
            second.target.variant.promptDigest = "other";
        }
        if (what == 2 || what == 5) {
            second.testCase.assertions.front().value = "something else";
        }
        if (what == 3) {
            second.testCase.vars["question"] = "another";
        }
        if (what == 4) {
            second.target.variant.model = "counting";
        }
        const auto ports = tests::portsOf(store, std::make_shared<tests::CountingModel>());
        QCOMPARE(causesOf(evals::whyFlipped(ports, first, second, "r-1", **journal, {})),
                 expected.toStdString());
    }

    void anOutageIsNoCause_data()
    {
        QTest::addColumn<bool>("firstIsDown");
        QTest::newRow("of the first side") << true;
        QTest::newRow("of the second") << false;
    }

    void anOutageIsNoCause()
    {
        QFETCH(bool, firstIsDown);
        const tests::RunStore store;
        auto suite = tests::plainSuite(1);
        evals::Run run;
        run.id = "r-1";
        run.settings.asOf = Date{};
        QVERIFY(store.runs().create(run, suite).has_value());
        auto journal = evals::RunJournal::open(store.file(), "r-1");
        QVERIFY(journal.has_value());
        FlipSide first{tests::plainTarget(suite, firstIsDown ? "down" : "echo"), suite.cases.front(), {}};
        FlipSide second{tests::plainTarget(suite, firstIsDown ? "echo" : "down"), suite.cases.front(), {}};
        const auto down = std::make_shared<tests::CountingModel>(
            [](const llm::ChatRequest&, int) -> Result<llm::ChatReply> {
                return failure(ErrorCode::Network, "the server cannot be reached", "down");
            });
        const auto report =
            evals::whyFlipped(tests::portsOf(store, down), first, second, "r-1", **journal, {});
        QVERIFY(report.has_value());
        QVERIFY(!report->flips);
        QVERIFY(report->causes.empty());
        QCOMPARE(report->error, std::string("down: the server cannot be reached"));
        QCOMPARE(down->calls(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFlip)
#include "tst_flip.moc"
