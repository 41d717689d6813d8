#include <QtTest/QtTest>

#include "app/base/html_tags.h"

using namespace plumbline;

class TestHtmlTags : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTags_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("found"); // "name", "/name"; empty = no tag
        QTest::newRow("a tag") << QByteArray("<TD>x") << QByteArray("td");
        QTest::newRow("an end") << QByteArray("</td >") << QByteArray("/td");
        QTest::newRow("an empty element") << QByteArray("<br/>") << QByteArray("br");
        QTest::newRow("a quoted end does not end it") << QByteArray("<a title=\"1 > 0\">") << QByteArray("a");
        QTest::newRow("a comparison") << QByteArray("< b") << QByteArray("");
        QTest::newRow("a number") << QByteArray("<5 ms>") << QByteArray("");
        QTest::newRow("an address") << QByteArray("<a@b.example>") << QByteArray("");
        QTest::newRow("one that opens inside another") << QByteArray("<a <b>") << QByteArray("");
        QTest::newRow("one without an end") << QByteArray("<a href=x") << QByteArray("");
        QTest::newRow("one too long") << "<a " + QByteArray(3'000, 'x') + ">" << QByteArray("");
    }
    void findsTags()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, found);
        const std::string bytes = text.toStdString();
        const auto tag = htmlTagAt(std::string_view(bytes), 0);
        QCOMPARE(tag ? QByteArray(tag->closes ? "/" : "") + QByteArray::fromStdString(tag->name) : "", found);
        const std::u16string wide(bytes.begin(), bytes.end());
        const auto again = htmlTagAt(std::u16string_view(wide), 0);
        QCOMPARE(again.has_value(), tag.has_value());
        QVERIFY(!tag || tag->end == again->end);
    }

    void cellsOfARow_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QByteArray>("cells"); // joined by '/'
        const auto row = [](const char* name, const char* text, const char* cells) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(cells);
        };
        row("two cells", "<tr><td>a</td> <th> b </th></tr>", "a/b");
        row("ends left out", "<tr><td>a<td>b", "a/b");
        row("an empty cell counts", "<tr><td></td><td>b</td></tr>", "/b");
        row("markup inside stays", "<tr class=x>\n<td><p>a</p></td>\n</tr>", "<p>a</p>");
        row("a table inside belongs to its cell",
            "<tr><td><table><tr><td>i</td></tr></table></td><td>b</td></tr>",
            "<table><tr><td>i</td></tr></table>/b");
        row("ends of tables that never began", "<tr></table></table><td>a</td></tr>", "a");
        row("a row with pipes is none", "| a | b |", "");
    }
    void cellsOfARow()
    {
        QFETCH(QByteArray, row);
        QFETCH(QByteArray, cells);
        const std::string text = row.toStdString();
        std::string joined;
        bool first = true;
        for (const Span& cell : htmlRowCells(std::string_view(text))) {
            joined += (first ? "" : "/") + text.substr(cell.start, cell.size());
            first = false;
        }
        QCOMPARE(QByteArray::fromStdString(joined), cells);
    }

    void saysWhatATagDoesToAReader()
    {
        QVERIFY(effectOf("strong") == HtmlTagEffect::None);
        QVERIFY(effectOf("br") == HtmlTagEffect::Break);
        QVERIFY(effectOf("user") == HtmlTagEffect::Shown);
        QVERIFY(effectOf("script") == HtmlTagEffect::Shown);
    }
};

QTEST_APPLESS_MAIN(TestHtmlTags)
#include "tst_html_tags.moc"
