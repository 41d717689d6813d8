#include "drawn.h"

using namespace plumbline;
using namespace plumbline::tests;

class TestHtmlLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void readsAsMarkdown();
    void hides_data();
    void hides();
    void readsItsFacts();
    void readsItsCharset();
    void refusesDeepNesting();
    void takesNoEntitiesFromFiles();
};

void TestHtmlLoader::blocks_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* source, const char* expected) {
        QTest::newRow(name) << QByteArray(source) << QByteArray(expected);
    };
    row("headings and paragraphs", "<h1>A <b>b</b></h1><p>c<br>d<p>e", "h1 A b\np c d\np e\n");
    row("text without any element", "just text", "p just text\n");
    row("lists in lists", "<ul><li>a<ol start=3><li>b</ol><li>c</ul>", "li1 a\nol2 b\nli1 c\n");
    row("a table with its header", "<table><tr><th>a<th>b<tr><td>1<td>2|3</table>",
        "th | a | b |\ntr | 1 | 2\\|3 |\n");
    row("a table without", "<table><tr><td>1<td>2<tr><td>3<td>4</table>", "tr | 1 | 2 |\ntr | 3 | 4 |\n");
    row("a table for layout", "<table><tr><td><h2>a</h2><p>b</p></td><td>c</td></tr></table>",
        "h2 a\np b\np c\n");
    row("definitions", "<dl><dt>a<dd>b</dl>", "li1 a: b\n");
    row("code keeps its lines", "<pre><code>a\n  b</code></pre>", "code a/  b\n");
    row("a quote", "<blockquote><p>a</p></blockquote>", "q a\n");
    row("no scripts, styles, navigation",
        "<nav>n</nav><script>'<p>'</script><style>p{}</style><p>a<select><option>o</select>", "p a\n");
    row("entities", "<p>&lt;a&gt; &amp; &eacute;&nbsp;&#8364;", "p <a> & \xC3\xA9 \xE2\x82\xAC\n");
    row("end tags without a start", "<p>a</div></table></li>b", "p ab\n");
}

void TestHtmlLoader::blocks()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    COMPARE_TEXT(loaded("a.html", source.toStdString()), expected.toStdString());
}

void TestHtmlLoader::readsAsMarkdown()
{
    const auto document =
        load("a.html",
             "<h2>A</h2><p>b</p><ol><li>c<li>d</ol><table><tr><th>x<th>y<tr><td>1<td>2</table><pre>z</pre>");
    QVERIFY(document.has_value());
    COMPARE_TEXT(document->text,
                 "## A\n\nb\n\n1. c\n2. d\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n```\nz\n```\n");
}

void TestHtmlLoader::hides_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("hidden");
    const auto row = [](const char* name, const char* source, const char* hidden) {
        QTest::newRow(name) << QByteArray(source) << QByteArray(hidden);
    };
    row("comments", "<!-- secret -->", "HTML comment: secret\n");
    row("display:none, with all below it",
        "<div style='color:red; DISPLAY : none !important'>secret <p>deep</p></div>",
        "style display:none: secret deep\n");
    row("visibility:hidden", "<p style=visibility:hidden>secret</p>", "style visibility:hidden: secret\n");
    row("font-size:0", "<span style='font-size:0px'>secret</span>", "tiny text: secret\n");
    row("the hidden attribute", "<p hidden>secret</p>", "hidden attribute: secret\n");
    row("white text", "<span style='color:#FFF'>secret</span>", "white text: secret\n");
    row("white font", "<font color=white>secret</font>", "white text: secret\n");
    row("far to the left", "<p style='position:absolute;left:-9999px'>secret</p>", "off-page text: secret\n");
    row("templates", "<template>secret</template>", "template element: secret\n");
    row("white text on a dark ground is seen",
        "<div style='background:#000'><p style='color:white'>x</p></div>", "");
    row("what assistive technology skips is seen", "<p aria-hidden=true>x</p>", "");
}

void TestHtmlLoader::hides()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, hidden);
    const auto document = load("a.html", "<p>seen</p>" + source.toStdString() + "<p>end</p>");
    QVERIFY(document.has_value());
    COMPARE_TEXT(drawnHidden(*document), hidden.toStdString());
    QVERIFY(document->text.find("secret") == std::string::npos);
    QVERIFY(document->text.find("end") != std::string::npos);
}

void TestHtmlLoader::readsItsFacts()
{
    const auto document = load(
        "a.html",
        "<head><title>T &amp; U</title><meta name=ID content=A-1><meta name=tags content='a, b'></head><p>x");
    QVERIFY(document.has_value());
    COMPARE_TEXT(document->facts.title, "T & U");
    COMPARE_TEXT(document->facts.id, "A-1");
    QVERIFY((document->facts.tags == std::vector<std::string>{"a", "b"}));
    QVERIFY(load("a.html", "<meta name=effective content=never><p>x").error().code == ErrorCode::BadInput);
}

void TestHtmlLoader::readsItsCharset()
{
    COMPARE_TEXT(loaded("a.html", "<p>caf\xE9"), "p caf\xC3\xA9\n");
    COMPARE_TEXT(loaded("a.html", "<meta charset=\"iso-8859-2\"><p>\xB1"), "p \xC4\x85\n");
    COMPARE_TEXT(loaded("a.html", "<meta charset=\"iso-8859-2\"><p>caf\xC3\xA9"), "p caf\xC3\xA9\n");
}

void TestHtmlLoader::refusesDeepNesting()
{
    const auto document = load("a.html", QByteArray("<div>").repeated(100'000).toStdString() + "x");
    QVERIFY(!document.has_value());
    QVERIFY(document.error().code == ErrorCode::TooLarge);
}

void TestHtmlLoader::takesNoEntitiesFromFiles()
{
    COMPARE_TEXT(loaded("a.html", "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><p>a &x; b"),
                 "p ]>\np a &x; b\n");
}

QTEST_APPLESS_MAIN(TestHtmlLoader)
#include "tst_html_loader.moc"
