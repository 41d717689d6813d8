#include "drawn.h"

#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::corpus;
using namespace plumbline::tests;

class TestLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsItsFormats();
    void refuses_data();
    void refuses();
    void refusesLargeFiles();
    void stopsWhenAsked();
    void readsEncodings_data();
    void readsEncodings();
    void readsPlainText_data();
    void readsPlainText();
    void sidecarFillsWhatIsOpen();
    void readsJsonl();
    void refusesJsonl_data();
    void refusesJsonl();
    void makesDocumentsOfJsonl();
};

void TestLoader::knowsItsFormats()
{
    for (const char* name : {"a.md", "a.MARKDOWN", "b/a.txt", "a.html", "a.HTM", "a.pdf", "a.docx"}) {
        QVERIFY2(isSupported(name), name);
    }
    for (const char* name : {"a.doc", "a.md.yaml", "a", "a.jsonl", ".md"}) {
        QVERIFY2(!isSupported(name), name);
    }
}

void TestLoader::refuses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* title, const char* name, const QByteArray& bytes, ErrorCode code,
                        const char* message) {
        QTest::newRow(title) << QByteArray(name) << bytes << static_cast<int>(code) << QByteArray(message);
    };
    row("an unknown format", "a.xyz", "a", ErrorCode::Unsupported, "no loader");
    row("an empty file", "a.md", "", ErrorCode::BadInput, "has no text");
    row("blanks alone", "a.txt", " \n\t\n", ErrorCode::BadInput, "has no text");
    row("front matter alone", "a.md", "---\nid: A\n---\n", ErrorCode::BadInput, "has no text");
    row("a page without text", "a.html", "<html><body></body></html>", ErrorCode::BadInput, "has no text");
    row("Latin-1 Markdown", "a.md", "one\ncaf\xE9\n", ErrorCode::BadInput, "not valid UTF-8 (line 2)");
    row("a binary file", "a.txt",
        QByteArray("\x7F"
                   "ELF\x01\x02\x03\x04\x05\x06\x07",
                   11),
        ErrorCode::BadInput, "binary");
    row("a PDF named Markdown", "a.md", "%PDF-1.4\n", ErrorCode::BadInput, "is a PDF");
    row("an archive named HTML", "a.html", "PK\x03\x04zzz", ErrorCode::BadInput, "ZIP");
    row("text named PDF", "a.pdf", "hello", ErrorCode::BadInput, "not a PDF");
    row("text named DOCX", "a.docx", "hello", ErrorCode::BadInput, "not a DOCX");
    row("a DOCX with a password", "a.docx", "\xD0\xCF\x11\xE0zzz", ErrorCode::Unsupported, "encrypted");
    row("a charset that nobody knows", "a.html", "<meta charset=zork-9><p>\xE9", ErrorCode::Unsupported,
        "not known");
}

void TestLoader::refuses()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const auto document = load(name.constData(), bytes.toStdString());
    QVERIFY(!document.has_value());
    QCOMPARE(static_cast<int>(document.error().code), code);
    QVERIFY2(document.error().message.find(message.toStdString()) != std::string::npos,
             document.error().message.c_str());
    COMPARE_TEXT(document.error().where, name.toStdString());
}

void TestLoader::refusesLargeFiles()
{
    LoadLimits limits;
    limits.fileBytes = 64'000'000;
    const auto document = load("a.md", std::string(200'000'000, 'a'), {}, limits);
    QVERIFY(document.error().code == ErrorCode::TooLarge);
    COMPARE_TEXT(document.error().message, "is 200 MB, over the limit of 64 MB");
    limits.textBytes = 1'000;
    for (const char* name : {"a.md", "a.txt", "a.html"}) {
        QVERIFY2(load(name, std::string(2'000, 'a'), {}, limits).error().code == ErrorCode::TooLarge, name);
    }
}

void TestLoader::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    for (const char* name : {"a.md", "a.html"}) {
        QVERIFY(extract(name, "text", {}, {}, source.get_token()).error().code == ErrorCode::Cancelled);
    }
}

void TestLoader::readsEncodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8") << QByteArray("caf\xC3\xA9");
    QTest::newRow("UTF-8 with a mark") << QByteArray("\xEF\xBB\xBF"
                                                     "caf\xC3\xA9");
    QTest::newRow("UTF-16 little endian") << QByteArray("\xFF\xFE"
                                                        "c\0a\0f\0\xE9\0",
                                                        10);
    QTest::newRow("UTF-16 big endian") << QByteArray("\xFE\xFF\0c\0a\0f\0\xE9", 10);
    QTest::newRow("UTF-16 without a mark") << QByteArray("c\0a\0f\0\xE9\0", 8);
}

void TestLoader::readsEncodings()
{
    QFETCH(QByteArray, bytes);
    COMPARE_TEXT(loaded("a.md", bytes.toStdString()), "p caf\xC3\xA9\n");
    COMPARE_TEXT(loaded("a.txt", bytes.toStdString()), "p caf\xC3\xA9\n");
}

void TestLoader::readsPlainText_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("paragraphs between blank lines")
        << QByteArray("a\nb\n\nc\n") << QByteArray("p a/b\np c\n");
    QTest::newRow("lists by their markers")
        << QByteArray("1. a\n   b\n2) c\n\n- d\n") << QByteArray("ol1 a/   b\nol1 c\nli1 d\n");
    QTest::newRow("underlined headings")
        << QByteArray("Title\n=====\n\nPart\n----\ntext") << QByteArray("h1 Title\nh2 Part\np text\n");
    QTest::newRow("a number inside a paragraph")
        << QByteArray("in the year\n1999. It was\n") << QByteArray("p in the year/1999. It was\n");
}

void TestLoader::readsPlainText()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, expected);
    COMPARE_TEXT(loaded("a.txt", source.toStdString()), expected.toStdString());
}

void TestLoader::sidecarFillsWhatIsOpen()
{
    const auto text = load("a.txt", "hello", "id: A\nversion: 2\n");
    COMPARE_TEXT(text->facts.id, "A");
    const auto markdown = load("a.md", "---\nid: B\n---\nhello", "id: A\nversion: 2\n");
    COMPARE_TEXT(markdown->facts.id, "B");
    COMPARE_TEXT(markdown->facts.version, "2");
    const auto bad = load("a.txt", "hello", "state: done\n");
    COMPARE_TEXT(bad.error().where, "a.txt.yaml:1:8");
}

void TestLoader::readsJsonl()
{
    const TemporaryFolder folder;
    const auto path = folder.write("a.jsonl", "{\"_id\": \"1\", \"title\": \"T\", \"text\": "
                                              "\"a\"}\r\n\n{\"_id\": 2, \"text\": \"b\", \"more\": []}");
    std::string seen;
    const auto done = readJsonl(path, {}, [&](const JsonlDocument& row) -> Result<void> {
        seen += row.id + '|' + row.title + '|' + row.text + '\n';
        return {};
    });
    QVERIFY(done.has_value());
    COMPARE_TEXT(seen, "1|T|a\n2||b\n");
    std::stop_source source;
    source.request_stop();
    QVERIFY(readJsonl(path, source.get_token(), {}).error().code == ErrorCode::Cancelled);
    const auto full = readJsonl(
        path, {}, [](const JsonlDocument&) -> Result<void> { return failure(ErrorCode::DiskFull, "full"); });
    QVERIFY(full.error().code == ErrorCode::DiskFull);
    QVERIFY(readJsonl(folder.path() / "none.jsonl", {}, {}).error().code == ErrorCode::NotFound);
    QVERIFY(readJsonl(folder.path(), {}, {}).error().code == ErrorCode::Unsupported);
}

void TestLoader::refusesJsonl_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("no JSON") << QByteArray("nonsense");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no id") << QByteArray("{\"text\": \"a\"}");
    QTest::newRow("no text") << QByteArray("{\"_id\": \"a\"}");
    QTest::newRow("a title that is a number")
        << QByteArray("{\"_id\": \"a\", \"text\": \"b\", \"title\": 1}");
    QTest::newRow("broken UTF-8") << QByteArray("{\"_id\": \"a\", \"text\": \"\xFF\"}");
}

void TestLoader::refusesJsonl()
{
    QFETCH(QByteArray, row);
    const TemporaryFolder folder;
    const auto path =
        folder.write("a.jsonl", "{\"_id\": \"1\", \"text\": \"a\"}\n" + row.toStdString() + "\n");
    const auto done = readJsonl(path, {}, [](const JsonlDocument&) -> Result<void> { return {}; });
    QVERIFY(!done.has_value());
    QVERIFY(done.error().code == ErrorCode::BadInput);
    COMPARE_TEXT(done.error().where, path.string() + ":2");
}

void TestLoader::makesDocumentsOfJsonl()
{
    COMPARE_TEXT(drawn(fromJsonl({"1", "A  title", "One.\n\nTw\xC3\xB6."})),
                 "h1 A title\np One.\np Tw\xC3\xB6.\n");
    COMPARE_TEXT(drawn(fromJsonl({"1", "A title", "A title says it."})), "p A title says it.\n");
    COMPARE_TEXT(drawn(fromJsonl({"1", "", ""})), "");
}

QTEST_APPLESS_MAIN(TestLoader)
#include "tst_loader.moc"
