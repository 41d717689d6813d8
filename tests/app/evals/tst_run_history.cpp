#include <QtTest>

#include "app/evals/run_history.h"
#include "app/store/database.h"
#include "app/store/migrations.h"
#include "tests/app/evals/made_runs.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

Variant variant(const char* prompt)
{
    Variant one;
    one.prompt = prompt;
    one.model = "embedded";
    return one;
}

// A store with runs of a suite of ten cases.
class Store {
public:
    Store() : m_runs(m_folder.path() / "runs.db") { (void)store::migrate(m_runs.database()); }

    // Variant v1 fails the first `one` cases, v2 the first `two`; `count` cases are done, by both.
    bool add(const char* id, const char* time, int one, int two, int count = 10)
    {
        Run run;
        run.id = id;
        run.started = *parseTimestamp(std::string("2026-11-") + time + ".000Z");
        run.settings.suiteName = "made";
        run.settings.variants = {variant("policy@v1"), variant("policy@v2")};
        run.planned = 20;
        if (!m_runs.create(run, suiteOf(10)))
            return false;
        std::vector<CaseResult> results;
        for (int index = 0; index < count; ++index) {
            results.push_back(made(index, index >= one, 0));
            results.push_back(made(index, index >= two, 1));
        }
        return m_runs.add(id, results) && m_runs.finish(id, RunState::Finished, {}, run.started);
    }
    // What is stored of the run's results is no JSON any more.
    bool damage(const std::string& id)
    {
        auto database = store::Database::open(m_runs.database());
        return database && database->run("UPDATE eval_results SET figures = '{' WHERE run = (SELECT key FROM "
                                         "eval_runs WHERE id = ?1)",
                                         {id});
    }
    const RunRepository& runs() const { return m_runs; }
    RunHistory history() const { return RunHistory(m_runs, {}); }

private:
    static CaseResult made(int index, bool passed, int variant)
    {
        CaseResult result = resultOf(index, passed, variant);
        AssertionResult check;
        check.name = "contains";
        check.outcome = passed ? Outcome::Passed : Outcome::Failed;
        check.reason = "does not hold \"four hours\"";
        result.assertions = {check};
        return result;
    }

    tests::TemporaryFolder m_folder;
    RunRepository m_runs;
};

double valueOf(const RunSeries& series, const char* metric, std::size_t number)
{
    return series.points.at(metric).at(number).value;
}

} // namespace

class TestRunHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsOfTheStoreBecomeSeries()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 2, 5));
        QVERIFY(store.add("r-b", "25T10:00:00", 0, 10));
        int told = 0;
        const auto read = store.history().read({}, [&told](const Progress& progress) {
            ++told;
            QCOMPARE(progress.total, std::uint64_t(2));
        });
        QVERIFY(read);
        QCOMPARE(told, 2);
        const RunSeries series = seriesOf(read->runs);
        QCOMPARE(series.runs.size(), std::size_t(2));
        QCOMPARE(series.points.at("pass_rate").size(), std::size_t(4));
        QCOMPARE(valueOf(series, "pass_rate", 0), 0.8);
        QCOMPARE(valueOf(series, "pass_rate", 1), 0.5);
        QCOMPARE(valueOf(series, "pass_rate", 2), 1.0);
        QCOMPARE(valueOf(series, "pass_rate", 3), 0.0);
        QVERIFY(series.points.at("pass_rate")[1].low < 0.5 && series.points.at("pass_rate")[1].high > 0.5);
        QCOMPARE(series.points.at("latency:total:p50")[0].n, std::int64_t(10));
    }

    void aRunWithoutResultsIsNoPoint()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 0, 0, 0));
        const auto read = store.history().read({}, {});
        QVERIFY(read && read->runs.empty() && read->left.empty());
    }

    void whatCameSinceIsMeasuredAgain()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 2, 2, 4));
        const RunHistory history = store.history();
        QCOMPARE(valueOf(seriesOf(history.read({}, {})->runs), "pass_rate", 0), 0.5);
        std::vector<CaseResult> more;
        for (int index = 4; index < 8; ++index)
            more.push_back(resultOf(index, true));
        QVERIFY(store.runs().add("r-a", more));
        QCOMPARE(valueOf(seriesOf(history.read({}, {})->runs), "pass_rate", 0), 0.75);
    }

    void failuresAreCountedOverRunsWithTheReasonOfTheLast()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 2, 5));
        QVERIFY(store.add("r-b", "25T10:00:00", 1, 0));
        FailureQuery query{{"r-a", "r-b", "r-gone"}, {"policy@v1 / embedded", "policy@v2 / embedded"}, 3};
        const auto failures = store.history().failures(query, {});
        QVERIFY(failures);
        QCOMPARE(failures->results, std::int64_t(40));
        QCOMPARE(failures->cases.size(), std::size_t(3));
        QCOMPARE(failures->cases[0].caseId, std::string("c0"));
        QCOMPARE(failures->cases[0].failed, std::int64_t(3));
        QCOMPARE(failures->cases[0].asked, std::int64_t(4));
        QCOMPARE(failures->cases[0].lastRun, std::string("r-b"));
        QCOMPARE(failures->cases[0].reason, std::string("contains: does not hold \"four hours\""));
        QCOMPARE(failures->cases[1].lastRun, std::string("r-a"));
        QCOMPARE(failures->prompts[0].prompt, std::string("policy@v2"));
        QCOMPARE(failures->prompts[0].failed, std::int64_t(5));
        query.variants = {"policy@v1 / embedded"};
        QCOMPARE(store.history().failures(query, {})->prompts.size(), std::size_t(1));
    }

    void aStopIsCancelled()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 2, 5));
        std::stop_source stop;
        stop.request_stop();
        const auto read = store.history().read(stop.get_token(), {});
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
        const auto failures = store.history().failures({{"r-a"}, {}, 5}, stop.get_token());
        QVERIFY(!failures && failures.error().code == ErrorCode::Cancelled);
    }

    void aRunThatCannotBeReadIsLeftOutAndSaid()
    {
        Store store;
        QVERIFY(store.add("r-a", "24T10:00:00", 2, 5));
        QVERIFY(store.add("r-b", "25T10:00:00", 2, 5));
        QVERIFY(store.damage("r-b"));
        const auto read = store.history().read({}, {});
        QVERIFY(read);
        QCOMPARE(read->runs.size(), std::size_t(1));
        QCOMPARE(read->left.size(), std::size_t(1));
        QVERIFY(read->left[0].starts_with("r-b: "));
    }

    void aStoreThatIsNotThereIsAnError()
    {
        const tests::TemporaryFolder folder;
        const RunHistory history(RunRepository(folder.path() / "no" / "runs.db"), {});
        QVERIFY(!history.read({}, {}));
        const FailureQuery query{{"r-a"}, {}, 5};
        QVERIFY(!history.failures(query, {}));
    }
};

QTEST_APPLESS_MAIN(TestRunHistory)
#include "tst_run_history.moc"
