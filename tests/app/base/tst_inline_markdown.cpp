#include <QtTest/QtTest>

#include "app/base/inline_markdown.h"

using namespace plumbline;

class TestInlineMarkdown : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheTextAlone_data()
    {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<QByteArray>("plain");
        const auto row = [](const char* name, const char* text, const char* plain) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(plain);
        };
        row("links", "see [the book](b.md \"t\"){:target=\"_blank\"}.", "see the book.");
        row("emphasis", "**a** *b* __c__ _d_", "a b c d");
        row("marks inside words", "max_open_files 5 * 3", "max_open_files 5 * 3");
        row("an underscore after a letter outside ASCII", "\xC3\xA9_x_", "\xC3\xA9_x_");
        row("code keeps its marks", "`**a** <b> &lt;`", "**a** <b> &lt;");
        row("escapes", "\\*a\\*", "*a*");
        row("tags of text", "<td class=\"x\">a<br>b <b>c</b></td>", "a b c");
        row("what is no tag", "<user> and 1 < 2", "<user> and 1 < 2");
        row("entities", "a&nbsp;&amp;&lt;b&gt; &amp;lt; &uuml;", "a &<b> &lt; &uuml;");
        row("attribute lists anywhere", "# Head {: .note #x} {a}", "# Head {a}");
        row("what never closes", "**a [b `c <d {:e", "**a [b `c <d {:e");
        row("white space", " a\n   b  c ", "a b c");
        row("nothing", "", "");
    }
    void showsTheTextAlone()
    {
        QFETCH(QByteArray, markdown);
        QFETCH(QByteArray, plain);
        QCOMPARE(QByteArray::fromStdString(plainInlineMarkdown(markdown.toStdString())), plain);
    }

    void runsKeepTheirPlacesAndStyles()
    {
        const std::u16string text = u"\u00DCber **a** [b](c)";
        const auto runs = inlineMarkdown(std::u16string_view(text));
        QCOMPARE(runs.size(), std::size_t{4});
        QVERIFY(runs[1].strong && runs[1].span == (Span{7, 8}));
        QVERIFY(runs[3].span == (Span{12, 13}) && runs[3].link == (Span{15, 16}));
    }

    void staysQuick()
    {
        for (const char* piece : {"*a", "[a](", "`a``", "<a ", "{:", "**_a_", "_*"}) {
            const std::string text = QByteArray(piece).repeated(5'000).toStdString();
            QElapsedTimer timer;
            timer.start();
            plainInlineMarkdown(text);
            QVERIFY2(timer.elapsed() < 5'000, piece);
        }
    }
};

QTEST_APPLESS_MAIN(TestInlineMarkdown)
#include "tst_inline_markdown.moc"
