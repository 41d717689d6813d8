#include <QtTest>

#include "ui/widgets/inline_markdown.h"
#include "ui/widgets/passage_html.h"

using namespace plumbline::ui::widgets;

class TestInlineMarkdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheSubsetIsInterpreted_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("html");
        QTest::newRow("plain text") << "a plain line"
                                    << "a plain line";
        QTest::newRow("strong") << "within **30 days** of"
                                << "within <b>30 days</b> of";
        QTest::newRow("emphasis with stars") << "*never* twice"
                                             << "<i>never</i> twice";
        QTest::newRow("underscores inside words stay") << "set max_open_files now"
                                                       << "set max_open_files now";
        QTest::newRow("a lone star stays") << "5 * 3 = 15"
                                           << "5 * 3 = 15";
        QTest::newRow("code keeps what is inside") << "run `a **b** <c>`"
                                                   << "run <code>a **b** &lt;c&gt;</code>";
        QTest::newRow("code with two ticks") << "``a`b``"
                                             << "<code>a`b</code>";
        QTest::newRow("an escape shows the character") << "\\*not\\*"
                                                       << "*not*";
        QTest::newRow("a link shows its words") << "see [the notice](https://x.example/a)"
                                                << "see <u>the notice</u>";
        QTest::newRow("an image shows its description") << "![floor plan](http://evil.example/p.png)"
                                                        << "<i>floor plan</i>";
        QTest::newRow("tags of text are left out") << "<img src=x onerror=1>a <b>x</b>"
                                                   << "a x";
        QTest::newRow("a tag that breaks the line is a space") << "a<br>b"
                                                               << "a b";
        QTest::newRow("other HTML stays text")
            << "<script>x()</script> for <user>, 1 < 2"
            << "&lt;script&gt;x()&lt;/script&gt; for &lt;user&gt;, 1 &lt; 2";
        QTest::newRow("attribute lists are left out") << "[a](b){:target=\"_blank\"} {x}"
                                                      << "<u>a</u> {x}";
        QTest::newRow("a line end is a space") << "one\n  two"
                                               << "one two";
        QTest::newRow("strong around code") << "**use `x`**"
                                            << "<b>use </b><b><code>x</code></b>";
        QTest::newRow("an open bracket stays") << "a [b c"
                                               << "a [b c";
        QTest::newRow("unclosed strong stays") << "**half"
                                               << "**half";
    }
    void onlyTheSubsetIsInterpreted()
    {
        QFETCH(const QString, markdown);
        QFETCH(const QString, html);
        QCOMPARE(htmlInline(markdown, true), html);
    }

    void textThatIsNotMarkdownStaysAsItIs()
    {
        QCOMPARE(plainInline(QStringLiteral("**30** _days_"), false), QStringLiteral("**30** _days_"));
    }

    void matchedTermsAndQuotesAreMarkedInAPassage()
    {
        PassageText passage;
        passage.text = QStringLiteral("Rotate <the> certificate. Then restart.");
        passage.parts = {{PassagePart::Kind::Sentence, {0, 25}}, {PassagePart::Kind::Step, {26, 39}}};
        passage.terms = {{13, 24}};
        passage.cited = {{26, 39}};
        const QString html = passageHtml(passage, lightTokens());
        QVERIFY2(html.contains(QStringLiteral("Rotate &lt;the&gt; <span")), qPrintable(html));
        QVERIFY2(html.contains(QStringLiteral("<b>certificate</b></span>.")), qPrintable(html));
        QVERIFY2(html.contains(QStringLiteral("<br>• <span style=\"background:%1\">Then restart.</span>")
                                   .arg(lightTokens().mark.name())),
                 qPrintable(html));
    }

    void rowsAreCutIntoCells_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("cells");
        QTest::newRow("with outer bars") << "| SEV1 | 15 minutes |"
                                         << "SEV1/15 minutes";
        QTest::newRow("without outer bars") << "SEV1 | 15 minutes"
                                            << "SEV1/15 minutes";
        QTest::newRow("with tabs") << "SEV1\t15 minutes"
                                   << "SEV1/15 minutes";
        QTest::newRow("an empty cell") << "| SEV1 | | x |"
                                       << "SEV1//x";
    }
    void rowsAreCutIntoCells()
    {
        QFETCH(const QString, row);
        QFETCH(const QString, cells);
        QCOMPARE(rowCells(row).join(u'/'), cells);
    }
};

QTEST_APPLESS_MAIN(TestInlineMarkdown)
#include "tst_inline_markdown.moc"
