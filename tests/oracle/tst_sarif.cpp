// The SARIF report against OASIS's own schema, as a package of the npm registry carries it.
#include <QtTest>

#include "app/base/file.h"
#include "app/base/json_schema.h"
#include "app/evals/report_writers.h"
#include "tests/app/evals/made_report.h"
#include "tests/oracle/npm_folder.h"

using namespace plumbline;
using namespace plumbline::evals;
using nlohmann::ordered_json;

class SarifTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void fitsTheSchema_data();
    void fitsTheSchema();
    void wouldBeCaught_data();
    void wouldBeCaught();

private:
    QString firstBreak(const ordered_json& log) const;

    tests::NpmFolder m_folder;
    std::optional<JsonSchema> m_schema;
};

void SarifTest::initTestCase()
{
    const QString missing = m_folder.install({QStringLiteral("@microsoft/jest-sarif@1.0.0-beta.0")});
    if (!missing.isEmpty()) {
        QSKIP(qPrintable(missing + QStringLiteral(": the whole test skipped")));
    }
    const auto text = readFile(m_folder.path().toStdString() +
                               "/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    QVERIFY(text.has_value());
    // It is of draft 4, and uses nothing that draft 7 reads otherwise.
    ordered_json rules = ordered_json::parse(*text);
    rules["$schema"] = "http://json-schema.org/draft-07/schema#";
    auto schema = JsonSchema::compile(rules, {}, SchemaDialect::Draft7);
    QVERIFY2(schema.has_value(), schema ? "" : schema.error().describe().c_str());
    m_schema = std::move(*schema);
}

QString SarifTest::firstBreak(const ordered_json& log) const
{
    const auto violations = m_schema->validate(log);
    return violations.empty()
               ? QString()
               : QString::fromStdString(violations.front().instancePath + " " + violations.front().message);
}

void SarifTest::fitsTheSchema_data()
{
    QTest::addColumn<bool>("baseline");
    QTest::addColumn<bool>("gates");
    QTest::addColumn<bool>("empty");
    QTest::newRow("failures, gates and a baseline") << true << true << false;
    QTest::newRow("failures alone") << false << false << false;
    QTest::newRow("nothing to say") << true << false << true;
}

void SarifTest::fitsTheSchema()
{
    QFETCH(bool, baseline);
    QFETCH(bool, gates);
    QFETCH(bool, empty);
    ReportRequest request = madeRequest();
    if (!baseline) {
        request.baselineVariants.clear();
    }
    if (!gates) {
        request.gates.reset();
    }
    if (empty) {
        request.results.clear();
    }
    QCOMPARE(firstBreak(ordered_json::parse(sarifReport(makeReport(request)))), QString());
}

void SarifTest::wouldBeCaught_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::newRow("a level that there is not")
        << QStringLiteral("/runs/0/results/0/level") << QStringLiteral("\"bad\"");
    QTest::newRow("a line before the first")
        << QStringLiteral("/runs/0/results/0/locations/0/physicalLocation/region/startLine")
        << QStringLiteral("0");
    QTest::newRow("no message") << QStringLiteral("/runs/0/results/0/message") << QStringLiteral("{}");
    QTest::newRow("a key of our own") << QStringLiteral("/runs/0/results/0/sentence") << QStringLiteral("1");
}

void SarifTest::wouldBeCaught()
{
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    ordered_json log = ordered_json::parse(sarifReport(makeReport(madeRequest())));
    log[ordered_json::json_pointer(pointer.toStdString())] = ordered_json::parse(value.toStdString());
    QVERIFY(!firstBreak(log).isEmpty());
}

QTEST_GUILESS_MAIN(SarifTest)
#include "tst_sarif.moc"
