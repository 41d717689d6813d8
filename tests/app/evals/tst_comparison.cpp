// Two sides compared case by case, and what is said of them.
#include <QtTest>

#include "app/evals/comparison.h"
#include "tests/app/evals/made_runs.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

// Cases pass unless named; `suite` is shared by both sides.
Measurements passing(const Suite& suite, const std::vector<int>& failing, int repeats = 1)
{
    Measurements measurements(suite);
    for (int index = 0; index < static_cast<int>(suite.cases.size()); ++index) {
        const bool passed = std::find(failing.begin(), failing.end(), index) == failing.end();
        for (int repeat = 0; repeat < repeats; ++repeat) {
            measurements.add(resultOf(index, passed, 0, repeat));
        }
    }
    return measurements;
}

std::vector<int> upTo(int count)
{
    std::vector<int> all;
    for (int index = 0; index < count; ++index) {
        all.push_back(index);
    }
    return all;
}

Comparison compared(const Measurements& before, const Measurements& after,
                    const ComparisonConfig& config = {})
{
    return compare({&before, 0, "v3 / embedded"}, {&after, 0, "v4 / embedded"}, config);
}

QString describe(const MetricComparison& metric)
{
    return QString::fromStdString(sentence(metric));
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void isHonestAboutClusters();
    void correctsOverBlockingMetrics();
    void listsWhatChanged();
    void measuresFlakinessOnBothSides();
    void setsAsideUntilTheDay();
    void complainsOfBadQuarantine_data();
    void complainsOfBadQuarantine();
    void readsNoQuarantineAsNone();
    void pairsByCaseOnly();
    void comparesMeansAndPercentiles();
    void followsTheRiskTier();
    void turnsTheDirectionOfANamedMetric();
    void saysItInOneSentence();
};

void ComparisonTest::judges_data()
{
    QTest::addColumn<int>("cases");
    QTest::addColumn<int>("failBefore");
    QTest::addColumn<int>("failAfter");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("equal, and many cases") << 300 << 20 << 20 << QStringLiteral("no evidence");
    QTest::newRow("equal, and few cases") << 40 << 4 << 4 << QStringLiteral("underpowered");
    QTest::newRow("twelve more fail") << 300 << 20 << 32 << QStringLiteral("regressed");
    QTest::newRow("twelve fewer fail") << 300 << 32 << 20 << QStringLiteral("improved");
    QTest::newRow("five more prove nothing") << 300 << 20 << 25 << QStringLiteral("no evidence");
    QTest::newRow("six more of few do") << 40 << 0 << 6 << QStringLiteral("regressed");
}

void ComparisonTest::judges()
{
    QFETCH(int, cases);
    QFETCH(int, failBefore);
    QFETCH(int, failAfter);
    QFETCH(QString, verdict);
    const Suite suite = suiteOf(cases);
    const Comparison comparison = compared(passing(suite, upTo(failBefore)), passing(suite, upTo(failAfter)));
    const MetricComparison* metric = find(comparison, "pass_rate");
    QVERIFY(metric != nullptr);
    QCOMPARE(QString::fromUtf8(toString(metric->verdict).data()), verdict);
    QVERIFY(comparison.verdict == metric->verdict);
    QCOMPARE(metric->test, std::string("McNemar, exact"));
    QVERIFY(metric->smallestVisible > 0);
    QVERIFY(metric->low <= metric->difference && metric->difference <= metric->high);
}

// Ten broken cases in two documents are two things that happened, not ten.
void ComparisonTest::isHonestAboutClusters()
{
    const Suite documents = suiteOf(300, 5);
    const Comparison clustered = compared(passing(documents, {}), passing(documents, upTo(10)));
    QVERIFY(find(clustered, "pass_rate")->verdict != MetricVerdict::Regressed);
    QCOMPARE(find(clustered, "pass_rate")->test, std::string("sign flip of clusters"));
    QCOMPARE(find(clustered, "pass_rate")->clusters, std::int64_t{60});
    const Suite alone = suiteOf(300);
    const Comparison independent = compared(passing(alone, {}), passing(alone, upTo(10)));
    QVERIFY(find(independent, "pass_rate")->verdict == MetricVerdict::Regressed);
    QVERIFY(find(clustered, "pass_rate")->smallestVisible > find(independent, "pass_rate")->smallestVisible);
}

void ComparisonTest::correctsOverBlockingMetrics()
{
    const Suite suite = suiteOf(200);
    // Six broken: p = .03125, which is enough alone, and not among two.
    ComparisonConfig config;
    config.blocking = {{"pass_rate", {}, 0, true}};
    QVERIFY(find(compared(passing(suite, {}), passing(suite, upTo(6)), config), "pass_rate")->verdict ==
            MetricVerdict::Regressed);
    config.blocking.push_back({"broken", {}, 0, false});
    const Comparison two = compared(passing(suite, {}), passing(suite, upTo(6)), config);
    QCOMPARE(find(two, "pass_rate")->p, .03125);
    QCOMPARE(find(two, "pass_rate")->pAdjusted, .0625);
    QVERIFY(find(two, "pass_rate")->verdict != MetricVerdict::Regressed);
    QVERIFY(two.metrics[0].blocking && two.metrics[1].blocking && !two.metrics[2].blocking);
}

void ComparisonTest::listsWhatChanged()
{
    const Suite suite = suiteOf(20);
    const Comparison comparison = compared(passing(suite, {1, 2}), passing(suite, {2, 7, 9}));
    QCOMPARE(comparison.fixed.size(), std::size_t{1});
    QCOMPARE(comparison.fixed[0].caseId, std::string("c1"));
    QCOMPARE(comparison.broken.size(), std::size_t{2});
    QCOMPARE(comparison.broken[1].caseId, std::string("c9"));
    const MetricComparison* metric = find(comparison, "pass_rate");
    QCOMPARE(metric->fixed, std::int64_t{1});
    QCOMPARE(metric->broken, std::int64_t{2});
    QCOMPARE(metric->changes.size(), std::size_t{3});
    QCOMPARE(metric->changes.back().caseId, std::string("c1")); // the worst first
}

void ComparisonTest::measuresFlakinessOnBothSides()
{
    const Suite suite = suiteOf(3);
    Measurements before(suite);
    Measurements after(suite);
    for (int repeat = 0; repeat < 4; ++repeat) {
        before.add(resultOf(0, repeat == 0, 0, repeat));
        after.add(resultOf(0, true, 0, repeat));
        before.add(resultOf(1, true, 0, repeat));
        after.add(resultOf(1, repeat > 0, 0, repeat));
        before.add(resultOf(2, true, 0, repeat));
        after.add(resultOf(2, true, 0, repeat));
    }
    const Comparison comparison = compared(before, after);
    QVERIFY(comparison.flakinessKnown);
    QCOMPARE(comparison.flaky.size(), std::size_t{2});
    QCOMPARE(comparison.flaky[0].before.value_or(-1), .25);
    QVERIFY(!comparison.flaky[0].after);
    QVERIFY(!comparison.flaky[1].before);
    QCOMPARE(comparison.flaky[1].after.value_or(-1), .75);
    // By majority the first case was failing and now passes; the second passes on both sides.
    QCOMPARE(find(comparison, "pass_rate")->fixed, std::int64_t{1});
    QCOMPARE(find(comparison, "pass_rate")->broken, std::int64_t{0});
    QVERIFY(!compared(passing(suite, {}), after).flakinessKnown);
}

void ComparisonTest::setsAsideUntilTheDay()
{
    const Suite suite = suiteOf(50);
    ComparisonConfig config;
    const auto listed =
        parseQuarantine("quarantine:\n"
                        "  - {case: c3, owner: Prompt team, expires: 2026-12-31, reason: flaky}\n"
                        "  - {case: c4, owner: Prompt team, expires: 2026-11-01, reason: flaky}\n"
                        "  - {case: gone, owner: Prompt team, expires: 2027-01-01, reason: old}\n",
                        "suites/quarantine.yaml");
    QVERIFY(listed.has_value());
    QCOMPARE((*listed)[1].where, std::string("suites/quarantine.yaml:3:5"));
    config.quarantine = *listed;
    config.day = *parseDate("2026-12-31");
    const Comparison comparison = compared(passing(suite, {}), passing(suite, {3, 4}), config);
    QCOMPARE(find(comparison, "pass_rate")->pairs, std::int64_t{49});
    QCOMPARE(comparison.broken.size(), std::size_t{1});
    QCOMPARE(comparison.setAside.size(), std::size_t{1});
    QCOMPARE(comparison.setAside[0].caseId, std::string("c3"));
    QCOMPARE(comparison.overdue.size(), std::size_t{1});
    config.day = *parseDate("2027-01-01");
    QCOMPARE(find(compared(passing(suite, {}), passing(suite, {3, 4}), config), "pass_rate")->pairs,
             std::int64_t{50});
}

void ComparisonTest::complainsOfBadQuarantine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("no owner") << QStringLiteral(
                                     "quarantine:\n  - {case: a, expires: 2026-12-31, reason: r}\n")
                              << QStringLiteral("q.yaml:2:5");
    QTest::newRow("a day that does not exist")
        << QStringLiteral("quarantine:\n  - {case: a, owner: o, expires: 2026-02-30, reason: r}\n")
        << QStringLiteral("q.yaml:2:25");
    QTest::newRow("no list") << QStringLiteral("quarantine: yes\n") << QStringLiteral("q.yaml:1:1");
    QTest::newRow("no YAML") << QStringLiteral("quarantine: [\n") << QStringLiteral("q.yaml:2:1");
}

void ComparisonTest::complainsOfBadQuarantine()
{
    QFETCH(QString, text);
    QFETCH(QString, where);
    const auto cases = parseQuarantine(text.toStdString(), "q.yaml");
    QVERIFY(!cases.has_value());
    QVERIFY(cases.error().code == ErrorCode::BadInput);
    QCOMPARE(QString::fromStdString(cases.error().where), where);
}

void ComparisonTest::readsNoQuarantineAsNone()
{
    const auto none = readQuarantine("/nowhere/quarantine.yaml");
    QVERIFY(none.has_value() && none->empty());
    QVERIFY(parseQuarantine("", "q.yaml")->empty());
    QVERIFY(!readQuarantine("/").has_value());
}

void ComparisonTest::pairsByCaseOnly()
{
    Measurements before(suiteOf(3));
    Measurements after(suiteOf(5));
    for (int index = 0; index < 3; ++index) {
        before.add(resultOf(index, true));
    }
    for (int index = 1; index < 5; ++index) {
        after.add(resultOf(index, true));
    }
    const Comparison comparison = compared(before, after);
    QCOMPARE(find(comparison, "pass_rate")->pairs, std::int64_t{2});
    QCOMPARE(comparison.onlyBefore, std::vector<std::string>{"c0"}); // in the suite, without a result
    QCOMPARE(comparison.onlyAfter.size(), std::size_t{2});
    const Comparison nothing = compared(Measurements(suiteOf(2)), after);
    QVERIFY(find(nothing, "pass_rate")->verdict == MetricVerdict::Underpowered);
    QVERIFY(describe(*find(nothing, "pass_rate")).contains(QStringLiteral("no case with a value")));
}

void ComparisonTest::comparesMeansAndPercentiles()
{
    const Suite suite = suiteOf(200, 2);
    Measurements before(suite);
    Measurements after(suite);
    for (int index = 0; index < 200; ++index) {
        CaseResult result = resultOf(index, true);
        result.cost = Money{1000 + index % 7};
        result.figures = {{"grounded", .9}};
        before.add(result);
        result.cost = Money{1500 + index % 11};
        result.latency.total *= 2;
        result.figures = {{"grounded", index % 2 == 0 ? .7 : .8}};
        after.add(result);
    }
    const Comparison comparison = compared(before, after);
    QVERIFY(find(comparison, "cost")->verdict == MetricVerdict::Regressed);
    QVERIFY(find(comparison, "latency:total:p95")->verdict == MetricVerdict::Regressed);
    QVERIFY(find(comparison, "groundedness")->verdict == MetricVerdict::Regressed);
    QCOMPARE(find(comparison, "groundedness")->test, std::string("paired cluster bootstrap"));
    QVERIFY(find(comparison, "pass_rate")->verdict == MetricVerdict::NoEvidence);
    const Comparison equal = compared(before, before);
    for (const MetricComparison& metric : equal.metrics) {
        QVERIFY2(metric.verdict == MetricVerdict::NoEvidence, sentence(metric).c_str());
    }
}

void ComparisonTest::followsTheRiskTier()
{
    Suite suite = suiteOf(100);
    for (int index = 0; index < 30; ++index) {
        suite.cases[static_cast<std::size_t>(index)].riskTier = "high";
    }
    ComparisonConfig config;
    config.blocking = {{"pass_rate", "high", .02, true}, {"pass_rate", {}, .02, true}};
    const Comparison comparison = compared(passing(suite, {}), passing(suite, upTo(8)), config);
    QCOMPARE(find(comparison, "pass_rate", "high")->pairs, std::int64_t{30});
    QCOMPARE(find(comparison, "pass_rate")->pairs, std::int64_t{100});
    QVERIFY(find(comparison, "pass_rate", "low") == nullptr);
    QVERIFY(describe(*find(comparison, "pass_rate", "high")).contains(QStringLiteral("risk tier high")));
}

void ComparisonTest::turnsTheDirectionOfANamedMetric()
{
    const Suite suite = suiteOf(60);
    Measurements before(suite);
    Measurements after(suite);
    for (int index = 0; index < 60; ++index) {
        CaseResult result = resultOf(index, true);
        result.named = {{"wordiness", .2 + .001 * (index % 5)}};
        before.add(result);
        result.named = {{"wordiness", .5 + .001 * (index % 7)}};
        after.add(result);
    }
    ComparisonConfig config;
    config.blocking = {{"named:wordiness", {}, 0, false}};
    QVERIFY(compared(before, after, config).verdict == MetricVerdict::Regressed);
    config.blocking = {{"named:wordiness", {}, 0, true}};
    QVERIFY(compared(before, after, config).verdict == MetricVerdict::Improved);
}

void ComparisonTest::saysItInOneSentence()
{
    const Suite suite = suiteOf(300);
    const Comparison worse = compared(passing(suite, {}), passing(suite, upTo(12)));
    const QString said = describe(*find(worse, "pass_rate"));
    QVERIFY2(said.startsWith(QStringLiteral("regressed: Pass rate 100.0 % to 96.0 %, -4.0 points (")),
             qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("p = 0.0005; 0 better, 12 worse of 300")), qPrintable(said));
    const QString equal = describe(*find(compared(passing(suite, {}), passing(suite, {})), "pass_rate"));
    QVERIFY2(equal.endsWith(QStringLiteral("these cases can show a difference of 2.6 points or more")),
             qPrintable(equal));
}

QTEST_APPLESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
