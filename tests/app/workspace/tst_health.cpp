// What `doctor` says of the endpoints.
#include <QtTest>

#include <sys/stat.h>

#include "app/workspace/health.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::workspace;

class HealthTest : public QObject {
    Q_OBJECT

private slots:
    void listsEndpoints();
};

void HealthTest::listsEndpoints()
{
    const tests::TemporaryFolder folder;
    (void)folder.write("workspace.yaml",
                       "models:\n"
                       "  a: {url: 'http://127.0.0.1:1/v1', model: m, price: free}\n"
                       "  b: {url: 'https://x.example/v1', model: gpt-4o, secret: health-test}\n"
                       "  c: {url: 'https://y.example/v1', model: strange}\n"
                       "  d: {kind: simulated}\n"
                       "assistant: {model: a}\n");
    const auto lines = [&](const ProbeFn& probe) {
        std::map<std::string, std::string> all;
        for (const HealthCheck& check : examine(folder.path(), probe)) {
            all[check.name] = std::string(toString(check.state)) + ": " + check.detail;
        }
        return all;
    };
    const auto probe = [](const llm::Endpoint& endpoint) -> Result<std::string> {
        if (endpoint.name == "c") {
            return failure(ErrorCode::Network, "cannot be reached");
        }
        return std::string("answers");
    };
    auto all = lines(probe);
    QCOMPARE(all["models"], std::string("ok: embedded (extractive, offline); default is a"));
    QCOMPARE(all["model a"], std::string("ok: chat, m at http://127.0.0.1:1/v1, free; answers"));
    QVERIFY2(
        all["model b"].starts_with("note: chat, gpt-4o at https://x.example/v1, price known; there is no key "
                                   "'health-test'; set PLUMBLINE_SECRET_HEALTH_TEST"),
        all["model b"].c_str());
    QCOMPARE(all["model c"],
             std::string("note: chat, strange at https://y.example/v1, price unknown; cannot be reached"));
    QCOMPARE(all["model d"], std::string("ok: simulated, simulated"));
    const auto key = folder.write(".plumbline/secrets/health-test", "sk-MARKER");
    (void)::chmod(key.c_str(), 0600);
    all = lines({});
    QCOMPARE(all["model b"], std::string("ok: chat, gpt-4o at https://x.example/v1, price known"));
    QCOMPARE(all["model c"], std::string("ok: chat, strange at https://y.example/v1, price unknown"));
}

QTEST_APPLESS_MAIN(HealthTest)
#include "tst_health.moc"
