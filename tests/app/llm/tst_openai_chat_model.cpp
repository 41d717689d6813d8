// A chat with an endpoint: what is sent, what comes of the odd answers, retries, stops.
#include <QtTest>

#include <future>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "app/base/text.h"
#include "app/llm/openai_chat_model.h"
#include "tests/support/fault_server/endpoints.h"
#include "tests/support/fault_server/fault_server.h"

using namespace plumbline;
using tests::endpointAt;
using tests::FaultServer;
using tests::kMarkerKey;

namespace {

llm::ChatRequest question(const std::string& text = "Grüße in die Runde")
{
    return {{{llm::Role::User, text}}, {}, {}};
}

const std::string kSchema =
    R"({"type":"object","properties":{"answer":{"type":"string"},"n":{"type":"integer"}}})";

} // namespace

class OpenAiChatModelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    void init()
    {
        m_server = std::make_unique<FaultServer>(tests::FaultServerOptions{kMarkerKey, "", "", "", true});
        m_clock = std::make_unique<tests::StillClock>();
    }
    void sendsWhatIsSetAndNothingElse();
    void breaksOffInWords_data();
    void breaksOffInWords();
    void gathersToolCalls();
    void tellsARefusalApart();
    void countsTheLastUsage();
    void countsCachedTokensOnce();
    void estimatesUsageByCodePoints();
    void givesLogprobs();
    void asksOtherwiseForWhatIsRefused_data();
    void asksOtherwiseForWhatIsRefused();
    void returnsSoonAfterDone();
    void takesPlainJsonForAStream();
    void retriesUntilItWorks_data();
    void retriesUntilItWorks();
    void neverRetriesWhatWasShown();
    void givesUpAfterTheRetries();
    void stopsWithin200Ms_data();
    void stopsWithin200Ms();
    void holdsManyStreamsOnOneThread();

private:
    llm::OpenAiChatModel modelOf(const llm::Endpoint& endpoint) const
    {
        return llm::OpenAiChatModel(
            llm::EndpointClient(m_http, endpoint, Secret(kMarkerKey), m_clock->clock()));
    }
    llm::OpenAiChatModel modelAt(const std::string& prefix, int retries = 0) const
    {
        llm::Endpoint endpoint = endpointAt(m_server->url(prefix));
        endpoint.retries = retries;
        return modelOf(endpoint);
    }
    nlohmann::json sent(std::size_t at) const
    {
        return nlohmann::json::parse(m_server->requests().at(at).body);
    }

    std::shared_ptr<net::HttpClient> m_http = std::make_shared<net::HttpClient>();
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<tests::StillClock> m_clock;
};

void OpenAiChatModelTest::sendsWhatIsSetAndNothingElse()
{
    llm::ChatRequest request{{{llm::Role::System, "Be short."}, {llm::Role::User, "Hi"}}, {}, {}};
    QVERIFY(modelAt("").chat(request, {}, {}));
    QCOMPARE(m_server->requests().front().body,
             std::string(R"({"model":"echo","messages":[{"role":"system","content":"Be short."},)"
                         R"({"role":"user","content":"Hi"}]})"));
    QCOMPARE(m_server->requests().front().headers.at("authorization"), "Bearer " + kMarkerKey);
    QCOMPARE(m_server->requests().front().path, std::string("/v1/chat/completions"));

    request.parameters = {0.5, 0.25, 100, 7, {"END"}, true};
    request.responseSchema = kSchema;
    QVERIFY(modelAt("").chat(request, {}, [](std::string_view) {}));
    nlohmann::json body = sent(1);
    body.erase("messages");
    const auto schema = nlohmann::json::parse(kSchema);
    const nlohmann::json wanted = {
        {"model", "echo"},
        {"temperature", 0.5},
        {"top_p", 0.25},
        {"max_tokens", 100},
        {"seed", 7},
        {"stop", {"END"}},
        {"logprobs", true},
        {"response_format",
         {{"type", "json_schema"}, {"json_schema", {{"name", "answer"}, {"schema", schema}}}}},
        {"stream", true},
        {"stream_options", {{"include_usage", true}}}};
    QCOMPARE(body, wanted);

    request.responseSchema = "{";
    const auto refused = modelAt("").chat(request, {}, {});
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::BadInput);
}

void OpenAiChatModelTest::breaksOffInWords_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("streamed");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char* fault, bool streamed, const char* words,
                        const char* shown = "") {
        QTest::newRow(name) << fault << streamed << words << QString::fromUtf8(shown);
    };
    row("JSON that stops in the middle", "truncated-json", false, "JSON that stops in the middle");
    row("a length that is too long", "length-too-long", false, "broke off its answer after");
    row("a length that is too short", "length-too-short", false, "JSON that stops in the middle");
    row("cut inside a character", "cut-in-character", true, "broke off its answer after", "Echo:");
    row("cut inside an event", "cut-in-event", true, "broke off its answer after");
    row("cut before [DONE]", "cut-before-done", true, "broke off its answer after",
        "Echo: Grüße in die Runde");
    row("ended in order before [DONE]", "ends-before-done", true, "before it said [DONE]",
        "Echo: Grüße in die Runde");
    row("silence after the first word", "silence-after-token", true, "fell silent for 400 ms", "Echo:");
    row("hangs up after the first word", "close-after-token", true, "broke off its answer", "Echo:");
    row("an error as an event", "error-in-stream", true, "broke off with an error: the worker died");
}

void OpenAiChatModelTest::breaksOffInWords()
{
    QFETCH(QString, fault);
    QFETCH(bool, streamed);
    QFETCH(QString, words);
    QFETCH(QString, shown);
    std::string text;
    const llm::DeltaFn collect = [&](std::string_view piece) { text += piece; };
    const auto reply =
        modelAt("/fault/" + fault.toStdString()).chat(question(), {}, streamed ? collect : llm::DeltaFn());
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::Network);
    const QString said = QString::fromStdString(reply.error().describe());
    QVERIFY2(said.contains(words) && said.startsWith("models.local: 127.0.0.1:"), qPrintable(said));
    QCOMPARE(QString::fromStdString(text), shown);
}

void OpenAiChatModelTest::gathersToolCalls()
{
    for (const llm::DeltaFn& onText : {llm::DeltaFn(), llm::DeltaFn([](std::string_view) {})}) {
        const auto reply = modelAt("/fault/tool-calls").chat(question(), {}, onText);
        QVERIFY(reply);
        QCOMPARE(reply->text, std::string());
        QCOMPARE(reply->finishReason, std::string("tool_calls"));
        QCOMPARE(reply->toolCalls.size(), 2U);
        QCOMPARE(reply->toolCalls[0].id, std::string("call_a"));
        QCOMPARE(reply->toolCalls[0].name, std::string("look_up"));
        QCOMPARE(reply->toolCalls[0].arguments, std::string(R"({"query":"one"})"));
        QCOMPARE(reply->toolCalls[1].arguments, std::string(R"({"query":"two"})"));
    }
}

void OpenAiChatModelTest::tellsARefusalApart()
{
    for (const llm::DeltaFn& onText : {llm::DeltaFn(), llm::DeltaFn([](std::string_view) {})}) {
        const auto reply = modelAt("/fault/refusal").chat(question(), {}, onText);
        QVERIFY(reply);
        QCOMPARE(reply->text, std::string());
        QCOMPARE(reply->refusal, std::string("I cannot help with that."));
    }
}

void OpenAiChatModelTest::countsTheLastUsage()
{
    const auto reply = modelAt("/fault/usage-twice").chat(question(), {}, [](std::string_view) {});
    QVERIFY(reply);
    QCOMPARE(reply->usage.output.count, 5);
    QCOMPARE(reply->notes,
             std::vector<std::string>{"the server sent its usage more than once; the last counts"});
}

void OpenAiChatModelTest::countsCachedTokensOnce()
{
    const auto reply = modelAt("").chat(question(), {}, {});
    QVERIFY(reply);
    QCOMPARE(reply->usage.input.count, 4);
    QCOMPARE(reply->usage.cached.count, 2);
    QCOMPARE(reply->usage.output.count, 5);
    QVERIFY(!reply->usage.estimated);
}

void OpenAiChatModelTest::estimatesUsageByCodePoints()
{
    const auto reply = modelAt("/fault/usage-missing").chat(question("äöüß"), {}, {});
    QVERIFY(reply);
    QVERIFY(reply->usage.estimated);
    QCOMPARE(reply->usage.input.count, 1 + 4); // 4 code points, 8 bytes; and the frame of a message
    QCOMPARE(reply->usage.output.count, 3);    // "Echo: äöüß"
}

void OpenAiChatModelTest::givesLogprobs()
{
    llm::ChatRequest request = question("a b");
    for (const llm::DeltaFn& onText : {llm::DeltaFn(), llm::DeltaFn([](std::string_view) {})}) {
        request.parameters.logprobs = true;
        const auto reply = modelAt("").chat(request, {}, onText);
        QVERIFY(reply);
        QCOMPARE(reply->logprobs.size(), 3U);
        QCOMPARE(reply->logprobs[1].token, std::string(" a"));
        QCOMPARE(reply->logprobs[1].logprob, -0.25);
    }
    request.parameters.logprobs = false;
    QVERIFY(modelAt("").chat(request, {}, {})->logprobs.empty());
}

void OpenAiChatModelTest::asksOtherwiseForWhatIsRefused_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("note"); // empty: nothing is lost by it
    QTest::newRow("a JSON Schema") << "no-schema"
                                   << "does not take a JSON Schema";
    QTest::newRow("stream_options") << "no-stream-options"
                                    << "does not take stream_options";
    QTest::newRow("max_tokens") << "no-max-tokens"
                                << "";
}

void OpenAiChatModelTest::asksOtherwiseForWhatIsRefused()
{
    QFETCH(QString, fault);
    QFETCH(QString, note);
    llm::ChatRequest request = question();
    request.parameters.maxOutputTokens = 50;
    request.responseSchema = kSchema;
    const auto reply = modelAt("/fault/" + fault.toStdString()).chat(request, {}, [](std::string_view) {});
    QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(reply->attempts, 2);
    QString notes;
    for (const std::string& each : reply->notes)
        notes += QString::fromStdString(each);
    QVERIFY2(note.isEmpty() ? notes.isEmpty() : notes.contains(note), qPrintable(notes));
    QCOMPARE(sent(1).value("max_completion_tokens", 0), fault == "no-max-tokens" ? 50 : 0);
}

void OpenAiChatModelTest::returnsSoonAfterDone()
{
    QElapsedTimer timer;
    timer.start();
    const auto reply = modelAt("/fault/keeps-open").chat(question(), {}, [](std::string_view) {});
    QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
    QVERIFY(timer.elapsed() < 390); // the limits strike at 400 ms
    QCOMPARE(reply->text, std::string("Echo: Grüße in die Runde"));
}

void OpenAiChatModelTest::takesPlainJsonForAStream()
{
    std::string shown;
    const auto reply =
        modelAt("/fault/no-stream").chat(question(), {}, [&](std::string_view text) { shown += text; });
    QVERIFY(reply);
    QCOMPARE(shown, reply->text);
    QCOMPARE(shown, std::string("Echo: Grüße in die Runde"));
    QVERIFY(reply->notes.front().find("did not stream") != std::string::npos);
}

void OpenAiChatModelTest::retriesUntilItWorks_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("streamed");
    QTest::addColumn<int>("firstWait");
    QTest::newRow("429") << "429*2" << false << 250; // half of the first upper end: chance says 0.5
    QTest::newRow("429 with Retry-After") << "429-retry-after*2" << true << 7000;
    QTest::newRow("503") << "503*2" << true << 250;
    QTest::newRow("408") << "408*2" << false << 250;
    QTest::newRow("500") << "500*2" << false << 250;
    QTest::newRow("hung up at once") << "close*2" << true << 250;
    QTest::newRow("cut before anything was shown") << "cut-in-event*2" << true << 250;
    QTest::newRow("a length that is too long") << "length-too-long*2" << false << 250;
}

void OpenAiChatModelTest::retriesUntilItWorks()
{
    QFETCH(QString, fault);
    QFETCH(bool, streamed);
    QFETCH(int, firstWait);
    std::string shown;
    const llm::DeltaFn collect = [&](std::string_view text) { shown += text; };
    const auto reply =
        modelAt("/fault/" + fault.toStdString(), 4).chat(question(), {}, streamed ? collect : llm::DeltaFn());
    QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
    QCOMPARE(reply->attempts, 3);
    QCOMPARE(reply->text, std::string("Echo: Grüße in die Runde"));
    QCOMPARE(shown, streamed ? reply->text : std::string());
    QCOMPARE(m_clock->waits().size(), 2U);
    QCOMPARE(m_clock->waits().front().count(), firstWait);
}

void OpenAiChatModelTest::neverRetriesWhatWasShown()
{
    for (const char* fault :
         {"/fault/close-after-token", "/fault/ends-before-done", "/fault/cut-in-character"}) {
        const std::size_t before = m_server->requests().size();
        QVERIFY(!modelAt(fault, 4).chat(question(), {}, [](std::string_view) {}));
        QCOMPARE(m_server->requests().size(), before + 1);
    }
    QVERIFY(m_clock->waits().empty());
}

void OpenAiChatModelTest::givesUpAfterTheRetries()
{
    const auto reply = modelAt("/fault/503", 4).chat(question(), {}, {});
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::Network);
    QCOMPARE(m_server->requests().size(), 5U);
}

void OpenAiChatModelTest::stopsWithin200Ms_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::newRow("before the answer") << "/fault/silence";
    QTest::newRow("in the middle of it") << "/fault/silence-after-token";
    QTest::newRow("while a slow one comes") << "/pace/20";
}

void OpenAiChatModelTest::stopsWithin200Ms()
{
    QFETCH(QString, prefix);
    llm::Endpoint endpoint = endpointAt(m_server->url(prefix.toStdString()));
    endpoint.firstTokenTimeout = endpoint.idleTimeout = endpoint.totalTimeout = std::chrono::seconds(60);
    const llm::OpenAiChatModel model = modelOf(endpoint);
    std::stop_source stop;
    std::string longText;
    for (int i = 0; i < 2000; ++i)
        longText += "word ";
    auto running = std::async(std::launch::async, [&] {
        return model.chat(question(longText), stop.get_token(), [](std::string_view) {});
    });
    QTRY_COMPARE(m_server->requests().size(), 1U);
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    const auto reply = running.get();
    QVERIFY(timer.elapsed() < 200);
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::Cancelled);
    QTRY_COMPARE(m_server->connectionsOpen(), 0); // and the server is told
}

void OpenAiChatModelTest::holdsManyStreamsOnOneThread()
{
    constexpr int kStreams = 64;
    llm::Endpoint endpoint = endpointAt(m_server->url("/pace/10"));
    endpoint.concurrency = kStreams;
    endpoint.totalTimeout = std::chrono::seconds(20);
    const llm::OpenAiChatModel model = modelOf(endpoint);
    std::vector<std::future<Result<llm::ChatReply>>> running;
    for (int i = 0; i < kStreams; ++i) {
        running.push_back(std::async(std::launch::async, [&model, i] {
            return model.chat(question("stream " + std::to_string(i)), {}, [](std::string_view) {});
        }));
    }
    for (int i = 0; i < kStreams; ++i) {
        const auto reply = running[static_cast<std::size_t>(i)].get();
        QVERIFY2(reply, reply ? "" : reply.error().message.c_str());
        QCOMPARE(reply->text, "Echo: stream " + std::to_string(i));
    }
}

QTEST_GUILESS_MAIN(OpenAiChatModelTest)
#include "tst_openai_chat_model.moc"
