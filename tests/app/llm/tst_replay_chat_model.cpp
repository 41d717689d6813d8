// Recording exchanges and answering from them.
#include <QtTest>

#include <sys/stat.h>

#include "app/base/file.h"
#include "app/llm/replay_chat_model.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::llm;

namespace {

class CountingModel final : public ChatModel {
public:
    std::string name() const override { return "hosted"; }
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token, const DeltaFn&) const override
    {
        ChatReply reply;
        reply.text = "answer " + std::to_string(++m_calls) + " to " + request.messages.back().content;
        reply.refusal = "";
        reply.finishReason = "stop";
        reply.model = "m-1";
        reply.usage = {{100}, {40}, {20}, {5}, true};
        reply.cost = Money{321};
        reply.toolCalls = {{"id", "look_up", R"({"a": 1})"}};
        reply.logprobs = {{"an", -0.25}};
        reply.notes = {"odd \"note\""};
        reply.attempts = 2;
        reply.firstTokenMs = 1.5;
        reply.totalMs = 7.25;
        return reply;
    }

private:
    mutable int m_calls = 0;
};

ChatRequest asking(const std::string& question)
{
    ChatRequest request;
    request.messages = {{Role::System, "Be brief."}, {Role::User, question}};
    request.parameters.temperature = 0.2;
    request.parameters.seed = 7;
    request.parameters.stop = {"END"};
    return request;
}

} // namespace

class ReplayTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<tests::TemporaryFolder>();
        m_model = std::make_shared<CountingModel>();
    }
    void givesBackWhatWasRecorded();
    void givesRepeatedAnswersInOrder();
    void saysWhatDiffers_data();
    void saysWhatDiffers();
    void refusesBrokenLines_data();
    void refusesBrokenLines();
    void keepsTheFilePrivate();
    void keepsAnAnswerThatCannotBeRecorded();
    void takesTextsThatAreNoUtf8();

private:
    std::filesystem::path file() const { return m_folder->path() / "calls.jsonl"; }
    ChatReply record(const ChatRequest& request)
    {
        return *RecordingChatModel(m_model, file()).chat(request, {}, {});
    }
    ReplayChatModel replay() const
    {
        return *ReplayChatModel::parse("hosted", *readFile(file()), "calls.jsonl");
    }

    std::unique_ptr<tests::TemporaryFolder> m_folder;
    std::shared_ptr<CountingModel> m_model;
};

void ReplayTest::givesBackWhatWasRecorded()
{
    const ChatReply first = record(asking("What?"));
    std::string streamed;
    const auto again = replay().chat(asking("What?"), {}, [&](std::string_view piece) { streamed += piece; });
    QVERIFY2(again.has_value(), again ? "" : again.error().describe().c_str());
    QCOMPARE(again->text, first.text);
    QCOMPARE(streamed, first.text);
    QVERIFY(again->replayed && !first.replayed);
    QCOMPARE(again->cost->microUsd, 0);
    QCOMPARE(again->finishReason, first.finishReason);
    QCOMPARE(again->model, first.model);
    QCOMPARE(again->usage.cached.count, 40);
    QCOMPARE(again->usage.reasoning.count, 5);
    QVERIFY(again->usage.estimated);
    QCOMPARE(again->toolCalls.front().arguments, first.toolCalls.front().arguments);
    QCOMPARE(again->logprobs.front().logprob, -0.25);
    QVERIFY(again->notes == first.notes);
    QCOMPARE(again->attempts, 2);
    QCOMPARE(again->firstTokenMs, 1.5);
    QCOMPARE(again->totalMs, 7.25);
}

void ReplayTest::givesRepeatedAnswersInOrder()
{
    (void)record(asking("What?"));
    (void)record(asking("What?"));
    const auto model = replay();
    QCOMPARE(model.chat(asking("What?"), {}, {})->text, std::string("answer 1 to What?"));
    QCOMPARE(model.chat(asking("What?"), {}, {})->text, std::string("answer 2 to What?"));
    QCOMPARE(model.chat(asking("What?"), {}, {})->text, std::string("answer 2 to What?"));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(model.chat(asking("What?"), stop.get_token(), {}).error().code == ErrorCode::Cancelled);
}

void ReplayTest::saysWhatDiffers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("expected");
    QTest::newRow("another question") << "question"
                                      << "message 2 (user) differs from character 5 on";
    QTest::newRow("another role's text") << "system"
                                         << "message 1 (system) differs from character 3 on";
    QTest::newRow("more messages") << "more"
                                   << "it has 2 messages, this one 3";
    QTest::newRow("other parameters") << "parameters"
                                      << "the parameters are {\"temperature\":0.2";
    QTest::newRow("a schema") << "schema"
                              << "the response schema differs";
}

void ReplayTest::saysWhatDiffers()
{
    QFETCH(QString, kind);
    QFETCH(QString, expected);
    (void)record(asking("Wäs ist"));
    ChatRequest request = asking(kind == QStringLiteral("question") ? "Wäs iXt" : "Wäs ist");
    if (kind == QStringLiteral("system")) {
        request.messages.front().content = "Be verbose.";
    } else if (kind == QStringLiteral("more")) {
        request.messages.push_back({Role::User, "And?"});
    } else if (kind == QStringLiteral("parameters")) {
        request.parameters.temperature = 0.9;
    } else if (kind == QStringLiteral("schema")) {
        request.responseSchema = "{}";
    }
    const auto reply = replay().chat(request, {}, {});
    QVERIFY(!reply.has_value());
    QVERIFY(reply.error().code == ErrorCode::NotFound);
    const QString said = QString::fromStdString(reply.error().message);
    QVERIFY2(said.contains(expected), qPrintable(said));
}

void ReplayTest::refusesBrokenLines_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no JSON") << "\n{"
                             << "c.jsonl:2: is no JSON object";
    QTest::newRow("a field is missing") << "{}"
                                        << "c.jsonl:1: is no recorded exchange";
    QTest::newRow("changed by hand")
        << R"({"digest": "00", "model": "hosted", "request": {}, "reply": {"text": "", "usage": {}}})"
        << "c.jsonl:1: the digest is not that of the request";
    QTest::newRow("a wrong type") << R"({"digest": 1, "model": "hosted", "request": {}, "reply": {}})"
                                  << "c.jsonl:1: is no recorded exchange";
}

void ReplayTest::refusesBrokenLines()
{
    QFETCH(QString, lines);
    QFETCH(QString, expected);
    const auto model = ReplayChatModel::parse("hosted", lines.toStdString(), "c.jsonl");
    QVERIFY(!model.has_value());
    QVERIFY(model.error().code == ErrorCode::BadInput);
    const QString said = QString::fromStdString(model.error().describe());
    QVERIFY2(said.startsWith(expected), qPrintable(said));
}

void ReplayTest::keepsTheFilePrivate()
{
    (void)record(asking("What?"));
    struct stat status {};
    QCOMPARE(::stat(file().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void ReplayTest::keepsAnAnswerThatCannotBeRecorded()
{
    const auto reply =
        RecordingChatModel(m_model, m_folder->path() / "none" / "c.jsonl").chat(asking("What?"), {}, {});
    QVERIFY(reply.has_value());
    QVERIFY(reply->notes.back().starts_with("the exchange could not be recorded: "));
}

void ReplayTest::takesTextsThatAreNoUtf8()
{
    (void)record(asking("W\xFFt"));
    QVERIFY(replay().chat(asking("W\xFFt"), {}, {}).has_value());
}

QTEST_APPLESS_MAIN(ReplayTest)
#include "tst_replay_chat_model.moc"
