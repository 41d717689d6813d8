// Everything that an endpoint can do wrong, and what a person reads of it. Each row is asked for whole and
// streamed; none hangs; the key is in no error.
#include <QtTest>

#include "app/llm/openai_chat_model.h"
#include "tests/support/fault_server/certificates.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using tests::endpointAt;
using tests::FaultServer;
using tests::kMarkerKey;

namespace {

llm::ChatRequest question()
{
    return {{{llm::Role::User, "Grüße in die Runde"}}, {}, {}};
}

} // namespace

class ChatFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void endsInWords_data();
    void endsInWords();
    void isTolerated_data();
    void isTolerated();

private:
    Result<llm::ChatReply> ask(const llm::Endpoint& endpoint, bool streamed)
    {
        m_streamed.clear();
        const llm::OpenAiChatModel model(
            llm::EndpointClient(m_http, endpoint, Secret(kMarkerKey), m_clock.clock()));
        const llm::DeltaFn collect = [this](std::string_view text) { m_streamed += text; };
        return model.chat(question(), {}, streamed ? collect : llm::DeltaFn());
    }
    llm::Endpoint endpointOf(const QString& place) const;

    std::shared_ptr<net::HttpClient> m_http = std::make_shared<net::HttpClient>();
    tests::StillClock m_clock;
    tests::TemporaryFolder m_folder;
    tests::CertificateFiles m_forOther;
    tests::CertificateFiles m_forItself;
    std::unique_ptr<FaultServer> m_other; // the host that nobody named
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FaultServer> m_tlsForOther;
    std::unique_ptr<FaultServer> m_tlsForItself;
    std::string m_streamed;
};

void ChatFaultsTest::initTestCase()
{
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    const auto other = m_folder.path() / "other";
    const auto itself = m_folder.path() / "itself";
    std::filesystem::create_directories(other);
    std::filesystem::create_directories(itself);
    m_forOther = tests::makeSelfSigned(other, "other.invalid");
    m_forItself = tests::makeSelfSigned(itself, "127.0.0.1");
}

void ChatFaultsTest::init()
{
    m_other = std::make_unique<FaultServer>();
    m_server = std::make_unique<FaultServer>(tests::FaultServerOptions{
        kMarkerKey, "", "", "http://127.0.0.1:" + std::to_string(m_other->port()), true});
    m_tlsForOther = std::make_unique<FaultServer>(
        tests::FaultServerOptions{"", m_forOther.certificate, m_forOther.privateKey, "", true});
    m_tlsForItself = std::make_unique<FaultServer>(
        tests::FaultServerOptions{"", m_forItself.certificate, m_forItself.privateKey, "", true});
}

llm::Endpoint ChatFaultsTest::endpointOf(const QString& place) const
{
    if (place == "refused") { // a port that was just given back
        const FaultServer gone;
        return endpointAt(gone.url());
    }
    if (place == "unknown host")
        return endpointAt("http://name.invalid/v1");
    if (place == "certificate of another name") {
        llm::Endpoint endpoint = endpointAt(m_tlsForOther->url());
        endpoint.caFile = m_forOther.certificate;
        return endpoint;
    }
    if (place == "self-signed certificate")
        return endpointAt(m_tlsForItself->url());
    if (place == "self-signed and trusted") {
        llm::Endpoint endpoint = endpointAt(m_tlsForItself->url());
        endpoint.caFile = m_forItself.certificate;
        return endpoint;
    }
    if (place == "no file of authorities") {
        llm::Endpoint endpoint = endpointAt(m_tlsForItself->url());
        endpoint.caFile = "/nowhere/ca.pem";
        return endpoint;
    }
    if (place == "TLS asked of a plain server")
        return endpointAt("https" + m_server->url().substr(4));
    return endpointAt(m_server->url("/fault/" + place.toStdString()));
}

void ChatFaultsTest::endsInWords_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words"); // of the whole answer|of the stream, where they differ
    const auto row = [](const char* name, const char* place, ErrorCode code, const char* words) {
        QTest::newRow(name) << place << static_cast<int>(code) << words;
    };
    using enum ErrorCode;
    row("nothing listens", "refused", Network, "refuses the connection; start the server");
    row("no such name", "unknown host", Network, "no address is known for the host name.invalid");
    row("the certificate is another's", "certificate of another name", Network, "made out to another name");
    row("the certificate is self-signed", "self-signed certificate", Network, "is self-signed; set ca_file");
    row("caFile is not there", "no file of authorities", BadInput, "ca_file /nowhere/ca.pem cannot be read");
    row("https on a port of http", "TLS asked of a plain server", Network, "does it speak TLS on this port");
    row("401", "401", Denied,
        "store the right key under the name test-key (console: Settings; command: PLUMBLINE_SECRET_TEST_KEY");
    row("403", "403", Denied,
        "store the right key under the name test-key (console: Settings; command: PLUMBLINE_SECRET_TEST_KEY");
    row("404", "404", NotFound, "does not know the model echo");
    row("400 with the key in it", "echo-key", BadInput, "(400: cannot serve Bearer [key] today)");
    row("408", "408", Network, "(408: fault 408 was asked for)");
    row("413", "413", TooLarge, "too large for the server (413");
    row("429", "429", Network, "too many requests");
    row("429 with Retry-After", "429-retry-after", Network, "(429: Rate limit reached)");
    row("500", "500", Network, "the server failed; see its log (500: fault 500 was asked for)");
    row("501", "501", Unsupported, "(501");
    row("503", "503", Network, "overloaded or still loading its model (503");
    row("a sign-in page", "html", Network, "an HTML page instead of JSON; is the url that of the API");
    row("one byte a second", "byte-a-second", Network, "(inactivity limit)");
    row("silence", "silence", Network,
        "was not done within 1500 ms (total limit)|sent nothing for 400 ms (first-token limit)");
    row("200 MB with its length", "huge", TooLarge, "over the limit of 16 MB and was not read");
    row("200 MB in chunks", "huge-chunked", TooLarge, "over the limit of");
    row("endless headers", "long-head", TooLarge, "headers of 127.0.0.1");
    row("a redirect to another host", "redirect-other", Network, "keys and text go to no other host");
    row("redirects in a circle", "redirect-circle", Network, "in a circle");
    row("a redirect that would drop the question", "redirect-as-get", Network, "correct the path");
    row("hangs up at once", "close", Network, "closed the connection without an answer");
    row("speaks another protocol", "not-http", Network, "does not answer in HTTP");
}

void ChatFaultsTest::endsInWords()
{
    QFETCH(QString, place);
    QFETCH(int, code);
    QFETCH(QString, words);
    const llm::Endpoint endpoint = endpointOf(place);
    for (const bool streamed : {false, true}) {
        QElapsedTimer timer;
        timer.start();
        const auto reply = ask(endpoint, streamed);
        QVERIFY2(timer.elapsed() < 4000, "it took too long");
        QVERIFY(!reply);
        const QString said = QString::fromStdString(reply.error().describe());
        QVERIFY2(said.contains(words.section('|', streamed ? -1 : 0, streamed ? -1 : 0)), qPrintable(said));
        QVERIFY2(said.startsWith("models.local: "), qPrintable(said));
        QCOMPARE(static_cast<int>(reply.error().code), code);
        QVERIFY2(!said.contains(QString::fromStdString(kMarkerKey)) && !said.contains('\n'),
                 qPrintable(said));
        QVERIFY(m_streamed.empty());
    }
    QVERIFY2(m_other->requests().empty(), "a host that nobody named was spoken to");
}

void ChatFaultsTest::isTolerated_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("note");
    const auto row = [](const char* name, const char* fault, const char* text, const char* note) {
        QTest::newRow(name) << fault << QString::fromUtf8(text) << note;
    };
    const char* const echo = "Echo: Grüße in die Runde";
    row("nothing wrong", "none", echo, "");
    row("unknown fields", "unknown-fields", echo, "");
    row("null content", "null-content", "", "");
    row("two choices", "two-choices", echo, "more than one choice; the first is used");
    row("no usage", "usage-missing", echo, "no usage; tokens are estimated");
    row("every byte on its own", "split-character", echo, "");
    row("a redirect within the same origin", "redirect-same", echo, "");
    row("a self-signed certificate that caFile names", "self-signed and trusted", echo, "");
}

void ChatFaultsTest::isTolerated()
{
    QFETCH(QString, fault);
    QFETCH(QString, text);
    QFETCH(QString, note);
    for (const bool streamed : {false, true}) {
        const auto reply = ask(endpointOf(fault), streamed);
        QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
        QCOMPARE(QString::fromStdString(reply->text), text);
        QCOMPARE(m_streamed, streamed ? reply->text : std::string());
        QCOMPARE(reply->notes.size(), note.isEmpty() ? 0U : 1U);
        if (!note.isEmpty())
            QVERIFY(QString::fromStdString(reply->notes.front()).contains(note));
        QCOMPARE(reply->usage.estimated, fault == "usage-missing");
        QCOMPARE(reply->finishReason, std::string("stop"));
        QCOMPARE(reply->model, std::string("echo-served"));
        QCOMPARE(reply->attempts, 1);
    }
}

QTEST_GUILESS_MAIN(ChatFaultsTest)
#include "tst_chat_faults.moc"
