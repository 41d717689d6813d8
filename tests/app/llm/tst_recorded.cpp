// What other programs sent and answered (recorded/README.md): their bytes through our parsers, the official
// client's requests to our fault server.
#include <QtTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/file.h"
#include "app/llm/chat_answer.h"
#include "app/llm/chat_request_json.h"
#include "app/llm/server_error.h"
#include "app/llm/sse_parser.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/paths.h"

using namespace plumbline;

namespace {

const std::string kAnswer = "Certificates rotate yearly – größte Sorgfalt 🔐🔑 bitte.";

std::string recorded(const std::string& name)
{
    const auto file = readFile(tests::sourceDirectory() / "tests/app/llm/recorded" / name);
    return file ? *file : std::string();
}

// Bytes to a port of loopback, and all that comes back.
std::string exchanged(int port, const std::string& bytes)
{
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    std::string answer;
    if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::send(connection, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size())) {
        ::shutdown(connection, SHUT_WR);
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = ::recv(connection, piece.data(), piece.size(), 0)) > 0;)
            answer.append(piece.data(), static_cast<std::size_t>(got));
    }
    ::close(connection);
    return answer;
}

llm::ChatReply replyOfStream(std::string_view bytes, std::size_t piece, std::string& shown)
{
    llm::SseParser parser;
    llm::ChatAnswer answer;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        const auto fed = parser.feed(bytes.substr(0, piece), [&](const llm::SseEvent& event) {
            const auto taken = answer.takeEvent(event.data, [&](std::string_view text) { shown += text; });
            if (!taken)
                shown = taken.error().message;
        });
        if (!fed)
            shown = fed.error().message;
    }
    return answer.take();
}

} // namespace

class RecordedTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheStreamOfAimock()
    {
        const std::string bytes = recorded("aimock-1.43.0/stream.sse");
        for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U, 100'000U}) {
            std::string shown;
            const llm::ChatReply reply = replyOfStream(bytes, piece, shown);
            QCOMPARE(shown, kAnswer);
            QCOMPARE(reply.text, kAnswer);
            QCOMPARE(reply.finishReason, std::string("stop"));
            QCOMPARE(reply.usage.input.count, 2);
            QCOMPARE(reply.usage.output.count, 14);
            QVERIFY(reply.notes.empty());
        }
    }

    void readsTheWholeAnswerOfAimock()
    {
        llm::ChatAnswer answer;
        QVERIFY(answer.takeWhole(recorded("aimock-1.43.0/whole.json"), {}));
        const llm::ChatReply reply = answer.take();
        QCOMPARE(reply.text, kAnswer);
        QCOMPARE(reply.usage.output.count, 14);
    }

    void readsTheToolCallsOfAimock()
    {
        std::string shown;
        const llm::ChatReply reply = replyOfStream(recorded("aimock-1.43.0/tools.sse"), 5, shown);
        QCOMPARE(shown, std::string());
        QCOMPARE(reply.finishReason, std::string("tool_calls"));
        QCOMPARE(reply.toolCalls.size(), 1U);
        QCOMPARE(reply.toolCalls.front().name, std::string("look_up"));
        QCOMPARE(reply.toolCalls.front().arguments, std::string(R"({"query":"one"})"));
    }

    void readsTheRefusalOfAimock()
    {
        net::HttpReply http;
        http.head.status = 429;
        http.body = recorded("aimock-1.43.0/limit.json");
        const Error error = llm::serverError({}, http, Secret("a-key-of-ours"));
        QVERIFY(error.message.find("(429: Rate limited)") != std::string::npos);
    }

    void sendsWhatAimockUnderstood_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("streamed");
        QTest::newRow("stream") << "stream"
                                << "rotation" << true;
        QTest::newRow("whole") << "whole"
                               << "rotation" << false;
        QTest::newRow("tools") << "tools"
                               << "tools" << true;
        QTest::newRow("limit") << "limit"
                               << "limit" << false;
    }

    void sendsWhatAimockUnderstood()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(bool, streamed);
        llm::ChatDialect dialect;
        dialect.stream = streamed;
        const llm::ChatRequest request{{{llm::Role::User, text.toStdString()}}, {}, {}};
        QCOMPARE(*llm::chatRequestBody("echo", request, dialect),
                 recorded("aimock-1.43.0/" + name.toStdString() + ".request.json"));
    }

    void faultServerTakesTheRequestsOfTheOfficialClient_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("answer");
        QTest::newRow("a whole chat") << "request-01.http"
                                      << "\"content\":\"Echo: Grüße in die Runde\"";
        QTest::newRow("a stream") << "request-02.http"
                                  << "data: [DONE]";
        QTest::newRow("embeddings in base64") << "request-03.http"
                                              << "\"embedding\":\"";
        QTest::newRow("the list of models") << "request-04.http"
                                            << "\"id\":\"letters\"";
        QTest::newRow("tool calls") << "request-05.http"
                                    << "\"name\":\"look_up\"";
    }

    void faultServerTakesTheRequestsOfTheOfficialClient()
    {
        QFETCH(QString, file);
        QFETCH(QString, answer);
        const tests::FaultServer server({"oracle-key-12345", "", "", "", true});
        const std::string got =
            exchanged(server.port(), recorded("openai-node-7.57.0/" + file.toStdString()));
        QVERIFY2(got.starts_with("HTTP/1.1 200 OK"), got.c_str());
        QVERIFY2(QString::fromStdString(got).contains(answer), got.c_str());
    }
};

QTEST_APPLESS_MAIN(RecordedTest)
#include "tst_recorded.moc"
