// Answers that must fit a schema, and the one repair.
#include <QtTest>

#include "app/llm/structured_output.h"

using namespace plumbline;
using namespace plumbline::llm;

// Declared first and defined below: moc does not understand every raw string.
class StructuredTest : public QObject {
    Q_OBJECT

private slots:
    void findsTheJson_data();
    void findsTheJson();
    void refusesDeepNesting();
    void takesAGoodAnswerAsItIs();
    void asksOnceMore();
    void givesUpAfterTheSecond();
    void doesNotArgueWithARefusal();
    void keepsTheFirstWhenTheSecondCannotBeHad();
    void handsOnErrors();
};

namespace {

constexpr const char* kSchema = R"({"type": "object", "required": ["category"], "additionalProperties": false,
                                    "properties": {"category": {"enum": ["card", "loan"]}}})";

class ScriptedModel final : public ChatModel {
public:
    explicit ScriptedModel(std::vector<Result<ChatReply>> replies) : m_replies(std::move(replies)) {}
    std::string name() const override { return "scripted"; }
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token, const DeltaFn& onText) const override
    {
        m_asked.push_back(request);
        auto reply = m_replies.at(m_asked.size() - 1);
        if (reply && onText) {
            onText(reply->text);
        }
        return reply;
    }
    const std::vector<ChatRequest>& asked() const { return m_asked; }

private:
    std::vector<Result<ChatReply>> m_replies;
    mutable std::vector<ChatRequest> m_asked;
};

Result<ChatReply> saying(const char* text)
{
    ChatReply reply;
    reply.text = text;
    reply.usage = {{100}, {10}, {20}, {}, false};
    reply.cost = Money{50};
    reply.totalMs = 5;
    return reply;
}

ChatRequest request()
{
    ChatRequest one;
    one.messages = {{Role::User, "Which category?"}};
    one.responseSchema = kSchema;
    return one;
}

} // namespace

void StructuredTest::findsTheJson_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("json"); // empty = none
    QTest::newRow("alone") << R"({"a": 1})"
                           << R"({"a":1})";
    QTest::newRow("with white space around it") << "\n {\"a\": 1} \n"
                                                << R"({"a":1})";
    QTest::newRow("in a fence") << "```\n{\"a\": 1}\n```"
                                << R"({"a":1})";
    QTest::newRow("in a fence that names its language") << "```json\n{\"a\": 1}\n```"
                                                        << R"({"a":1})";
    QTest::newRow("in a fence with talk around it") << "Here:\n```json\n[1]\n```\nDone."
                                                    << "[1]";
    QTest::newRow("in a fence that is not closed") << "```json\n{\"a\": 1}"
                                                   << R"({"a":1})";
    QTest::newRow("with a fence inside a text") << R"({"a": "```\nx\n```"})"
                                                << R"({"a":"```\nx\n```"})";
    QTest::newRow("a bare value") << "7"
                                  << "7";
    QTest::newRow("talk") << "The category is card."
                          << "";
    QTest::newRow("cut off") << R"({"a": )"
                             << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("an empty fence") << "```"
                                    << "";
    QTest::newRow("two values") << "{} {}"
                                << "";
}

void StructuredTest::findsTheJson()
{
    QFETCH(QString, text);
    QFETCH(QString, json);
    const auto value = jsonOfAnswer(text.toStdString());
    QCOMPARE(value ? QString::fromStdString(value->dump()) : QString(), json);
    if (!value) {
        QVERIFY(value.error().code == ErrorCode::BadInput);
    }
}

void StructuredTest::refusesDeepNesting()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(jsonOfAnswer(nested(256)).has_value());
    QVERIFY(jsonOfAnswer(nested(257)).error().code == ErrorCode::TooLarge);
    QVERIFY(jsonOfAnswer(nested(2'000'000)).error().code == ErrorCode::TooLarge);
    QVERIFY(jsonOfAnswer("\"" + std::string(1'000, '[') + "\\\"[\"").has_value());
}

void StructuredTest::takesAGoodAnswerAsItIs()
{
    const ScriptedModel model({saying("```json\n{\"category\": \"card\"}\n```")});
    std::string streamed;
    const auto reply =
        chatStructured(model, request(), {}, [&](std::string_view piece) { streamed += piece; });
    QVERIFY(reply.has_value() && reply->valid() && !reply->repaired);
    QCOMPARE(reply->value["category"].get<std::string>(), std::string("card"));
    QCOMPARE(model.asked().size(), std::size_t{1});
    QVERIFY(reply->reply.notes.empty());
    QCOMPARE(streamed, reply->reply.text);
}

void StructuredTest::asksOnceMore()
{
    const ScriptedModel model({saying(R"({"category": "boat"})"), saying(R"({"category": "loan"})")});
    const auto reply = chatStructured(model, request(), {});
    QVERIFY(reply.has_value() && reply->valid() && reply->repaired);
    QCOMPARE(reply->firstText, std::string(R"({"category": "boat"})"));
    QCOMPARE(reply->value["category"].get<std::string>(), std::string("loan"));
    QCOMPARE(reply->reply.usage.input.count, 200);
    QCOMPARE(reply->reply.usage.cached.count, 20);
    QCOMPARE(reply->reply.cost->microUsd, 100);
    QCOMPARE(reply->reply.attempts, 2);
    QVERIFY(reply->reply.notes.front().starts_with("repaired: "));
    const auto& messages = model.asked().back().messages;
    QCOMPARE(messages.size(), std::size_t{3});
    QVERIFY(messages[1].role == Role::Assistant && messages[1].content == reply->firstText);
    QVERIFY(messages[2].content.find(R"("path":"/category")") != std::string::npos);
    QCOMPARE(model.asked().back().responseSchema, std::string(kSchema));
}

void StructuredTest::givesUpAfterTheSecond()
{
    const ScriptedModel model({saying("card"), saying(R"({"category": "card", "extra": 1})")});
    const auto reply = chatStructured(model, request(), {});
    QVERIFY(reply.has_value() && !reply->valid() && reply->repaired);
    QCOMPARE(reply->violations.size(), std::size_t{1});
    QCOMPARE(reply->violations.front().instancePath, std::string("/extra"));
    QCOMPARE(model.asked().size(), std::size_t{2});
    QVERIFY(reply->reply.notes.front().find("still does not fit") != std::string::npos);
}

void StructuredTest::doesNotArgueWithARefusal()
{
    auto refused = saying("");
    refused->refusal = "I will not.";
    const ScriptedModel model({refused});
    const auto reply = chatStructured(model, request(), {});
    QVERIFY(reply.has_value() && !reply->valid() && !reply->repaired);
    QCOMPARE(model.asked().size(), std::size_t{1});
}

void StructuredTest::keepsTheFirstWhenTheSecondCannotBeHad()
{
    const auto down = Result<ChatReply>(failure(ErrorCode::Network, "down"));
    const auto structured = chatStructured(ScriptedModel({saying("x"), down}), request(), {});
    QVERIFY(structured.has_value());
    QCOMPARE(structured->reply.text, std::string("x"));
    QVERIFY(!structured->valid() && !structured->repaired);
    QCOMPARE(structured->reply.notes.back(), std::string("the repair could not be asked for: down"));
}

void StructuredTest::handsOnErrors()
{
    const auto down = Result<ChatReply>(failure(ErrorCode::Network, "down"));
    QVERIFY(chatStructured(ScriptedModel({down}), request(), {}).error().code == ErrorCode::Network);
    const auto stopped = Result<ChatReply>(failure(ErrorCode::Cancelled, "cancelled"));
    QVERIFY(chatStructured(ScriptedModel({saying("x"), stopped}), request(), {}).error().code ==
            ErrorCode::Cancelled);
    for (const char* schema : {"", "no json", "[]", R"({"type": "text"})"}) {
        ChatRequest bad = request();
        bad.responseSchema = schema;
        QVERIFY(chatStructured(ScriptedModel({}), bad, {}).error().code == ErrorCode::BadInput);
    }
}

QTEST_APPLESS_MAIN(StructuredTest)
#include "tst_structured_output.moc"
