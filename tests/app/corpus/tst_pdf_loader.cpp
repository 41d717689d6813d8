#include "drawn.h"
#include "office_samples.h"

using namespace plumbline;
using namespace plumbline::tests;

using Page = std::vector<PdfText>;

class TestPdfLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsHeadingsParagraphsAndSteps();
    void readsTables();
    void readsHeadersOfTwoLines();
    void goesOnOverPages();
    void readsColumns();
    void hides();
    void refuses_data();
    void refuses();
    void saysWhichPagesHaveNoText();
};

void TestPdfLoader::readsHeadingsParagraphsAndSteps()
{
    const Page page = {
        {72, 80, 20, "Title of it", true},
        {72, 120, 14, "1. Purpose", true},
        {72, 142, 10, "This standard sets the limits within which a weakness is closed at the bank, and"},
        {72, 155, 10, "says who decides."},
        {72, 175, 10, "A second paragraph. Do this:"},
        {72, 195, 10, "1."},
        {90, 195, 10, "Open a ticket and name the asset in it, with the scanner and the date, and its"},
        {90, 208, 10, "owner in copy."},
        {72, 221, 10, "2. Patch the host."},
        {72, 245, 10, "\\225 A bullet"}};
    COMPARE_TEXT(loaded("a.pdf", pdf({page})),
                 "h1 Title of it\nh2 1. Purpose\np This standard sets the limits within which a weakness is "
                 "closed at the bank, and says who "
                 "decides.\np A second paragraph. Do this:\nol1 Open a ticket and name the asset in it, with "
                 "the scanner and the date, and its "
                 "owner in copy.\nol1 Patch the host.\nli1 A bullet\n");
}

void TestPdfLoader::readsTables()
{
    const Page page = {{72, 80, 10, "The limits are these for every system that the bank runs."},
                       {72, 110, 10, "Severity", true},
                       {200, 110, 10, "Limit", true},
                       {330, 110, 10, "Who", true},
                       {72, 128, 10, "Critical"},
                       {200, 128, 10, "48 hours"},
                       {330, 128, 10, "Head of Security Engineering or the"},
                       {330, 140, 10, "deputy on duty"},
                       {72, 158, 10, "High"},
                       {200, 158, 10, "14 days"},
                       {330, 158, 10, "System Owner"},
                       {72, 176, 10, "Low"},
                       {330, 176, 10, "System Owner"},
                       {72, 206, 10, "The clock starts with the report."}};
    COMPARE_TEXT(
        loaded("a.pdf", pdf({page})),
        "p The limits are these for every system that the bank runs.\nth | Severity | Limit | Who |\n"
        "tr | Critical | 48 hours | Head of Security Engineering or the deputy on duty |\n"
        "tr | High | 14 days | System Owner |\ntr | Low |  | System Owner |\n"
        "p The clock starts with the report.\n");
}

void TestPdfLoader::readsHeadersOfTwoLines()
{
    const Page page = {{72, 80, 10, "rating of the", true},
                       {200, 80, 10, "share that makes an", true},
                       {72, 92, 10, "customer", true},
                       {200, 92, 10, "owner", true},
                       {72, 112, 10, "Low"},
                       {200, 112, 10, "25 percent"},
                       {200, 124, 10, "or more"},
                       {72, 144, 10, "High"},
                       {200, 144, 10, "10 percent"}};
    COMPARE_TEXT(loaded("a.pdf", pdf({page})),
                 "th | rating of the customer | share that makes an owner "
                 "|\ntr | Low | 25 percent or more |\ntr | High | 10 percent |\n");
}

void TestPdfLoader::goesOnOverPages()
{
    const auto page = [](int number, const Page& content) {
        Page all = {{72, 40, 8, "Tarnwick Bank - Internal"}};
        all.insert(all.end(), content.begin(), content.end());
        all.push_back({280, 810, 8, "Page " + std::to_string(number) + " of 3"});
        return all;
    };
    const Page first = {{72, 700, 10, "a", true}, {200, 700, 10, "b", true},
                        {72, 716, 10, "first"},   {200, 716, 10, "row of cells"},
                        {72, 732, 10, "second"},  {200, 732, 10, "row of cells"}};
    const Page second = {{72, 80, 10, "a", true},
                         {200, 80, 10, "b", true},
                         {72, 96, 10, "third"},
                         {200, 96, 10, "row of cells"},
                         {72, 140, 10, "A sentence that does not end on this page but"}};
    const Page third = {{72, 80, 10, "goes on here."}};
    COMPARE_TEXT(loaded("a.pdf", pdf({page(1, first), page(2, second), page(3, third)})),
                 "th | a | b |\ntr | first | row of cells |\ntr | second | row of cells |\ntr | third | row "
                 "of cells |\n"
                 "p A sentence that does not end on this page but goes on here.\n");
}

void TestPdfLoader::readsColumns()
{
    Page page;
    for (int line = 0; line < 20; ++line) {
        const std::string number = std::to_string(line);
        page.push_back({50, 80.0 + 12 * line, 10, "left column line number " + number + " of the text"});
        page.push_back({320, 80.0 + 12 * line, 10, "right column line number " + number + " of the text"});
    }
    const auto document = load("a.pdf", pdf({page}));
    QVERIFY(document.has_value());
    QVERIFY(document->text.find("left column line number 19") <
            document->text.find("right column line number 0"));
    QVERIFY(document->text.find('|') == std::string::npos);
}

void TestPdfLoader::hides()
{
    const auto document = load(
        "a.pdf",
        pdf({{{72, 80, 10, "Seen text."}, {72, 100, 1, "tiny secret"}, {700, 120, 10, "outside secret"}}}));
    QVERIFY(document.has_value());
    COMPARE_TEXT(drawn(*document), "p Seen text.\n");
    QVERIFY(drawnHidden(*document).find("tiny text: tiny secret") != std::string::npos);
}

void TestPdfLoader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const std::string& bytes, ErrorCode code, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code)
                            << QByteArray(message);
    };
    row("a head without a body", "%PDF-1.4\ngarbage", ErrorCode::BadInput, "broken PDF");
    row("no text at all", pdf({{}}), ErrorCode::BadInput, "scanned");
    std::string locked = pdf({{{72, 80, 10, "secret"}}});
    const std::string encrypt = "trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" +
                                std::string(64, 'A') + "> /U <" + std::string(64, 'B') +
                                "> >> /ID [<00><00>]";
    locked.replace(locked.find("trailer <<"), 10, encrypt);
    row("a password", locked, ErrorCode::Unsupported, "encrypted");
}

void TestPdfLoader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const auto document = load("a.pdf", bytes.toStdString());
    QVERIFY(!document.has_value());
    QVERIFY2(document.error().message.find(message.toStdString()) != std::string::npos,
             document.error().message.c_str());
    QCOMPARE(static_cast<int>(document.error().code), code);
}

void TestPdfLoader::saysWhichPagesHaveNoText()
{
    const auto document = load("a.pdf", pdf({{{72, 80, 10, "Text."}}, {}}));
    QVERIFY(document.has_value());
    QCOMPARE(document->warnings.size(), std::size_t{1});
    COMPARE_TEXT(document->warnings.front(), "page 2 has no text (scanned?)");
    corpus::LoadLimits limits;
    limits.pages = 1;
    QVERIFY(load("a.pdf", pdf({{}, {}}), {}, limits).error().code == ErrorCode::TooLarge);
}

QTEST_APPLESS_MAIN(TestPdfLoader)
#include "tst_pdf_loader.moc"
