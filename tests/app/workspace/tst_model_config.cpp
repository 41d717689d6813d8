// workspace.yaml: endpoints, budgets and prices.
#include <QtTest>

#include "app/workspace/config.h"

using namespace plumbline;
using namespace plumbline::workspace;

// Declared first and defined below: moc does not understand every raw string.
class ModelConfigTest : public QObject {
    Q_OBJECT

private slots:
    void readsAll();
    void hasDefaults();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void neverRepeatsAKey_data();
    void neverRepeatsAKey();
};

namespace {

constexpr const char* kWhole = R"(assistant:
  model: hosted
  prompt: policy-answer@v3
models:
  local:
    url: http://127.0.0.1:8080/v1/
    model: qwen2.5-7b-instruct
    price: free
    timeouts: {connect: 0.5, first_token: 20, total: 90}
  hosted:
    url: https://api.openai.com/v1
    model: gpt-4o-mini
    secret: openai
    context_tokens: 128000
    concurrency: 32
    retries: 2
    ca_file: bank-ca.pem
    proxy: http://proxy.bank.example:3128
  vectors: {kind: embeddings, url: "http://[::1]:9000", model: bge-small, dimensions: 384}
  ranks: {kind: rerank, url: "http://vllm.internal:8000/v1", model: bge-reranker, allow_insecure: true}
  pretend:
    kind: simulated
    simulation: {first_token_ms: 400, spread: 0.5, tokens_per_second: 60, error_rate: 0.02, rate_limit_rate: 0.01,
                 input_per_million: 0.15, output_per_million: "0.60", seed: 9}
budgets: {per_day_usd: 5.00, per_run_usd: "0.5"}
prices:
  - {model: "gpt-4o-mini", input: 0.12, output: 0.5, from: 2026-01-01, source: frame contract 4711}
)";

const QString kKey = QStringLiteral("sk-proj-1234567890abcdefMARKER");

} // namespace

void ModelConfigTest::readsAll()
{
    const auto config = parseConfig(kWhole, "workspace.yaml");
    QVERIFY2(config.has_value(), config ? "" : config.error().describe().c_str());
    QCOMPARE(config->defaultModel, std::string("hosted"));
    QCOMPARE(config->defaultPrompt, std::string("policy-answer@v3"));
    QCOMPARE(config->models.size(), std::size_t{5});
    const llm::Endpoint& local = config->models.at("local");
    QCOMPARE(local.url, std::string("http://127.0.0.1:8080/v1"));
    QCOMPARE(local.connectTimeout.count(), 500);
    QCOMPARE(local.totalTimeout.count(), 90'000);
    QVERIFY(local.price.has_value() && *local.price == llm::Price{});
    const llm::Endpoint& hosted = config->models.at("hosted");
    QCOMPARE(hosted.name, std::string("hosted"));
    QCOMPARE(hosted.secret, std::string("openai"));
    QCOMPARE(hosted.concurrency, 32);
    QCOMPARE(hosted.retries, 2);
    QVERIFY(!hosted.price.has_value());
    QCOMPARE(config->models.at("vectors").dimensions, 384);
    QVERIFY(config->models.at("ranks").kind == llm::EndpointKind::Rerank);
    const llm::Endpoint& pretend = config->models.at("pretend");
    QVERIFY(pretend.kind == llm::EndpointKind::Simulated);
    QCOMPARE(pretend.simulation.inputPerMillion.microUsd, 150'000);
    QCOMPARE(pretend.simulation.seed, std::uint64_t{9});
    QCOMPARE(pretend.price->output.microUsd, 600'000);
    QCOMPARE(config->budgets.perDay->microUsd, 5'000'000);
    QCOMPARE(config->budgets.perRun->microUsd, 500'000);
    QCOMPARE(config->prices.size(), std::size_t{1});
    QCOMPARE(config->prices.front().price.input.microUsd, 120'000);
}

void ModelConfigTest::hasDefaults()
{
    const auto config = parseConfig("", "workspace.yaml");
    QVERIFY(config.has_value());
    QCOMPARE(config->defaultModel, std::string("embedded"));
    QVERIFY(config->models.empty() && config->prices.empty() && !config->budgets.any());
}

void ModelConfigTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* yaml, const char* expected) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(expected);
    };
    row("a kind that there is not", "models:\n  a:\n    kind: voice\n",
        "w.yaml:3:5: 'models/a/kind': must be one of");
    row("no address", "models:\n  a:\n    model: m\n", "w.yaml:2:3: models.a: lacks 'url'");
    row("no model", "models:\n  a:\n    url: https://x.example/v1\n", "w.yaml:2:3: models.a: lacks 'model'");
    row("a file as address", "models:\n  a:\n    url: file:///etc/passwd\n    model: m\n",
        "w.yaml:3:5: models.a: url must be http");
    row("an address without a host", "models:\n  a:\n    url: https:///v1\n    model: m\n",
        "w.yaml:3:5: models.a: url must be http");
    row("a password in the address", "models:\n  a:\n    url: https://u:p@x.example/v1\n    model: m\n",
        "w.yaml:3:5: models.a: url must not hold a user name");
    row("a question mark in the address",
        "models:\n  a:\n    url: https://x.example/v1?key=1\n    model: m\n",
        "w.yaml:3:5: models.a: url must end with the path");
    row("plain http to elsewhere", "models:\n  a:\n    url: http://x.example/v1\n    model: m\n",
        "w.yaml:3:5: models.a: plain http to another machine can be read");
    row("a host that only begins like this machine",
        "models:\n  a:\n    url: http://127.0.0.1.x.example/v1\n    model: m\n",
        "w.yaml:3:5: models.a: plain http to another machine can be read");
    row("a user that looks like this machine",
        "models:\n  a:\n    url: http://localhost@x.example/v1\n    model: m\n",
        "w.yaml:3:5: models.a: url must not hold a user name");
    row("plain http to elsewhere with a key",
        "models:\n  a:\n    url: http://x.example/v1\n    model: m\n    secret: k\n    allow_insecure: "
        "true\n",
        "w.yaml:3:5: models.a: a key is never sent over plain http");
    row("a password in the proxy",
        "models:\n  a:\n    url: https://x.example/v1\n    model: m\n    proxy: http://u:p@proxy:1\n",
        "w.yaml:5:5: models.a: proxy must not hold");
    row("a time of nothing",
        "models:\n  a:\n    url: https://x.example\n    model: m\n    timeouts: {total: 0}\n",
        "w.yaml:5:16: 'models/a/timeouts/total': must be");
    row("an endpoint called like the embedded one",
        "models:\n  embedded: {url: https://x.example, model: m}\n",
        "w.yaml:2:3: 'embedded' is the answerer");
    row("a default that is not there", "assistant:\n  model: b\n",
        "w.yaml:2:3: assistant.model names 'b', which is not one of 'models'");
    row("a default that cannot answer",
        "assistant:\n  model: v\nmodels:\n  v: {kind: embeddings, url: https://x.example, model: m}\n",
        "w.yaml:2:3: assistant.model names 'v', which is no model that answers");
    row("a budget below nothing", "budgets:\n  per_day_usd: -1\n",
        "w.yaml:2:3: budgets.per_day_usd must be 0 or more");
    row("a budget that is no amount", "budgets:\n  per_run_usd: five\n",
        "w.yaml:2:3: budgets.per_run_usd: 'five'");
    row("a price without its amount", "prices:\n  - model: m\n", "w.yaml:2:5: prices: lacks 'input'");
    row("a price of an endpoint that is a word",
        "models:\n  a:\n    url: https://x.example\n    model: m\n    price: cheap\n",
        "w.yaml:5:5: models.a: price: must be 'free'");
}

void ModelConfigTest::saysWhatIsWrong()
{
    QFETCH(QString, yaml);
    QFETCH(QString, expected);
    const auto config = parseConfig(yaml.toStdString(), "w.yaml");
    QVERIFY(!config.has_value());
    QVERIFY(config.error().code == ErrorCode::BadInput);
    const QString said = QString::fromStdString(config.error().describe());
    QVERIFY2(said.startsWith(expected), qPrintable(said));
}

void ModelConfigTest::neverRepeatsAKey_data()
{
    QTest::addColumn<QString>("yaml");
    const QString head = QStringLiteral("models:\n  a:\n    url: https://x.example/v1\n    model: m\n");
    QTest::newRow("as the secret") << head + "    secret: " + kKey + "\n";
    QTest::newRow("as the secret, with a prefix nobody knows")
        << head + "    secret: abcd1234567890abcdefMARKER9\n";
    QTest::newRow("as the secret, in a list") << head + "    secret: [" + kKey + "]\n";
    QTest::newRow("under another key") << head + "    api_key: " + kKey + "\n";
    QTest::newRow("in the address") << "models:\n  a:\n    url: https://" + kKey +
                                           "@x.example/v1\n    model: m\n";
    QTest::newRow("in the address's question")
        << "models:\n  a:\n    url: https://x.example/v1?key=" + kKey + "\n    model: m\n";
}

void ModelConfigTest::neverRepeatsAKey()
{
    QFETCH(QString, yaml);
    const auto config = parseConfig(yaml.toStdString(), "w.yaml");
    QVERIFY(!config.has_value());
    QVERIFY2(config.error().describe().find("MARKER") == std::string::npos,
             config.error().describe().c_str());
}

QTEST_APPLESS_MAIN(ModelConfigTest)
#include "tst_model_config.moc"
