// What results come to: averages within cases, rates by kind, and their intervals.
#include <cmath>

#include <QtTest>

#include "app/evals/metrics.h"
#include "tests/app/evals/made_runs.h"

using namespace plumbline;
using namespace plumbline::evals;

class MetricsTest : public QObject {
    Q_OBJECT

private slots:
    void averagesRepeatsWithinACase();
    void givesEveryMetricItsUnitAndInterval();
    void keepsRefusalsApart_data();
    void keepsRefusalsApart();
    void knowsWrongRefusals();
    void namesEachPolicyRule();
    void correctsHallucinations();
    void countsWhatWasNotExecuted();
    void leavesOutTiersAndCases();
    void widensForClusters();
    void ignoresWhatIsNotInTheSuite();
    void writesValuesWithUnits_data();
    void writesValuesWithUnits();
};

namespace {

double valueOf(const std::vector<Metric>& metrics, std::string_view name)
{
    const Metric* metric = find(metrics, name);
    return metric == nullptr ? -1 : metric->value;
}

AssertionResult assertion(std::string name, Outcome outcome)
{
    AssertionResult result;
    result.name = std::move(name);
    result.outcome = outcome;
    return result;
}

} // namespace

void MetricsTest::averagesRepeatsWithinACase()
{
    Measurements measurements(suiteOf(2));
    for (int repeat = 0; repeat < 8; ++repeat) {
        measurements.add(resultOf(0, repeat < 2, 0, repeat));
    }
    measurements.add(resultOf(1, true));
    // A case of eight repeats counts as one case: (2/8 + 1) / 2, not 3/9.
    const auto metrics = metricsOf(measurements, 0, {});
    QCOMPARE(valueOf(metrics, "pass_rate"), .625);
    QCOMPARE(find(metrics, "pass_rate")->n, std::int64_t{2});
    QCOMPARE(measurements.repeats(), 8);
}

void MetricsTest::givesEveryMetricItsUnitAndInterval()
{
    Measurements measurements(suiteOf(60));
    for (int index = 0; index < 60; ++index) {
        CaseResult result = resultOf(index, index % 5 != 0);
        result.figures = {{"grounded", index % 3 == 0 ? .5 : 1.},
                          {"hallucinated", index % 10 == 0 ? 1. : 0.},
                          {"citation_precision", .9},
                          {"citation_recall", .8},
                          {"hit@1", index % 2 == 0 ? 1. : 0.},
                          {"hit@5", 1},
                          {"mrr", .75},
                          {"ndcg@10", .8},
                          {"policy_compliant", 1},
                          {"format_ok", index % 4 == 0 ? 0. : 1.}};
        result.usage.input.count = 1000 + index;
        result.usage.output.count = 50;
        result.cost = Money{2000 + index};
        result.named = {{"tone", .5}};
        measurements.add(result);
    }
    const auto metrics = metricsOf(measurements, 0, {});
    QCOMPARE(valueOf(metrics, "pass_rate"), .8);
    QCOMPARE(valueOf(metrics, "hallucination"), .1);
    QCOMPARE(valueOf(metrics, "format_violations"), .25);
    QCOMPARE(valueOf(metrics, "hit@1"), .5);
    QCOMPARE(valueOf(metrics, "named:tone"), .5);
    QCOMPARE(valueOf(metrics, "tokens:input"), 1029.5);
    QCOMPARE(valueOf(metrics, "cost"), 2029.5);
    QCOMPARE(valueOf(metrics, "latency:total:p50"), 129.5);
    QVERIFY(std::abs(valueOf(metrics, "latency:total:p95") - 156.05) < 1e-9);
    QCOMPARE(find(metrics, "cost")->unit, std::string("micro-USD"));
    QCOMPARE(find(metrics, "pass_rate")->method, std::string("Wilson"));
    QVERIFY(!find(metrics, "hallucination")->higherIsBetter);
    // Without judged answers the detector's error is not known, and no corrected rate is made up.
    QVERIFY(find(metrics, "hallucination_corrected") == nullptr);
    for (const Metric& metric : metrics) {
        QVERIFY2(metric.low <= metric.value && metric.value <= metric.high, metric.name.c_str());
        QCOMPARE(metric.n, std::int64_t{60});
    }
    // Known ones first and in one order: what decides stands at the top.
    QCOMPARE(metrics.front().name, std::string("pass_rate"));
    QCOMPARE(metrics.back().name, std::string("named:tone"));
}

void MetricsTest::keepsRefusalsApart_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("metric");
    for (const char* kind : {"off_topic", "only_unusable", "conflicting", "model_declined"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << QStringLiteral("refusals:policy");
    }
    for (const char* kind : {"nothing_close_enough", "empty_question", "empty_corpus", "not_supported"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << QStringLiteral("refusals:nothing_found");
    }
    QTest::newRow("broken is no refusal") << QString() << QStringLiteral("broken");
}

void MetricsTest::keepsRefusalsApart()
{
    QFETCH(QString, kind);
    QFETCH(QString, metric);
    Measurements measurements(suiteOf(2));
    CaseResult result = resultOf(0, false);
    result.state = kind.isEmpty() ? CaseState::Broken : CaseState::Refused;
    result.refusalKind = kind.toStdString();
    measurements.add(result);
    measurements.add(resultOf(1, true));
    const auto metrics = metricsOf(measurements, 0, {});
    for (const char* one : {"refusals:policy", "refusals:nothing_found", "broken"}) {
        QCOMPARE(valueOf(metrics, one), metric == QLatin1String(one) ? .5 : 0.);
    }
    QCOMPARE(valueOf(metrics, "refusals"), kind.isEmpty() ? 0. : .5);
    // What broke has no latency; it is no fast answer.
    QCOMPARE(find(metrics, "latency:total:p50")->n, std::int64_t{kind.isEmpty() ? 1 : 2});
}

void MetricsTest::knowsWrongRefusals()
{
    Suite suite = suiteOf(4);
    suite.cases[0].expected.refuses = true;
    suite.cases[1].expected.refuses = true;
    suite.cases[2].expected.facts = {"5 minutes"};
    suite.cases[3].expected.documents = {"IR-001"};
    Measurements measurements(suite);
    for (int index = 0; index < 4; ++index) {
        CaseResult result = resultOf(index, true);
        result.state = index == 0 || index == 3 ? CaseState::Refused : CaseState::Answered;
        result.refusalKind = "off_topic";
        measurements.add(result);
    }
    const auto metrics = metricsOf(measurements, 0, {});
    QCOMPARE(valueOf(metrics, "missed_refusals"), .5);
    QCOMPARE(valueOf(metrics, "wrong_refusals"), .5);
    QCOMPARE(find(metrics, "wrong_refusals")->n, std::int64_t{2});
}

void MetricsTest::namesEachPolicyRule()
{
    Measurements measurements(suiteOf(2));
    CaseResult result = resultOf(0, false);
    AssertionResult disclaimer = assertion("contains", Outcome::Passed);
    disclaimer.metric = "policy:disclaimer";
    AssertionResult set = assertion("assert-set", Outcome::Failed);
    set.parts = {assertion("no-personal-data", Outcome::Failed), disclaimer};
    result.assertions = {assertion("cites-approved-only", Outcome::Passed), set};
    measurements.add(result);
    const auto metrics = metricsOf(measurements, 0, {});
    QCOMPARE(valueOf(metrics, "policy:cites-approved-only"), 1.);
    QCOMPARE(valueOf(metrics, "policy:no-personal-data"), 0.);
    QCOMPARE(valueOf(metrics, "policy:disclaimer"), 1.);
    QCOMPARE(valueOf(metrics, "policy_compliance"), 0.);
    QCOMPARE(find(metrics, "policy:disclaimer")->label, std::string("Policy: disclaimer"));
}

void MetricsTest::correctsHallucinations()
{
    Measurements measurements(suiteOf(200));
    for (int index = 0; index < 200; ++index) {
        CaseResult result = resultOf(index, true);
        result.figures = {{"hallucinated", index < 40 ? 1. : 0.}};
        measurements.add(result);
    }
    MetricsConfig config;
    config.detector = {.9, 500, .95, 500};
    const auto metrics = metricsOf(measurements, 0, config);
    const Metric* corrected = find(metrics, "hallucination_corrected");
    QVERIFY(corrected != nullptr);
    QVERIFY(std::abs(corrected->value - .15 / .85) < 1e-12);
    QVERIFY(corrected->low < corrected->value && corrected->value < corrected->high);
    QCOMPARE(corrected->label.find("not distinguishable"), std::string::npos);
    // 40 of 200 are fewer than its false alarms: it cannot be sure that there is none.
    config.detector = {.9, 500, .7, 500};
    const auto doubtful = metricsOf(measurements, 0, config);
    corrected = find(doubtful, "hallucination_corrected");
    QCOMPARE(corrected->value, 0.);
    QVERIFY(corrected->low <= 0 && corrected->high > .2);
    QVERIFY(corrected->label.ends_with(", not distinguishable from the detector's false alarms"));
    // A detector no better than chance corrects nothing.
    config.detector = {.4, 500, .6, 500};
    QVERIFY(find(metricsOf(measurements, 0, config), "hallucination_corrected") == nullptr);
}

void MetricsTest::countsWhatWasNotExecuted()
{
    Measurements measurements(suiteOf(1));
    CaseResult result = resultOf(0, false);
    AssertionResult set = assertion("assert-set", Outcome::NotExecutable);
    set.parts = {assertion("javascript", Outcome::NotExecutable), assertion("equals", Outcome::Passed)};
    result.assertions = {set, assertion("python", Outcome::NotExecutable)};
    measurements.add(result);
    QCOMPARE(measurements.notExecutedCount(0), std::int64_t{2});
    QCOMPARE(measurements.notExecuted(0).front().assertion, std::string("javascript"));
    QCOMPARE(measurements.notExecutedCount(7), std::int64_t{0});
    QVERIFY(measurements.notExecuted(-1).empty());
}

void MetricsTest::leavesOutTiersAndCases()
{
    Suite suite = suiteOf(4);
    suite.riskTier = "standard";
    suite.cases[0].riskTier = "high";
    Measurements measurements(suite);
    for (int index = 0; index < 4; ++index) {
        measurements.add(resultOf(index, index >= 2));
    }
    MetricsConfig config;
    config.riskTier = "high";
    QCOMPARE(valueOf(metricsOf(measurements, 0, config), "pass_rate"), 0.);
    config.riskTier = "standard";
    QCOMPARE(find(metricsOf(measurements, 0, config), "pass_rate")->n, std::int64_t{3});
    config.leftOut = {"c1"};
    QCOMPARE(valueOf(metricsOf(measurements, 0, config), "pass_rate"), 1.);
    config.riskTier = "none";
    QVERIFY(metricsOf(measurements, 0, config).empty());
}

void MetricsTest::widensForClusters()
{
    const auto width = [](int perDocument) {
        Measurements measurements(suiteOf(100, perDocument));
        for (int index = 0; index < 100; ++index) {
            measurements.add(resultOf(index, index % 20 < 15));
        }
        const auto metrics = metricsOf(measurements, 0, {});
        return find(metrics, "pass_rate")->high - find(metrics, "pass_rate")->low;
    };
    QVERIFY(width(5) > 1.8 * width(1));
}

void MetricsTest::ignoresWhatIsNotInTheSuite()
{
    Measurements measurements(suiteOf(1));
    measurements.add(resultOf(5, true));
    QCOMPARE(measurements.variants(), 0);
    QVERIFY(metricsOf(measurements, 0, {}).empty());
    QVERIFY(!measurements.value(0, "pass_rate", 0));
}

void MetricsTest::writesValuesWithUnits_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("difference");
    QTest::newRow("a share") << .934 << QStringLiteral("share") << QStringLiteral("93.4 %")
                             << QStringLiteral("+93.4 points");
    QTest::newRow("a loss") << -.072 << QStringLiteral("share") << QStringLiteral("-7.2 %")
                            << QStringLiteral("-7.2 points");
    QTest::newRow("a time") << 812.4 << QStringLiteral("ms") << QStringLiteral("812 ms")
                            << QStringLiteral("+812 ms");
    QTest::newRow("a short time") << 3.14 << QStringLiteral("ms") << QStringLiteral("3.1 ms")
                                  << QStringLiteral("+3.1 ms");
    QTest::newRow("money") << 13400. << QStringLiteral("micro-USD") << QStringLiteral("$0.0134")
                           << QStringLiteral("+$0.0134");
    QTest::newRow("less money") << -13400. << QStringLiteral("micro-USD") << QStringLiteral("-$0.0134")
                                << QStringLiteral("-$0.0134");
}

void MetricsTest::writesValuesWithUnits()
{
    QFETCH(double, value);
    QFETCH(QString, unit);
    QFETCH(QString, text);
    QFETCH(QString, difference);
    QCOMPARE(QString::fromStdString(valueText(value, unit.toStdString())), text);
    QCOMPARE(QString::fromStdString(differenceText(value, unit.toStdString())), difference);
}

QTEST_APPLESS_MAIN(MetricsTest)
#include "tst_metrics.moc"
