// Exchanges over one thread: limits, stops, re-use of connections, the proxy, and what is refused unsent.
#include <QtTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "app/net/http_client.h"
#include "app/net/url.h"
#include "tests/support/fault_server/fault_server.h"

using namespace plumbline;
using net::Fault;
using std::chrono::milliseconds;
using tests::FaultServer;

namespace {

const std::string kKey = "marker-Key-7f3a91c2d4";

// A loopback port that listens and lets nobody in: its queue is full.
class FullPort {
public:
    FullPort()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof m_address;
        ::bind(m_listener, generic(), size);
        ::listen(m_listener, 0);
        ::getsockname(m_listener, generic(), &size);
        for (int& each : m_waiting) {
            each = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(each, generic(), size);
        }
    }
    ~FullPort()
    {
        for (const int each : m_waiting)
            ::close(each);
        ::close(m_listener);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(ntohs(m_address.sin_port)); }

private:
    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&m_address); }

    sockaddr_in m_address{};
    int m_listener = -1;
    std::array<int, 4> m_waiting{};
};

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    void usesAConnectionAgain();
    void tellsTheLimitsApart_data();
    void tellsTheLimitsApart();
    void refusesUnsent_data();
    void refusesUnsent();
    void goesThroughTheProxy();
    void saysWhatTheProxyAnswers();
    void holdsHundredsAtOnce();
    void servesManyThreads();
    void cancelsOneOfMany();
    void endsWhatIsUnderWayWhenItGoes();
    void returnsAtOnceWhenStoppedBefore();
    void comparesOrigins();

private:
    net::HttpRequest get(const std::string& prefix) const
    {
        net::HttpRequest request;
        request.url = m_server.url(prefix) + "/models";
        request.bearer = Secret(kKey);
        return request;
    }

    FaultServer m_server;
};

void HttpClientTest::usesAConnectionAgain()
{
    const net::HttpClient client;
    for (int i = 0; i < 10; ++i)
        QVERIFY(client.send(get(""), {}));
    QCOMPARE(m_server.connectionsOpen(), 1);
}

void HttpClientTest::tellsTheLimitsApart_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* place, Fault fault, const char* words) {
        QTest::newRow(name) << place << static_cast<int>(fault) << words;
    };
    row("connect", "full port", Fault::ConnectTime,
        "did not take the connection within 150 ms (connect limit)");
    row("first byte", "/fault/silence", Fault::FirstByteTime, "(first-token limit)");
    row("inactivity", "/fault/silence-after-token", Fault::IdleTime, "(inactivity limit)");
    row("total", "/pace/20", Fault::TotalTime, "was not done within 600 ms (total limit)");
    row("size of the body", "/fault/huge-chunked", Fault::TooLarge, "over the limit of 1 MB");
    row("size as announced", "/fault/huge", Fault::TooLarge, "over the limit of 1 MB");
    row("size of the headers", "/fault/long-head", Fault::TooLarge, "over the limit of 65536 bytes");
}

void HttpClientTest::tellsTheLimitsApart()
{
    QFETCH(QString, place);
    QFETCH(int, fault);
    QFETCH(QString, words);
    const FullPort full;
    const net::HttpClient client;
    net::HttpRequest request = get(place.toStdString());
    if (place == "full port")
        request.url = full.url();
    request.url.replace(request.url.find("/models") == std::string::npos ? request.url.size()
                                                                         : request.url.find("/models"),
                        std::string::npos, "/chat/completions");
    request.method = "POST";
    std::string words1000;
    for (int i = 0; i < 1000; ++i)
        words1000 += "word ";
    request.body = R"({"stream":true,"messages":[{"role":"user","content":")" + words1000 + "\"}]}";
    // Short only where it is the one that is meant: a busy machine may take 200 ms to its first byte.
    const milliseconds firstByte(fault == static_cast<int>(Fault::FirstByteTime) ? 200 : 1500);
    request.limits = {milliseconds(150), firstByte, milliseconds(250),
                      milliseconds(600), 1U << 20U, 64U << 10U};
    QElapsedTimer timer;
    timer.start();
    const auto reply =
        client.send(request, {}, [](const net::HttpHead&, std::string_view) { return net::Take::More; });
    QVERIFY(timer.elapsed() < 2000);
    QVERIFY(!reply);
    const QString said = QString::fromStdString(reply.error().message);
    QVERIFY2(said.contains(words), qPrintable(said));
    QCOMPARE(static_cast<int>(reply.error().fault), fault);
}

void HttpClientTest::refusesUnsent_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("words");
    const QString good = QString::fromStdString(m_server.url());
    QTest::newRow("a user in the url") << "http://user:secret@127.0.0.1:1/v1"
                                       << ""
                                       << ""
                                       << "name a secret instead";
    QTest::newRow("another scheme") << "ftp://127.0.0.1/v1"
                                    << ""
                                    << ""
                                    << "http:// or https://";
    QTest::newRow("a file") << "file:///etc/passwd"
                            << ""
                            << ""
                            << "http:// or https://";
    QTest::newRow("no url") << "not a url"
                            << ""
                            << ""
                            << "not a url";
    QTest::newRow("nothing") << ""
                             << ""
                             << ""
                             << "not a url";
    QTest::newRow("a line break in a header") << good << "a\r\nX-Evil: b"
                                              << ""
                                              << "has a line break in it";
    QTest::newRow("a line break in the key") << good << ""
                                             << "secret\nX-Evil: b"
                                             << "store it as one line";
}

void HttpClientTest::refusesUnsent()
{
    QFETCH(QString, url);
    QFETCH(QString, header);
    QFETCH(QString, key);
    QFETCH(QString, words);
    const std::size_t before = m_server.requests().size();
    net::HttpRequest request;
    request.url = url.toStdString();
    if (!header.isEmpty())
        request.headers = {{"X-Test", header.toStdString()}};
    request.bearer = Secret(key.toStdString());
    const auto reply = net::HttpClient().send(request, {});
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::BadInput);
    const QString said = QString::fromStdString(reply.error().message);
    QVERIFY2(said.contains(words) && !said.contains("secret@") && !said.contains("Evil"), qPrintable(said));
    QCOMPARE(m_server.requests().size(), before);
}

void HttpClientTest::goesThroughTheProxy()
{
    const FaultServer proxy;
    net::HttpRequest request = get("");
    request.url = "http://name.invalid/v1/models";
    request.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    const auto reply = net::HttpClient().send(request, {});
    QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
    QCOMPARE(proxy.requests().size(), 1U);
    QCOMPARE(proxy.requests().front().path, request.url);
}

void HttpClientTest::saysWhatTheProxyAnswers()
{
    const FaultServer proxy; // knows no CONNECT: 400
    net::HttpRequest request = get("");
    request.url = "https://name.invalid/v1/models";
    request.proxy = "http://user:hidden@127.0.0.1:" + std::to_string(proxy.port());
    const auto reply = net::HttpClient().send(request, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().message, std::string("the proxy on the way to name.invalid answers 400; see its "
                                                "rules and log-in"));
    const auto sent = proxy.requests().front();
    QCOMPARE(sent.method, std::string("CONNECT"));
    QVERIFY(sent.head.find(kKey) == std::string::npos); // the key is for the server behind it
}

void HttpClientTest::holdsHundredsAtOnce()
{
    constexpr int kCount = 300;
    const net::HttpClient client;
    std::atomic<int> good = 0;
    std::promise<void> all;
    std::atomic<int> left = kCount;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < kCount; ++i) {
        client.submit(get("/delay/300"), {{}, [&](net::HttpResult result) {
                                              good += result && result->head.status == 200 ? 1 : 0;
                                              if (--left == 0)
                                                  all.set_value();
                                          }});
    }
    all.get_future().get();
    QCOMPARE(good.load(), kCount);
    QVERIFY2(timer.elapsed() < 10'000, "one after the other they take 90 s");
}

void HttpClientTest::servesManyThreads()
{
    const net::HttpClient client;
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i)
                    good += client.send(get(""), {}) ? 1 : 0;
            });
        }
    }
    QCOMPARE(good.load(), 400);
}

void HttpClientTest::cancelsOneOfMany()
{
    const net::HttpClient client;
    std::promise<net::HttpResult> cancelled;
    std::promise<net::HttpResult> other;
    const auto first = client.submit(get("/fault/silence"),
                                     {{}, [&](net::HttpResult r) { cancelled.set_value(std::move(r)); }});
    client.submit(get("/delay/300"), {{}, [&](net::HttpResult r) { other.set_value(std::move(r)); }});
    QElapsedTimer timer;
    timer.start();
    client.cancel(first);
    client.cancel(first); // a second time, and one that never was: nothing
    client.cancel(9999);
    const auto result = cancelled.get_future().get();
    QVERIFY(timer.elapsed() < 200);
    QVERIFY(!result && result.error().fault == Fault::Cancelled);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
    QVERIFY(other.get_future().get());
}

void HttpClientTest::endsWhatIsUnderWayWhenItGoes()
{
    int cancelled = 0;
    {
        const net::HttpClient client;
        for (int i = 0; i < 20; ++i) {
            client.submit(get("/fault/silence"),
                          {{}, [&](net::HttpResult result) { cancelled += result ? 0 : 1; }});
        }
    }
    QCOMPARE(cancelled, 20);
}

void HttpClientTest::returnsAtOnceWhenStoppedBefore()
{
    std::stop_source stop;
    stop.request_stop();
    const std::size_t before = m_server.requests().size();
    const auto reply = net::HttpClient().send(get(""), stop.get_token());
    QVERIFY(!reply && reply.error().fault == Fault::Cancelled);
    QCOMPARE(m_server.requests().size(), before);
}

void HttpClientTest::comparesOrigins()
{
    const auto url = [](const char* text) { return *net::parseUrl(text); };
    QVERIFY(url("https://A.example/x").sameOrigin(url("https://a.example:443/y?z#w")));
    QVERIFY(!url("https://a.example").sameOrigin(url("http://a.example")));
    QVERIFY(!url("https://a.example").sameOrigin(url("https://a.example:8443")));
    QVERIFY(!url("https://a.example").sameOrigin(url("https://a.example.evil.test")));
    QCOMPARE(url("http://a.example:8080/v1?key=1").place(), std::string("a.example:8080"));
    QCOMPARE(url("https://a.example:443/v1").place(), std::string("a.example"));
    QCOMPARE(net::resolveUrl(url("http://a.example/v1/x"), "/v2")->text, std::string("http://a.example/v2"));
    QVERIFY(!net::resolveUrl(url("http://a.example/v1/x"), "file:///etc/passwd"));
}

QTEST_GUILESS_MAIN(HttpClientTest)
#include "tst_http_client.moc"
