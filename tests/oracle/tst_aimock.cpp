// Our client against a server that we did not write: npm `@copilotkit/aimock`. With PLUMBLINE_RECORD set, the
// bytes of its answers and of our requests are kept for the quick suite.
#include <QtTest>

#include "app/llm/chat_request_json.h"
#include "app/llm/openai_chat_model.h"
#include "app/llm/openai_embedder.h"
#include "app/llm/probe.h"
#include "tests/oracle/npm_folder.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/server_process.h"
#include "tests/support/paths.h"

using namespace plumbline;
using tests::kMarkerKey;

namespace {

const QString kVersion = "1.43.0";
const std::string kAnswer = "Certificates rotate yearly – größte Sorgfalt 🔐🔑 bitte.";

llm::ChatRequest question(const std::string& text)
{
    return {{{llm::Role::User, text}}, {}, {}};
}

} // namespace

class AimockTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        const QString missing = m_npm.install({"@copilotkit/aimock@" + kVersion});
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing + ": the whole test skipped"));
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

    void streams()
    {
        std::string shown;
        const auto reply =
            model().chat(question("rotation"), {}, [&](std::string_view text) { shown += text; });
        QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
        QCOMPARE(reply->text, kAnswer);
        QCOMPARE(shown, kAnswer);
        QCOMPARE(reply->finishReason, std::string("stop"));
        QCOMPARE(reply->usage.output.count, 14);
        QVERIFY(reply->notes.empty());
        keep("stream", "rotation", true);
    }

    void answersWhole()
    {
        const auto reply = model().chat(question("rotation"), {}, {});
        QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
        QCOMPARE(reply->text, kAnswer);
        QVERIFY(!reply->usage.estimated);
        keep("whole", "rotation", false);
    }

    void callsTools()
    {
        for (const llm::DeltaFn& onText : {llm::DeltaFn(), llm::DeltaFn([](std::string_view) {})}) {
            const auto reply = model().chat(question("tools"), {}, onText);
            QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
            QCOMPARE(reply->toolCalls.size(), 1U);
            QCOMPARE(reply->toolCalls.front().name, std::string("look_up"));
            QCOMPARE(reply->toolCalls.front().arguments, std::string(R"({"query":"one"})"));
        }
        keep("tools", "tools", true);
    }

    void refuses()
    {
        const auto limited = model().chat(question("limit"), {}, {});
        QVERIFY(!limited);
        QVERIFY(limited.error().code == ErrorCode::Network);
        QVERIFY(limited.error().message.find("429: Rate limited") != std::string::npos);
        keep("limit", "limit", false);
        const auto unknown = model().chat(question("something else"), {}, {});
        QVERIFY(!unknown);
        QVERIFY(unknown.error().code == ErrorCode::NotFound);
    }

    void breaksOff()
    {
        const auto reply = model().chat(question("cut"), {}, [](std::string_view) {});
        QVERIFY(!reply);
        QVERIFY(reply.error().code == ErrorCode::Network);
    }

    void embeds()
    {
        const std::vector<std::string> texts = {"certificate a", "certificate b"};
        const llm::OpenAiEmbedder embedder(client());
        const auto vectors = embedder.embed(texts, {});
        QVERIFY2(vectors, vectors ? "" : vectors.error().message.c_str());
        QCOMPARE(vectors->front(), (std::vector<float>{0.6F, 0.8F}));
    }

    void isProbed()
    {
        llm::Endpoint endpoint = tests::endpointAt(m_url);
        endpoint.model = "gpt-4o";
        const auto findings = llm::probe(m_http, endpoint, Secret(kMarkerKey), {});
        QVERIFY(findings.size() >= 3);
        QVERIFY(findings[0].ability == llm::Ability::Works);
        QVERIFY(findings[1].ability == llm::Ability::Works);
    }

private:
    llm::EndpointClient client() const
    {
        llm::Endpoint endpoint = tests::endpointAt(m_url);
        endpoint.firstTokenTimeout = endpoint.totalTimeout = std::chrono::seconds(10);
        return {m_http, endpoint, Secret(kMarkerKey)};
    }
    llm::OpenAiChatModel model() const { return llm::OpenAiChatModel(client()); }

    void keep(const QString& name, const std::string& text, bool streamed) const
    {
        llm::ChatDialect dialect;
        dialect.stream = streamed;
        const std::string body = *llm::chatRequestBody("echo", question(text), dialect);
        const auto outcome = client().post("/chat/completions", body, {});
        QVERIFY(outcome.result);
        const QString folder = "aimock-" + kVersion;
        tests::record(folder, name + ".request.json", QByteArray::fromStdString(body));
        tests::record(folder, name + (streamed ? ".sse" : ".json"),
                      QByteArray::fromStdString(outcome.result->body));
    }

    tests::NpmFolder m_npm;
    std::unique_ptr<tests::ServerProcess> m_server;
    std::shared_ptr<net::HttpClient> m_http = std::make_shared<net::HttpClient>();
    std::string m_url;
};

QTEST_GUILESS_MAIN(AimockTest)
#include "tst_aimock.moc"
