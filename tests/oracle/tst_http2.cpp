// HTTP/2 over TLS, against the server that comes with node.
#include <QtTest>

#include <atomic>
#include <future>

#include "app/net/http_client.h"
#include "tests/support/fault_server/certificates.h"
#include "tests/support/fault_server/server_process.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;

class Http2Test : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        m_files = tests::makeSelfSigned(m_folder.path(), "127.0.0.1");
        const auto script = tests::sourceDirectory() / "tests/oracle/http2_server.mjs";
        try {
            m_server = std::make_unique<tests::ServerProcess>(
                std::vector<std::string>{"node", script.string(), m_files.certificate, m_files.privateKey},
                "port ");
        } catch (const std::exception& error) {
            QSKIP((std::string(error.what()) + ": the whole test skipped").c_str());
        }
    }

    void speaksHttp2()
    {
        const net::HttpClient client;
        const auto reply = client.send(request(), {});
        QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
        QVERIFY(reply->http2);
        QCOMPARE(reply->head.status, 200);
        QCOMPARE(reply->body, std::string(R"({"protocol":"2.0","authorization":"Bearer a-key"})"));
    }

    void holdsManyAtOnce()
    {
        constexpr int kCount = 100;
        const net::HttpClient client;
        std::atomic<int> good = 0;
        std::atomic<int> left = kCount;
        std::promise<void> all;
        for (int i = 0; i < kCount; ++i) {
            client.submit(request(), {{}, [&](net::HttpResult result) {
                                          good += result && result->http2 ? 1 : 0;
                                          if (--left == 0)
                                              all.set_value();
                                      }});
        }
        all.get_future().get();
        QCOMPARE(good.load(), kCount);
    }

private:
    net::HttpRequest request() const
    {
        net::HttpRequest request;
        request.url = "https://127.0.0.1:" + m_server->line().substr(5) + "/v1/models";
        request.bearer = Secret("a-key");
        request.caFile = m_files.certificate;
        return request;
    }

    tests::TemporaryFolder m_folder;
    tests::CertificateFiles m_files;
    std::unique_ptr<tests::ServerProcess> m_server;
};

QTEST_GUILESS_MAIN(Http2Test)
#include "tst_http2.moc"
