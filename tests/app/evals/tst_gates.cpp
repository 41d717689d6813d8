// gates.yaml: read, and held against a run and its comparison.
#include <QtTest>

#include "app/evals/gates.h"
#include "tests/app/evals/made_runs.h"

using namespace plumbline;
using namespace plumbline::evals;

namespace {

GateContext contextOf(const std::string& gates, const std::string& head = {})
{
    const auto file = parseGates("contexts:\n  ci:\n" + head + "    gates:\n" + gates, "gates.yaml");
    return file ? file->contexts.front() : GateContext{file.error().describe(), {}, {}, {}};
}

Measurements passing(const Suite& suite, int failing)
{
    Measurements measurements(suite);
    for (int index = 0; index < static_cast<int>(suite.cases.size()); ++index) {
        measurements.add(resultOf(index, index >= failing));
    }
    return measurements;
}

GateReport gated(const GateContext& context, const Measurements& after, const Measurements* before = nullptr)
{
    const ComparedSide subject{&after, 0, "v4 / embedded"};
    if (before == nullptr) {
        return checkGates(context, subject, {}, nullptr);
    }
    ComparisonConfig config;
    config.blocking = blockingMetrics(context);
    const Comparison comparison = compare({before, 0, "v3 / embedded"}, subject, config);
    return checkGates(context, subject, {}, &comparison);
}

} // namespace

class GatesTest : public QObject {
    Q_OBJECT

private slots:
    void readsContexts();
    void refusesWhatItCannotHold_data();
    void refusesWhatItCannotHold();
    void says404WhenThereIsNoFile();
    void holdsLimits_data();
    void holdsLimits();
    void holdsMargins_data();
    void holdsMargins();
    void countsCases_data();
    void countsCases();
    void countsWhatWasNotMeasuredAsTooFew_data();
    void countsWhatWasNotMeasuredAsTooFew();
    void wantsABaseline_data();
    void wantsABaseline();
    void blocksWhatWasNotExecuted_data();
    void blocksWhatWasNotExecuted();
    void gatesByRiskTier();
    void warnsOfOverdueQuarantine();
};

void GatesTest::readsContexts()
{
    const auto file =
        parseGates("contexts:\n"
                   "  ci:\n"
                   "    not_executed: warn\n"
                   "    no_baseline: block\n"
                   "    gates:\n"
                   "      - {metric: pass_rate, margin: 0.02, minimum_cases: 50, underpowered: block}\n"
                   "      - {metric: 'latency:total:p95', limit: 3000, direction: lower}\n"
                   "      - {metric: 'named:tone', direction: lower, margin: 0.1, risk_tier: high}\n"
                   "  canary:\n"
                   "    gates: [{metric: broken, limit: 0}]\n",
                   "gates.yaml");
    QVERIFY2(file.has_value(), file ? "" : file.error().describe().c_str());
    const GateContext* ci = file->find("ci");
    QVERIFY(ci != nullptr && file->find("canary") != nullptr && file->find("release") == nullptr);
    QVERIFY(ci->notExecuted == GateAction::Warn && ci->noBaseline == GateAction::Block);
    QCOMPARE(ci->gates.size(), std::size_t{3});
    QCOMPARE(ci->gates[0].margin.value_or(-1), .02);
    QCOMPARE(ci->gates[0].minimumCases, std::int64_t{50});
    QVERIFY(ci->gates[0].underpowered == GateAction::Block && ci->gates[0].higherIsBetter);
    QVERIFY(!ci->gates[1].higherIsBetter && !ci->gates[2].higherIsBetter);
    QCOMPARE(ci->gates[1].where, std::string("gates.yaml:7:9"));
    const auto blocking = blockingMetrics(*ci);
    QCOMPARE(blocking.size(), std::size_t{2});
    QCOMPARE(blocking[1].riskTier, std::string("high"));
    QVERIFY(!blocking[1].higherIsBetter);
    QVERIFY(file->find("canary")->notExecuted == GateAction::Block);
}

void GatesTest::refusesWhatItCannotHold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto gate = [](const char* text) {
        return QStringLiteral("contexts:\n  ci:\n    gates:\n      - ") + QString::fromLatin1(text) +
               QStringLiteral("\n");
    };
    QTest::newRow("nothing") << QString()
                             << QStringLiteral("gates.yaml: the file: must be an object, is empty");
    QTest::newRow("another context") << QStringLiteral("contexts: {nightly: {gates: []}}\n")
                                     << QStringLiteral("gates.yaml:1:12");
    QTest::newRow("neither margin nor limit")
        << gate("{metric: pass_rate}") << QStringLiteral("gates.yaml:4:9");
    QTest::newRow("a margin below nothing")
        << gate("{metric: pass_rate, margin: -1}") << QStringLiteral("gates.yaml:4:29");
    QTest::newRow("a metric that does not exist")
        << gate("{metric: pas_rate, margin: 0}")
        << QStringLiteral("gates.yaml:4:10: 'metric': there is no metric 'pas_rate'");
    QTest::newRow("latency without a percentile") << gate("{metric: 'latency:total', limit: 9}")
                                                  << QStringLiteral("there is no metric 'latency:total'");
    QTest::newRow("a direction against the metric") << gate("{metric: broken, limit: 0, direction: higher}")
                                                    << QStringLiteral("of broken lower is better");
    QTest::newRow("an unknown key") << gate("{metric: broken, limit: 0, tier: high}")
                                    << QStringLiteral("gates.yaml:4:");
    QTest::newRow("no YAML") << QStringLiteral("contexts: [\n") << QStringLiteral("gates.yaml:2:1");
}

void GatesTest::refusesWhatItCannotHold()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto file = parseGates(text.toStdString(), "gates.yaml");
    QVERIFY(!file.has_value());
    QVERIFY(file.error().code == ErrorCode::BadInput);
    const QString said = QString::fromStdString(file.error().describe());
    QVERIFY2(said.contains(says), qPrintable(said));
}

void GatesTest::says404WhenThereIsNoFile()
{
    const auto file = readGates("/nowhere/gates.yaml", "gates.yaml");
    QVERIFY(!file.has_value());
    QVERIFY(file.error().code == ErrorCode::NotFound);
}

void GatesTest::holdsLimits_data()
{
    QTest::addColumn<QString>("gate");
    QTest::addColumn<bool>("passes");
    QTest::addColumn<int>("cases");
    QTest::newRow("at least, held") << QStringLiteral("{metric: pass_rate, limit: 0.9}") << true << 0;
    QTest::newRow("at least, on the line") << QStringLiteral("{metric: pass_rate, limit: 0.95}") << true << 0;
    QTest::newRow("at least, missed") << QStringLiteral("{metric: pass_rate, limit: 0.96}") << false << 5;
    QTest::newRow("at most, held") << QStringLiteral("{metric: 'latency:total:p95', limit: 200}") << true
                                   << 0;
    QTest::newRow("at most, missed") << QStringLiteral("{metric: 'latency:total:p95', limit: 150}") << false
                                     << 0;
}

void GatesTest::holdsLimits()
{
    QFETCH(QString, gate);
    QFETCH(bool, passes);
    QFETCH(int, cases);
    const Measurements run = passing(suiteOf(100), 5);
    const GateReport report = gated(contextOf("      - " + gate.toStdString() + "\n"), run);
    QCOMPARE(report.outcomes.size(), std::size_t{1});
    QCOMPARE(report.passed(), passes);
    QCOMPARE(static_cast<int>(report.outcomes[0].cases.size()), cases);
    QCOMPARE(report.outcomes[0].where, std::string("gates.yaml:4:9"));
    QVERIFY2(report.outcomes[0].reason.find("over 100 cases; wanted at") != std::string::npos,
             report.outcomes[0].reason.c_str());
}

void GatesTest::holdsMargins_data()
{
    QTest::addColumn<QString>("gate");
    QTest::addColumn<int>("cases");
    QTest::addColumn<int>("failing");
    QTest::addColumn<QString>("state");
    QTest::newRow("worse than the margin")
        << QStringLiteral("{metric: pass_rate, margin: 0.02}") << 300 << 12 << QStringLiteral("failed");
    QTest::newRow("worse, but within the margin")
        << QStringLiteral("{metric: pass_rate, margin: 0.05}") << 300 << 12 << QStringLiteral("passed");
    QTest::newRow("equal, and it would have been seen")
        << QStringLiteral("{metric: pass_rate, margin: 0.05}") << 300 << 0 << QStringLiteral("passed");
    QTest::newRow("equal, but few cases: warned")
        << QStringLiteral("{metric: pass_rate, margin: 0.05}") << 40 << 0 << QStringLiteral("warned");
    QTest::newRow("equal, but few cases: blocked")
        << QStringLiteral("{metric: pass_rate, margin: 0.05, underpowered: block}") << 40 << 0
        << QStringLiteral("failed");
    QTest::newRow("equal, but few cases: let pass")
        << QStringLiteral("{metric: pass_rate, margin: 0.05, underpowered: pass}") << 40 << 0
        << QStringLiteral("passed");
}

void GatesTest::holdsMargins()
{
    QFETCH(QString, gate);
    QFETCH(int, cases);
    QFETCH(int, failing);
    QFETCH(QString, state);
    const Suite suite = suiteOf(cases);
    const Measurements before = passing(suite, 0);
    const Measurements after = passing(suite, failing);
    const GateReport report = gated(contextOf("      - " + gate.toStdString() + "\n"), after, &before);
    QCOMPARE(report.outcomes.size(), std::size_t{1});
    QCOMPARE(QString::fromUtf8(toString(report.outcomes[0].state).data()), state);
    if (state == QStringLiteral("failed") && failing > 0) {
        QCOMPARE(report.outcomes[0].cases.size(), static_cast<std::size_t>(failing));
    }
}

void GatesTest::countsCases_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("state");
    QTest::newRow("block") << QStringLiteral("block") << QStringLiteral("failed");
    QTest::newRow("warn") << QStringLiteral("warn") << QStringLiteral("warned");
    QTest::newRow("pass") << QStringLiteral("pass") << QStringLiteral("passed");
}

void GatesTest::countsCases()
{
    QFETCH(QString, action);
    QFETCH(QString, state);
    const GateReport report =
        gated(contextOf("      - {metric: pass_rate, limit: 0.1, minimum_cases: 11, underpowered: " +
                        action.toStdString() + "}\n"),
              passing(suiteOf(10), 0));
    QCOMPARE(QString::fromUtf8(toString(report.outcomes[0].state).data()), state);
    QCOMPARE(report.outcomes[0].reason, std::string("10 cases, and the gate wants 11"));
}

void GatesTest::countsWhatWasNotMeasuredAsTooFew_data()
{
    countsCases_data();
}

void GatesTest::countsWhatWasNotMeasuredAsTooFew()
{
    QFETCH(QString, action);
    QFETCH(QString, state);
    const GateReport report = gated(
        contextOf("      - {metric: groundedness, limit: 0.1, underpowered: " + action.toStdString() + "}\n"),
        passing(suiteOf(10), 0));
    QCOMPARE(QString::fromUtf8(toString(report.outcomes[0].state).data()), state);
    QCOMPARE(report.outcomes[0].reason, std::string("not measured: no case has a value"));
}

void GatesTest::wantsABaseline_data()
{
    countsCases_data();
}

void GatesTest::wantsABaseline()
{
    QFETCH(QString, action);
    QFETCH(QString, state);
    const GateReport report = gated(contextOf("      - {metric: pass_rate, margin: 0.1}\n",
                                              "    no_baseline: " + action.toStdString() + "\n"),
                                    passing(suiteOf(10), 0));
    QCOMPARE(QString::fromUtf8(toString(report.outcomes[0].state).data()), state);
}

void GatesTest::blocksWhatWasNotExecuted_data()
{
    countsCases_data();
    QTest::newRow("unless told otherwise") << QString() << QStringLiteral("failed");
}

void GatesTest::blocksWhatWasNotExecuted()
{
    QFETCH(QString, action);
    QFETCH(QString, state);
    Measurements run = passing(suiteOf(10), 0);
    CaseResult result = resultOf(3, true, 0, 1);
    AssertionResult python;
    python.name = "python";
    python.outcome = Outcome::NotExecutable;
    python.reason = "needs Python";
    python.where = "suites/made.yaml:9";
    result.assertions = {python};
    run.add(result);
    const std::string head =
        action.isEmpty() ? std::string() : "    not_executed: " + action.toStdString() + "\n";
    const GateReport report = gated(contextOf("      - {metric: pass_rate, limit: 0.1}\n", head), run);
    QCOMPARE(report.outcomes.size(), std::size_t{2});
    QCOMPARE(QString::fromUtf8(toString(report.outcomes[1].state).data()), state);
    QCOMPARE(report.outcomes[1].reason,
             std::string("1 assertion could not be run; the first: python, needs Python"));
    QCOMPARE(report.outcomes[1].cases, std::vector<std::string>{"c3"});
}

void GatesTest::gatesByRiskTier()
{
    Suite suite = suiteOf(100);
    for (int index = 0; index < 10; ++index) {
        suite.cases[static_cast<std::size_t>(index)].riskTier = "high";
    }
    const GateReport report = gated(contextOf("      - {metric: pass_rate, limit: 0.9}\n"
                                              "      - {metric: pass_rate, limit: 0.9, risk_tier: high}\n"
                                              "      - {metric: pass_rate, limit: 0.9, risk_tier: none}\n"),
                                    passing(suite, 5));
    QVERIFY(report.outcomes[0].state == GateState::Passed);
    QVERIFY(report.outcomes[1].state == GateState::Failed);
    QCOMPARE(report.outcomes[1].cases.size(), std::size_t{5});
    QCOMPARE(report.outcomes[2].reason, std::string("not measured: no case of risk tier none has a value"));
}

void GatesTest::warnsOfOverdueQuarantine()
{
    const Suite suite = suiteOf(10);
    const Measurements run = passing(suite, 0);
    ComparisonConfig config;
    config.quarantine = {{"c3", "Prompt team", *parseDate("2026-11-01"), "flaky", "q.yaml:2"}};
    config.day = *parseDate("2026-11-26");
    const ComparedSide side{&run, 0, "v4"};
    const Comparison comparison = compare(side, side, config);
    const GateReport report =
        checkGates(contextOf("      - {metric: pass_rate, limit: 0.1}\n"), side, {}, &comparison);
    QVERIFY(report.passed());
    QCOMPARE(report.outcomes[1].reason,
             std::string("c3 was set aside until 2026-11-01 and counts again; Prompt team owns it"));
}

QTEST_APPLESS_MAIN(GatesTest)
#include "tst_gates.moc"
