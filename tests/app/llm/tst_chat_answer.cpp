// What is gathered from odd but real answers: halves of characters, parts, calls without an index.
#include <QtTest>

#include "app/llm/chat_answer.h"

using namespace plumbline;

namespace {

std::string chunkOf(const std::string& content)
{
    return R"({"choices":[{"index":0,"delta":{"content":")" + content + R"("}}]})";
}

} // namespace

class ChatAnswerTest : public QObject {
    Q_OBJECT

private slots:
    void joinsCharactersThatWereCut_data()
    {
        QTest::addColumn<QStringList>("pieces"); // as JSON strings
        QTest::addColumn<QStringList>("shown");
        QTest::addColumn<bool>("lost");
        const QString none = QString::fromUtf8("\uFFFD");
        const auto row = [](const char* name, const QStringList& pieces, const QStringList& shown,
                            bool lost) { QTest::newRow(name) << pieces << shown << lost; };
        row("in one piece", {"a\\ud83d\\udd11b"}, {QString::fromUtf8("a🔑b")}, false);
        row("over two pieces", {"a\\ud83d", "\\udd11b"}, {"a", QString::fromUtf8("🔑b")}, false);
        row("with nothing between", {"\\ud83d", "", "\\udd11"}, {QString::fromUtf8("🔑")}, false);
        row("beside a whole one", {"🔐\\uD83D", "\\uDD11"}, {"🔐", "🔑"}, false);
        row("the first half alone", {"a\\ud83d", "b"}, {"a", none + "b"}, true);
        row("the second half alone", {"a", "\\udd11b"}, {"a", none + "b"}, true);
        row("the first half twice", {"\\ud83d", "\\ud83d\\udd11"}, {none + QString::fromUtf8("🔑")}, true);
        row("at the very end", {"a\\ud83d"}, {"a", none}, true);
        row("an escaped backslash before a u", {"\\\\ud83d"}, {"\\ud83d"}, false);
        row("a private character as it is", {"\\udbfe\\udc00"}, {QString::fromUtf8("\U0010F800")}, false);
    }

    void joinsCharactersThatWereCut()
    {
        QFETCH(QStringList, pieces);
        QFETCH(QStringList, shown);
        QFETCH(bool, lost);
        llm::ChatAnswer answer;
        QStringList got;
        const auto show = [&](std::string_view text) {
            got << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        };
        for (const QString& piece : pieces)
            QVERIFY(answer.takeEvent(chunkOf(piece.toStdString()), show));
        QVERIFY(answer.takeEvent("[DONE]", show));
        QCOMPARE(got, shown);
        const llm::ChatReply reply = answer.take();
        QCOMPARE(QString::fromStdString(reply.text), shown.join(""));
        QCOMPARE(!reply.notes.empty(), lost);
    }

    void readsOddShapes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("text"); // "!": an error
        const auto row = [](const char* name, const char* json, const char* text) {
            QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(text);
        };
        row("content in parts",
            R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]})", "ab");
        row("no index", R"({"choices":[{"message":{"content":"a"}}]})", "a");
        row("the second choice first",
            R"({"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]})",
            "a");
        row("no message", R"({"choices":[{"index":0}]})", "");
        row("content that is a number", R"({"choices":[{"message":{"content":5}}]})", "");
        row("a byte order mark", "\xEF\xBB\xBF{\"choices\":[{\"message\":{\"content\":\"a\"}}]}", "a");
        row("malformed UTF-8", "{\"choices\":[{\"message\":{\"content\":\"a\xFF\"}}]}", "a\xEF\xBF\xBD");
        row("no choices", R"({"choices":[]})", "!");
        row("another kind of JSON", R"({"data":[]})", "!");
        row("a list", "[]", "!");
        row("a number", "5", "!");
        row("an error with status 200", R"({"error":{"message":"no"}})", "!");
        row("nothing", "", "!");
    }

    void readsOddShapes()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, text);
        llm::ChatAnswer answer;
        const bool taken = answer.takeWhole(json.toStdString(), {}).has_value();
        QCOMPARE(taken, text != "!");
        if (taken)
            QCOMPARE(QString::fromStdString(answer.take().text), text);
    }

    void mistrustsAUsageThatDoesNotAddUp()
    {
        llm::ChatAnswer answer;
        QVERIFY(answer.takeWhole(R"({"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":5,)"
                                 R"("completion_tokens":-1,"prompt_tokens_details":{"cached_tokens":9}}})",
                                 {}));
        const llm::ChatReply reply = answer.take();
        QCOMPARE(reply.usage.cached.count, 5);
        QCOMPARE(reply.usage.output.count, 0);
        QCOMPARE(reply.notes.size(), 1U);
    }
};

QTEST_APPLESS_MAIN(ChatAnswerTest)
#include "tst_chat_answer.moc"
