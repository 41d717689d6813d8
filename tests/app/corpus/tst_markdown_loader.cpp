#include "drawn.h"

using namespace plumbline;
using namespace plumbline::tests;

class TestMarkdownLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void keepsTheFileAsWritten();
    void findsHiddenText();
    void refusesDeepNesting_data();
    void refusesDeepNesting();
    void staysLinear();
};

void TestMarkdownLoader::blocks_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* source, const char* expected) {
        QTest::newRow(name) << QByteArray(source) << QByteArray(expected);
    };
    row("headings lose their marks", "# One\n\nTwo\n---\n\n### Three ###\n", "h1 One\nh2 Two\nh3 Three\n");
    row("front matter gets no block", "---\nid: A\n---\n# One\ntext\n", "h1 One\np text\n");
    row("an item covers its own text, not what is nested", "- a\n  - b\n- c\n", "li1 a\nli2 b\nli1 c\n");
    row("a further paragraph belongs to its step", "1. a\n\n   b\n2. c\n", "ol1 a//   b\nol1 c\n");
    row("a numbered list in a bullet", "* a\n  1. b\n", "li1 a\nol2 b\n");
    row("a table by its lines", "| a | b |\n|---|:-:|\n| 1 | 2 \\| 3 |\n",
        "th | a | b |\ntr | 1 | 2 \\| 3 |\n");
    row("a table without outer pipes after a line of text", "intro\na | b\n--|--\n1 | 2\n",
        "p intro\nth a | b\ntr 1 | 2\n");
    row("a rule of other width is no table", "a | b\n|---|\n", "p a | b/|---|\n");
    row("code without its fences", "```sh\nls *\necho\n```\n", "code ls */echo\n");
    row("code that is never closed", "~~~\na\nb", "code a/b\n");
    row("code in a step", "1. do\n   ```\n   x\n   ```\n", "ol1 do\ncode x\n");
    row("code that its item cuts off", "- a\n  ```\n  x\n- b\n", "li1 a\ncode x\nli1 b\n");
    row("text after a table of one row in an item", "- a | b\n  --|--\n\n  c\n", "th a | b\np c\n");
    row("indented code", "p\n\n    a\n     b\n", "p p\ncode a/     b\n");
    row("a quote", "> said\n", "q said\n");
    row("raw HTML is no prose", "<div>\nraw\n</div>\n\ntext\n", "p text\n");
    row("link definitions are no prose", "[a]: http://x.example \"t\"\ntext\n", "p text\n");
    row("inline marks stay as written", "**a** `b*` [c](d)\n", "p **a** `b*` [c](d)\n");
    row("characters outside ASCII count once", "# \xC3\x9C\n\n\xE2\x82\xAC 5 \xE2\x80\x94 a\n\n- \xC3\xA9\n",
        "h1 \xC3\x9C\np \xE2\x82\xAC 5 \xE2\x80\x94 a\nli1 \xC3\xA9\n");
    row("CRLF", "# A\r\n\r\nb\r\n\r\n- c\r\n", "h1 A\np b\nli1 c\n");
}

void TestMarkdownLoader::blocks()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    COMPARE_TEXT(loaded("a.md", source.toStdString()), expected.toStdString());
}

void TestMarkdownLoader::keepsTheFileAsWritten()
{
    const std::string source = "---\nid: A\nversion: 2.10\n---\r\n# T\r\ntext  \n";
    const auto document = load("a.md", source);
    QVERIFY(document.has_value());
    COMPARE_TEXT(document->text, source);
    COMPARE_TEXT(document->facts.version, "2.10");
}

void TestMarkdownLoader::findsHiddenText()
{
    const auto document =
        load("a.md",
             "Seen <!-- note --> here. `<!-- code -->`\n\n<div style=\"display: none\">one\n\ntwo</div>\n\n"
             "[//]: # (aside)\n\nEnd <span style=\"color:white;background:black\">ok</span>\n");
    QVERIFY(document.has_value());
    COMPARE_TEXT(
        drawn(*document),
        "p Seen\np here. `<!-- code -->`\np End <span style=\"color:white;background:black\">ok</span>\n");
    COMPARE_TEXT(drawnHidden(*document),
                 "HTML comment: note\nstyle display:none: one two\nMarkdown comment: aside\n");
    COMPARE_TEXT(std::string(CodePoints(document->text).slice(document->hidden.front().span)),
                 "<!-- note -->");
}

void TestMarkdownLoader::refusesDeepNesting_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("quotes") << QByteArray("> ");
    QTest::newRow("bullets") << QByteArray("- ");
    QTest::newRow("numbers") << QByteArray("1. ");
}

void TestMarkdownLoader::refusesDeepNesting()
{
    QFETCH(QByteArray, piece);
    const auto document = load("a.md", (piece.repeated(100'000) + "x").toStdString());
    QVERIFY(!document.has_value());
    QVERIFY(document.error().code == ErrorCode::TooLarge);
    QVERIFY(document.error().message.find("nested deeper than 200") != std::string::npos);
}

void TestMarkdownLoader::staysLinear()
{
    for (const char* piece :
         {"[a](<b ", "*a _b ", "`a``b", "<a b ", "&a;", "![[", "<!-- ", "| a ", "a\n- b\n"}) {
        QElapsedTimer timer;
        timer.start();
        const auto document = load("a.md", "x " + QByteArray(piece).repeated(200'000).toStdString());
        QVERIFY2(timer.elapsed() < 5'000, piece);
    }
}

QTEST_APPLESS_MAIN(TestMarkdownLoader)
#include "tst_markdown_loader.moc"
