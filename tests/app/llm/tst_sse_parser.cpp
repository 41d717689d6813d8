// Server-sent events, however the bytes are cut. Rows after WHATWG HTML, section 9.2.6.
#include <QtTest>

#include "app/llm/sse_parser.h"

using namespace plumbline;

namespace {

// The events as "type:data" joined by '|', fed in pieces of a size.
QString eventsOf(const QByteArray& bytes, int piece)
{
    QStringList events;
    llm::SseParser parser;
    for (int at = 0; at < bytes.size(); at += piece) {
        const std::string part = bytes.mid(at, piece).toStdString();
        const auto fed = parser.feed(part, [&](const llm::SseEvent& event) {
            events << QString::fromStdString(event.type + ":" + event.data);
        });
        if (!fed)
            return "error";
    }
    return events.join('|');
}

} // namespace

class SseParserTest : public QObject {
    Q_OBJECT

private slots:
    void readsEvents_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("events");
        const auto row = [](const char* name, const QByteArray& bytes, const char* events) {
            QTest::newRow(name) << bytes << QString::fromUtf8(events);
        };
        row("lines that end in LF", "data: one\n\ndata: two\n\n", ":one|:two");
        row("in CR", "data: one\r\rdata: two\r\r", ":one|:two");
        row("in CRLF", "data: one\r\n\r\ndata: two\r\n\r\n", ":one|:two");
        row("in all of them", "data: one\r\n\ndata: two\n\r", ":one|:two");
        row("several lines of data", "data: YHOO\ndata: +2\ndata: 10\n\n", ":YHOO\n+2\n10");
        row("a type", "event: add\ndata: 73857293\n\n", "add:73857293");
        row("the type is forgotten after an event", "event: a\ndata: 1\n\ndata: 2\n\n", "a:1|:2");
        row("the type is forgotten without data too", "event: a\n\ndata: 2\n\n", ":2");
        row("a comment", ": keep alive\n\ndata: 1\n\n", ":1");
        row("a comment inside an event", "data: 1\n:hm\ndata: 2\n\n", ":1\n2");
        row("no blank after the colon", "data:test\n\n", ":test");
        row("only the first blank goes", "data:  test\n\n", ": test");
        row("a colon in the data", "data: a:b\n\n", ":a:b");
        row("empty data is no event", "data\n\ndata:\n\n", "");
        row("two empty lines of data", "data\ndata\n\n", ":\n");
        row("id and retry are passed over", "id: 1\nretry: 10\ndata: x\n\n", ":x");
        row("an unknown field", "datum: y\ndata: x\n\n", ":x");
        row("a byte order mark",
            "\xEF\xBB\xBF"
            "data: x\n\n",
            ":x");
        row("a second byte order mark is text",
            "\xEF\xBB\xBF"
            "\xEF\xBB\xBF"
            "data: x\n\ndata: y\n\n",
            ":y");
        row("an event without its end", "data: x\n\ndata: y\n", ":x");
        row("text beyond ASCII", "data: Grüße 日本\n\n", ":Grüße 日本");
        row("malformed UTF-8",
            "data: a\xFF"
            "b\n\n",
            ":a\uFFFDb");
    }

    void readsEvents()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, events);
        for (int piece = 1; piece <= bytes.size(); ++piece)
            QCOMPARE(eventsOf(bytes, piece), events);
    }

    void refusesAnEventOverTheLimit()
    {
        llm::SseParser parser(100);
        int events = 0;
        const auto count = [&](const llm::SseEvent&) { ++events; };
        QVERIFY(parser.feed("data: " + std::string(80, 'x') + "\n\n", count));
        QVERIFY(parser.feed("data: " + std::string(80, 'x') + "\n", count));
        const auto fed = parser.feed("data: " + std::string(80, 'x'), count);
        QVERIFY(!fed);
        QVERIFY(fed.error().code == ErrorCode::TooLarge);
        QVERIFY(!parser.feed("\n\n", count));
        QCOMPARE(events, 1);
    }

    void knowsWhenItStandsInsideAnEvent()
    {
        llm::SseParser parser;
        const auto ignore = [](const llm::SseEvent&) {};
        QVERIFY(!parser.insideEvent());
        QVERIFY(parser.feed("data: x\n", ignore));
        QVERIFY(parser.insideEvent());
        QVERIFY(parser.feed("\n", ignore));
        QVERIFY(!parser.insideEvent());
    }
};

QTEST_APPLESS_MAIN(SseParserTest)
#include "tst_sse_parser.moc"
