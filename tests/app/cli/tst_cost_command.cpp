// `plumbline cost` and `plumbline validate` as a person runs them.
#include <QProcess>
#include <QtTest>

#include "app/llm/call_repository.h"
#include "app/store/migrations.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;

namespace {

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

} // namespace

class CostCommandTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void sumsCalls();
    void reconcilesAnInvoice();
    void validates();

private:
    Outcome run(const QStringList& arguments) const
    {
        QProcess process;
        const QString home = QString::fromStdString(m_folder->path().string());
        process.setWorkingDirectory(home);
        process.start(QString::fromStdString(tests::command().string()),
                      QStringList{QStringLiteral("--workspace"), home} + arguments);
        (void)process.waitForFinished();
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    void record(const char* model, std::optional<Money> cost) const
    {
        llm::CallRecord call;
        call.at = *parseTimestamp("2026-05-04T10:00:00.000Z");
        call.workflow = "ask";
        call.model = model;
        call.usage.input = {1'000};
        call.cost = cost;
        QVERIFY(
            llm::CallRepository(m_folder->path() / ".plumbline" / "plumbline.db").record(call).has_value());
    }

    std::unique_ptr<tests::TemporaryFolder> m_folder;
};

void CostCommandTest::init()
{
    m_folder = std::make_unique<tests::TemporaryFolder>();
    (void)m_folder->write("workspace.yaml", "name: test\n");
    std::filesystem::create_directories(m_folder->path() / ".plumbline");
    QVERIFY(store::migrate(m_folder->path() / ".plumbline" / "plumbline.db").has_value());
}

void CostCommandTest::sumsCalls()
{
    QCOMPARE(run({QStringLiteral("cost")}).out, QStringLiteral("No model was called yet.\n"));
    record("known", Money{2'875});
    record("mystery", {});
    const Outcome text = run({QStringLiteral("cost"), QStringLiteral("--by"), QStringLiteral("model")});
    QCOMPARE(text.code, 0);
    QVERIFY2(QRegularExpression(QStringLiteral("\nknown +1 +1000 +0 +0 +\\$0\\.002875\n"))
                 .match(text.out)
                 .hasMatch(),
             qPrintable(text.out));
    QVERIFY2(
        QRegularExpression(QStringLiteral("\nmystery +1 +1000 +0 +0 +unknown\n")).match(text.out).hasMatch(),
        qPrintable(text.out));
    const Outcome json = run(
        {QStringLiteral("cost"), QStringLiteral("--by"), QStringLiteral("model"), QStringLiteral("--json")});
    QVERIFY2(json.out.contains(QStringLiteral("\"cost_micro_usd\":null")), qPrintable(json.out));
    QVERIFY2(json.out.contains(QStringLiteral("\"cost_micro_usd\":2875")), qPrintable(json.out));
    QCOMPARE(run({QStringLiteral("cost"), QStringLiteral("--from"), QStringLiteral("yesterday")}).code, 2);
}

void CostCommandTest::reconcilesAnInvoice()
{
    record("known", Money{2'875});
    (void)m_folder->write("inv.csv", "date,model,cost\n2026-05-04,known,0.003\nx,y,z\n");
    const Outcome text =
        run({QStringLiteral("cost"), QStringLiteral("reconcile"), QStringLiteral("inv.csv")});
    QCOMPARE(text.code, 2);
    QVERIFY2(
        text.out.endsWith(QStringLiteral("Billed $0.003000, recorded $0.002875, unexplained $0.000125\n")),
        qPrintable(text.out));
    QVERIFY2(text.err.startsWith(QStringLiteral("plumbline: inv.csv:3: 'x' is no date")),
             qPrintable(text.err));
}

void CostCommandTest::validates()
{
    (void)m_folder->write("s.json",
                          "{\"required\": [\"a\"], \"properties\": {\"a\": {\"$ref\": \"t.json\"}}}");
    (void)m_folder->write("t.json", "{\"type\": \"integer\"}");
    (void)m_folder->write("good.yaml", "a: 1\n");
    (void)m_folder->write("bad.json", "{\"a\": \"x\"}");
    (void)m_folder->write("broken.json", "{\n \"a\": }");
    (void)m_folder->write("out.json", "{\"$ref\": \"../elsewhere.json\"}");
    const auto validate = [&](const char* schema, const char* in) {
        return run({QStringLiteral("validate"), QStringLiteral("--schema"), QString::fromLatin1(schema),
                    QStringLiteral("--in"), QString::fromLatin1(in), QStringLiteral("--json")});
    };
    QCOMPARE(validate("s.json", "good.yaml").code, 0);
    const Outcome bad = validate("s.json", "bad.json");
    QCOMPARE(bad.code, 1);
    QVERIFY2(bad.out.startsWith(
                 QStringLiteral("{\"valid\":false,\"errors\":[{\"path\":\"/a\",\"message\":\"must be a "
                                "whole number")),
             qPrintable(bad.out));
    const Outcome broken = validate("s.json", "broken.json");
    QCOMPARE(broken.code, 2);
    QVERIFY2(broken.err.contains(QStringLiteral("broken.json:2:7: is no JSON")), qPrintable(broken.err));
    QCOMPARE(validate("out.json", "bad.json").code, 2);
    QCOMPARE(validate("none.json", "bad.json").code, 2);
}

QTEST_GUILESS_MAIN(CostCommandTest)
#include "tst_cost_command.moc"
