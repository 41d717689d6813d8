#include "drawn.h"

using namespace plumbline;
using namespace plumbline::corpus;
using namespace plumbline::tests;

class TestChunker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsSentences_data();
    void cutsSentences();
    void chunks_data();
    void chunks();
    void keepsTheSizes();
    void coversEveryBlock();
    void cutsTextWithoutFullStops();
};

void TestChunker::cutsSentences_data()
{
    QTest::addColumn<QByteArray>("text"); // sentences parted by '#'
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("plain", "One ends. #Two ends! #Three?");
    row("abbreviations", "See Sec. 4 and approx. 5 items, e.g. Dr. Smith. #Next.");
    row("No. before a number only", "It is No. 5. #No. #That is wrong.");
    row("decimals, versions and files", "Version 2.3.1 is in a.txt at 3.5 %. #Next 1.");
    row("section numbers at the head", "4.2. Scope is wide. #Next.");
    row("lower case goes on", "It ends at 5 p.m. and not later. #Next.");
    row("quotes and brackets close it", "\"Is it?\" #He said (so.) #Yes.");
    row("emphasis closes it", "**Do it.** #Now.");
    row("an ellipsis in the middle", "Wait... then go. #Next.");
    row("a number starts a sentence", "The limit is 10. #5 more follow.");
    row("blanks and lines between", "One ends.  \n #Two\nends.");
    row("Chinese", "\xE8\xBF\x99\xE6\x98\xAF\xE3\x80\x82#\xE9\x82\xA3\xE6\x98\xAF\xE3\x80\x82");
    row("Hindi", "\xE0\xA4\xAF\xE0\xA4\xB9\xE0\xA5\xA4 #\xE0\xA4\xB5\xE0\xA4\xB9\xE0\xA5\xA4");
    row("accents", "\xC3\x89t\xC3\xA9 fini. #\xC3\x80 bient\xC3\xB4t.");
}

void TestChunker::cutsSentences()
{
    QFETCH(QByteArray, text);
    QByteArray whole = text;
    whole.replace("#", "");
    const std::string paragraph = whole.toStdString();
    const CodePoints points(paragraph);
    QByteArrayList found;
    for (const Span& span : sentences(paragraph, points, {0, points.size()})) {
        const std::string_view slice = points.slice(span);
        found.append(QByteArray(slice.data(), static_cast<qsizetype>(slice.size())));
    }
    QByteArrayList expected = text.split('#');
    for (QByteArray& sentence : expected) {
        sentence = sentence.trimmed();
    }
    QCOMPARE(found, expected);
}

void TestChunker::chunks_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* source, const char* expected) {
        QTest::newRow(name) << QByteArray(source) << QByteArray(expected);
    };
    row("the title of the document is in no path", "# T\n\na.\n\n## B\n\nb.\n\n### C\n\nc.\n",
        "[]\ns a.\n[B]\ns b.\ns c.\n");
    row("a second title is", "# T\n\na.\n\n# U\n\n#### V\n\nb.\n", "[]\ns a.\n[U > V]\ns b.\n");
    row("steps carry the sentence before them", "Now. Do this:\n\n1. x\n2. y\n",
        "[]\ns Now.\ns Do this:\nstep x ^ Do this:\nstep y ^ Do this:\n");
    row("inner steps carry that of the outer list", "Do:\n\n- x\n  - y\n",
        "[]\ns Do:\nstep x ^ Do:\nstep y ^ Do:\n");
    row("rows carry the header of their table", "|a|\n|-|\n|1|\n", "[]\nrow |1| ^ |a|\n");
    row("a table of one row is kept", "|a|b|\n|-|-|\n", "[]\nrow |a|b|\n");
    row("code is one unit", "```\na\n\nb\n```\n", "[]\ncode a\n\nb\n");
    row("headings alone are kept", "# A\n\n## B\n", "[]\ns A\ns B\n");
    row("tiny sections of one parent share a chunk", "# T\n\n## A\n\n### B\n\nb.\n\n### C\n\nc.\n",
        "[A]\ns b.\ns c.\n");
    row("others do not", "# T\n\n## A\n\na.\n\n## B\n\nb.\n", "[A]\ns a.\n[B]\ns b.\n");
}

void TestChunker::chunks()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    const auto document = load("a.md", source.toStdString());
    QVERIFY(document.has_value());
    COMPARE_TEXT(drawn(*document, chunk(*document, {})), expected.toStdString());
}

void TestChunker::keepsTheSizes()
{
    std::string source = "# T\n\n## Long\n\n";
    for (int i = 0; i < 100; ++i) {
        source += "This sentence number " + std::to_string(i) + " has nine words here. ";
    }
    source += "\n\nRows are these:\n\n| n | text |\n|---|---|\n";
    for (int i = 0; i < 100; ++i) {
        source += "| " + std::to_string(i) + " | some words in a row |\n";
    }
    const auto document = load("a.md", source);
    QVERIFY(document.has_value());
    const ChunkSizes sizes;
    const auto cut = chunk(*document, sizes);
    QVERIFY(cut.size() > 8);
    const CodePoints points(document->text);
    for (const Chunk& each : cut) {
        QVERIFY(each.words <= static_cast<std::size_t>(sizes.maxWords));
        for (const Unit& unit : each.units) {
            QVERIFY(each.span.contains(unit.span));
            if (unit.kind == UnitKind::TableRow) {
                COMPARE_TEXT(std::string(points.slice(*unit.header)), "| n | text |");
            }
        }
    }
}

void TestChunker::coversEveryBlock()
{
    const auto document =
        load("a.md",
             "# T\n\np one. p two.\n\n> q\n\n- a\n  - b\n\n```\nc\n```\n\n#### H\n\n|a|\n|-|\n|1|\n\nend\n");
    QVERIFY(document.has_value());
    const auto cut = chunk(*document, {10, 20});
    for (const Block& block : document->blocks) {
        if (block.kind != BlockKind::Heading) {
            const bool covered =
                std::ranges::any_of(cut, [&](const Chunk& each) { return each.span.contains(block.span); });
            QVERIFY(covered);
        }
    }
}

void TestChunker::cutsTextWithoutFullStops()
{
    std::string source;
    for (int i = 0; i < 50'000; ++i) {
        source += i % 2 == 0 ? "word " : "w\xC3\xB6rt ";
    }
    const auto document = load("a.txt", source);
    QVERIFY(document.has_value());
    const auto cut = chunk(*document, {});
    QVERIFY(cut.size() > 20);
}

QTEST_APPLESS_MAIN(TestChunker)
#include "tst_chunker.moc"
