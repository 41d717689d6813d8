// The whole assistant, through the command, against a server that we did not write: npm `@copilotkit/aimock`.
// With PLUMBLINE_RECORD set, what it was asked and answered is kept for the quick suite (tst_recorded_model).
#include <QtTest>

#include "app/llm/endpoint_client.h"
#include "tests/flows/support/served_cases.h"
#include "tests/oracle/npm_folder.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/fault_server/server_process.h"
#include "tests/support/paths.h"

using namespace plumbline;

namespace {

const QString kVersion = "1.43.0";

} // namespace

class AimockAssistantTest : public QObject {
    Q_OBJECT

    tests::TemporaryFolder m_root;
    tests::NpmFolder m_npm;
    std::unique_ptr<tests::ModelFolder> m_folder;
    std::unique_ptr<tests::ServerProcess> m_server;
    std::string m_url;

    // The request as the command makes it, and all bytes that the server answers.
    void keep(const tests::ServedCase& one) const
    {
        const tests::FaultServer listener;
        m_folder->serve({.url = listener.url()});
        (void)tests::wrongWith(one, *m_folder);
        const std::string body = listener.requests().back().body;
        llm::Endpoint endpoint = tests::endpointAt(m_url);
        endpoint.firstTokenTimeout = endpoint.totalTimeout = std::chrono::seconds(10);
        const llm::EndpointClient client(std::make_shared<net::HttpClient>(), endpoint, Secret());
        std::string answer;
        llm::EndpointClient::Reader reader;
        reader.onData = [&](const net::HttpHead&, std::string_view bytes) {
            answer += bytes;
            return net::Take::More;
        };
        const auto outcome = client.post("/chat/completions", body, {}, reader);
        if (outcome.result && !outcome.result->body.empty())
            answer = outcome.result->body;
        QVERIFY(!answer.empty());
        tests::record("aimock-" + kVersion, QString::fromStdString(one.requestFile()),
                      QByteArray::fromStdString(body));
        tests::record("aimock-" + kVersion, QString::fromStdString(one.answerFile()),
                      QByteArray::fromStdString(answer));
    }

private slots:
    void initTestCase()
    {
        const QString missing = m_npm.install({"@copilotkit/aimock@" + kVersion});
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing + ": the whole test skipped"));
        tests::useOwnUserFolders(m_root.path());
        m_folder = std::make_unique<tests::ModelFolder>(m_root.path() / "workspace");
        const auto fixtures = tests::sourceDirectory() / "tests/oracle/aimock_fixtures.json";
        const std::string program =
            (m_npm.path() + "/node_modules/@copilotkit/aimock/dist/cli.js").toStdString();
        // Three UTF-16 units a piece, so that characters are cut.
        m_server = std::make_unique<tests::ServerProcess>(
            std::vector<std::string>{"node", program, "--port", "0", "--fixtures", fixtures.string(), "-c",
                                     "3"},
            "listening on");
        m_url = m_server->line().substr(m_server->line().find("http://")) + "/v1";
    }

    void asksAndSaysWhatCameOfIt_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < tests::servedCases().size(); ++i)
            QTest::newRow(tests::servedCases()[i].name.c_str()) << static_cast<int>(i);
    }

    void asksAndSaysWhatCameOfIt()
    {
        QFETCH(int, index);
        const tests::ServedCase& one = tests::servedCases()[static_cast<std::size_t>(index)];
        m_folder->serve({.url = m_url, .firstTokenSeconds = 10, .totalSeconds = 20});
        const std::string wrong = tests::wrongWith(one, *m_folder);
        QVERIFY2(wrong.empty(), wrong.c_str());
        keep(one);
    }
};

QTEST_GUILESS_MAIN(AimockAssistantTest)
#include "tst_aimock_assistant.moc"
