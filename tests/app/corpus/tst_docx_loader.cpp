#include "drawn.h"
#include "office_samples.h"

using namespace plumbline;
using namespace plumbline::tests;

class TestDocxLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void hides_data();
    void hides();
    void refuses_data();
    void refuses();
    void capsWhatItUnpacks();
};

namespace {

std::string cell(std::string_view text, std::string_view properties = {}, std::string_view run = {})
{
    return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + wordParagraph(text, {}, run) +
           "</w:tc>";
}

std::string rows(const std::vector<std::string>& each)
{
    std::string out = "<w:tbl>";
    for (const std::string& cells : each) {
        out += "<w:tr>" + cells + "</w:tr>";
    }
    return out + "</w:tbl>";
}

const std::string kWhite = "<w:color w:val=\"FFFFFF\"/>";

} // namespace

void TestDocxLoader::blocks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const std::string& body, const char* expected) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(expected);
    };
    row("headings by style",
        wordParagraph("A", wordStyle("Title")) + wordParagraph("B", wordStyle("Heading2")) +
            wordParagraph("c"),
        "h1 A\nh2 B\np c\n");
    row("headings by outline level", wordParagraph("A", "<w:outlineLvl w:val=\"2\"/>"), "h3 A\n");
    row("lists by style",
        wordParagraph("a", wordStyle("ListNumber")) + wordParagraph("b", wordStyle("ListBullet")),
        "ol1 a\nli1 b\n");
    row("lists by numbering",
        wordParagraph("a", wordNumbering(1, 0)) + wordParagraph("b", wordNumbering(1, 1)) +
            wordParagraph("c", wordNumbering(2, 0)),
        "ol1 a\nli2 b\nli1 c\n");
    row("a list style taken out of its list",
        wordParagraph("a", wordStyle("ListNumber") + wordNumbering(0, 0)), "p a\n");
    row("a table", rows({cell("a") + cell("b"), cell("1") + cell("2")}), "th | a | b |\ntr | 1 | 2 |\n");
    row("merged cells say it in every row",
        rows({cell("a") + cell("b"), cell("x", "<w:vMerge w:val=\"restart\"/>") + cell("1"),
              cell("", "<w:vMerge/>") + cell("2")}),
        "th | a | b |\ntr | x | 1 |\ntr | x | 2 |\n");
    row("a box is a paragraph", rows({cell("a")}), "p a\n");
    row("a table in a cell is text",
        rows({cell("a") + cell("b"), "<w:tc>" + rows({cell("i") + cell("j")}) + "</w:tc>" + cell("2")}),
        "th | a | b |\ntr | i j | 2 |\n");
    row("code and quotes",
        wordParagraph("a", wordStyle("Code")) + wordParagraph("b", wordStyle("Code")) +
            wordParagraph("c", wordStyle("Quote")),
        "code a/b\nq c\n");
    row("tracked changes as accepted",
        "<w:p><w:del><w:r><w:t>x</w:t></w:r></w:del><w:ins><w:r><w:t>a</w:t></w:r></w:ins><w:r><w:tab/"
        "><w:t>b</w:t></w:r></w:p>",
        "p a b\n");
    row("a text box in a paragraph",
        "<w:p><w:r><w:t>a</w:t><w:txbxContent>" + wordParagraph("b") + "</w:txbxContent></w:r></w:p>",
        "p b\np a\n");
}

void TestDocxLoader::blocks()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    COMPARE_TEXT(loaded("a.docx", docx(body.toStdString())), expected.toStdString());
}

void TestDocxLoader::hides_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("hidden");
    const auto row = [](const char* name, const std::string& body, const char* hidden) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(hidden);
    };
    row("vanished text", wordParagraph("secret", {}, "<w:vanish/>"), "hidden text: secret\n");
    row("white text", wordParagraph("secret", {}, kWhite), "white text: secret\n");
    row("tiny text", wordParagraph("secret", {}, "<w:sz w:val=\"2\"/>"), "tiny text: secret\n");
    row("vanish switched off", wordParagraph("shown", {}, "<w:vanish w:val=\"0\"/>"), "");
    row("white text in a dark cell", rows({cell("shown", "<w:shd w:fill=\"000080\"/>", kWhite) + cell("b")}),
        "");
    row("white text on a highlight", wordParagraph("shown", {}, kWhite + "<w:highlight w:val=\"black\"/>"),
        "");
}

void TestDocxLoader::hides()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, hidden);
    const auto document = load("a.docx", docx(wordParagraph("seen") + body.toStdString()));
    QVERIFY(document.has_value());
    COMPARE_TEXT(drawnHidden(*document), hidden.toStdString());
    QVERIFY(document->text.find("secret") == std::string::npos);
}

void TestDocxLoader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const std::string& bytes, ErrorCode code, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code)
                            << QByteArray(message);
    };
    const std::string whole = docx(wordParagraph("a"));
    row("an archive that is cut off", whole.substr(0, whole.size() / 2), ErrorCode::BadInput, "broken ZIP");
    row("an archive of something else", zip({{"a.txt", "a"}}), ErrorCode::BadInput, "no word/document.xml");
    row("text that is not XML", zip({{"word/document.xml", "<w:p><w:t>a</w:p>"}}), ErrorCode::BadInput,
        "well-formed");
    row("a document type",
        zip({{"word/document.xml",
              "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><p><r><t>&x;</t></r></p>"}}),
        ErrorCode::BadInput, "well-formed");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<w:sdt>";
    }
    row("deep nesting", docx(deep), ErrorCode::TooLarge, "nested deeper");
    row("no text", docx(""), ErrorCode::BadInput, "has no text");
}

void TestDocxLoader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const auto document = load("a.docx", bytes.toStdString());
    QVERIFY(!document.has_value());
    QVERIFY2(document.error().message.find(message.toStdString()) != std::string::npos,
             document.error().message.c_str());
    QCOMPARE(static_cast<int>(document.error().code), code);
}

void TestDocxLoader::capsWhatItUnpacks()
{
    const std::string bomb = docx(wordParagraph(std::string(5'000'000, 'a')));
    QVERIFY(bomb.size() < 100'000);
    corpus::LoadLimits limits;
    limits.unpackedBytes = 2'000'000;
    const auto document = load("a.docx", bomb, {}, limits);
    QVERIFY(document.error().code == ErrorCode::TooLarge);
    QVERIFY(document.error().message.find("2 MB unpacked") != std::string::npos);
    limits.unpackedBytes = 20'000'000;
    limits.textBytes = 1'000'000;
    QVERIFY(load("a.docx", bomb, {}, limits).error().code == ErrorCode::TooLarge);
}

QTEST_APPLESS_MAIN(TestDocxLoader)
#include "tst_docx_loader.moc"
