// The official client library of OpenAI (npm `openai`) against our fault server: what it makes of each
// answer. With PLUMBLINE_RECORD set, the bytes of its requests are kept for the quick suite.
#include <QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/oracle/npm_folder.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/paths.h"

using namespace plumbline;

namespace {

const QString kVersion = "7.57.0";

QByteArray lineOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class OpenAiClientTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString missing = m_npm.install({"openai@" + kVersion});
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing + ": the whole test skipped"));
        const auto script = tests::sourceDirectory() / "tests/oracle/openai_client.mjs";
        QVERIFY(QFile::copy(QString::fromStdString(script.string()), m_npm.path() + "/client.mjs"));
    }

    void understandsTheFaultServer()
    {
        const tests::FaultServer server({"oracle-key-12345", "", "", "", true});
        QString error;
        const QStringList lines = m_npm.run(
            "node", {"client.mjs", QString::fromStdString(server.url()), "oracle-key-12345"}, &error);
        QVERIFY2(!lines.isEmpty(), qPrintable(error));
        const QJsonObject echo{{"text", "Echo: Grüße in die Runde"}, {"tokens", 9}};
        const auto with = [](QJsonObject object, const QString& what) {
            object["what"] = what;
            return QString::fromUtf8(lineOf(object));
        };
        QStringList wanted = {
            with(echo, "whole"),
            with(echo, "stream"),
            with({{"count", 2}, {"dimensions", 64}, {"lengths", QJsonArray{1000, 1000}}}, "embeddings"),
            with({{"names", QJsonArray{"echo", "letters", "words"}}}, "models"),
            with({{"names", QJsonArray{"look_up", "look_up"}}}, "tool calls"),
            with({{"fault", "401"}, {"kind", "AuthenticationError"}, {"status", 401}}, "error"),
            with({{"fault", "404"}, {"kind", "NotFoundError"}, {"status", 404}}, "error"),
            with({{"fault", "429"}, {"kind", "RateLimitError"}, {"status", 429}}, "error"),
            with({{"fault", "503"}, {"kind", "InternalServerError"}, {"status", 503}}, "error"),
            with({{"fault", "cut-in-event"}, {"kind", "broken"}}, "error")};
        QStringList got;
        for (const QString& line : lines)
            got << QString::fromUtf8(lineOf(QJsonDocument::fromJson(line.toUtf8()).object()));
        QCOMPARE(got, wanted);
        qInfo("npm openai %s, %d requests", qPrintable(kVersion), static_cast<int>(server.requests().size()));
        int number = 0;
        for (const tests::ReceivedRequest& request : server.requests())
            tests::record("openai-node-" + kVersion,
                          QString("request-%1.http").arg(++number, 2, 10, QChar('0')),
                          QByteArray::fromStdString(request.head + request.body));
    }

private:
    tests::NpmFolder m_npm;
};

QTEST_GUILESS_MAIN(OpenAiClientTest)
#include "tst_openai_client.moc"
