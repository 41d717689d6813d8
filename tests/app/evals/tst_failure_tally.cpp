#include <QtTest>

#include "app/evals/failure_tally.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

Run run(const char* id, const char* time, const char* suite = "golden")
{
    Run one;
    one.id = id;
    one.started = *parseTimestamp(std::string("2026-11-") + time + ".000Z");
    one.settings.suiteName = suite;
    one.settings.variants.resize(2);
    one.settings.variants[0].prompt = "policy@v1";
    one.settings.variants[1].prompt = "policy@v2";
    for (Variant& variant : one.settings.variants)
        variant.model = "embedded";
    return one;
}

CaseResult result(const char* id, int variant, bool passed, const char* reason = "")
{
    CaseResult one;
    one.caseId = id;
    one.variant = variant;
    one.passed = passed;
    AssertionResult good;
    good.name = "contains";
    good.outcome = Outcome::Passed;
    good.reason = "holds it";
    AssertionResult bad;
    bad.name = "grounded";
    bad.reason = reason;
    one.assertions = {good};
    if (!passed)
        one.assertions.push_back(bad);
    return one;
}

// "golden/c1 2 of 3"
QStringList lines(const std::vector<FailingCase>& cases)
{
    QStringList all;
    for (const FailingCase& one : cases)
        all << QStringLiteral("%1/%2 %3 of %4")
                   .arg(QString::fromStdString(one.suite), QString::fromStdString(one.caseId))
                   .arg(one.failed)
                   .arg(one.asked);
    return all;
}

} // namespace

class TestFailureTally : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mostFailuresComeFirstThenTheGreaterShareThenTheName()
    {
        FailureTally tally;
        const Run one = run("r-a", "24T10:00:00");
        for (const char* id : {"twice", "half", "all", "also-all", "never"}) {
            const bool twice = qstrcmp(id, "twice") == 0;
            const bool never = qstrcmp(id, "never") == 0;
            tally.add(one, result(id, 0, never));
            if (twice || qstrcmp(id, "half") == 0)
                tally.add(one, result(id, 1, !twice));
        }
        const Failures failures = tally.top(10);
        const QStringList expected = {
            QStringLiteral("golden/twice 2 of 2"), QStringLiteral("golden/all 1 of 1"),
            QStringLiteral("golden/also-all 1 of 1"), QStringLiteral("golden/half 1 of 2")};
        QCOMPARE(lines(failures.cases), expected);
        QCOMPARE(failures.results, std::int64_t(7));
        QCOMPARE(lines(tally.top(2).cases), expected.mid(0, 2));
    }

    void theReasonIsThatOfTheNewestRunWhateverTheOrderOfReading()
    {
        FailureTally tally;
        tally.add(run("r-b", "25T10:00:00"), result("c1", 1, false, "new reason"));
        tally.add(run("r-a", "24T10:00:00"), result("c1", 0, false, "old reason"));
        const FailingCase one = tally.top(1).cases.front();
        QCOMPARE(one.lastRun, std::string("r-b"));
        QCOMPARE(one.reason, std::string("grounded: new reason"));
        const std::vector<std::string> variants = {"policy@v1 / embedded", "policy@v2 / embedded"};
        QCOMPARE(one.variants, variants);
    }

    void aBrokenCaseSaysWhatBroke()
    {
        FailureTally tally;
        CaseResult broken = result("c1", 0, false);
        broken.state = CaseState::Broken;
        broken.error = "the model's server answered 503";
        tally.add(run("r-a", "24T10:00:00"), broken);
        const FailingCase one = tally.top(1).cases.front();
        QCOMPARE(one.broken, std::int64_t(1));
        QCOMPARE(one.reason, broken.error);
        QCOMPARE(tally.top(1).prompts.front().broken, std::int64_t(1));
    }

    void whatWasNotExecutedIsTheReasonToo()
    {
        FailureTally tally;
        CaseResult one = result("c1", 0, false, "");
        one.assertions.back().outcome = Outcome::NotExecutable;
        tally.add(run("r-a", "24T10:00:00"), one);
        QCOMPARE(tally.top(1).cases.front().reason, std::string("grounded"));
    }

    void promptsCountTheirCasesOnce()
    {
        FailureTally tally;
        const Run one = run("r-a", "24T10:00:00");
        tally.add(one, result("c1", 0, false));
        tally.add(one, result("c1", 0, false)); // a repeat
        tally.add(one, result("c2", 0, true));
        tally.add(one, result("c1", 1, false));
        const auto prompts = tally.top(10).prompts;
        QCOMPARE(prompts.size(), std::size_t(2));
        QCOMPARE(prompts[0].prompt, std::string("policy@v1"));
        QCOMPARE(prompts[0].failed, std::int64_t(2));
        QCOMPARE(prompts[0].asked, std::int64_t(3));
        QCOMPARE(prompts[0].cases, std::int64_t(1));
    }

    void equalNamesInTwoSuitesAreTwoCases()
    {
        FailureTally tally;
        tally.add(run("r-a", "24T10:00:00", "golden"), result("c1", 0, false));
        tally.add(run("r-b", "24T11:00:00", "imported"), result("c1", 0, false));
        QCOMPARE(tally.top(10).cases.size(), std::size_t(2));
    }

    void aResultOfAVariantThatTheRunDoesNotHaveIsLeftOut()
    {
        FailureTally tally;
        tally.add(run("r-a", "24T10:00:00"), result("c1", 2, false));
        tally.add(run("r-a", "24T10:00:00"), result("c1", -1, false));
        QCOMPARE(tally.top(10).results, std::int64_t(0));
        QVERIFY(tally.top(10).cases.empty());
    }
};

QTEST_APPLESS_MAIN(TestFailureTally)
#include "tst_failure_tally.moc"
