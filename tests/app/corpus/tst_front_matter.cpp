#include "app/corpus/front_matter.h"

#include <QtTest/QtTest>

using namespace plumbline;
using namespace plumbline::corpus;

class TestFrontMatter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKey();
    void findsTheBody_data();
    void findsTheBody();
    void refuses_data();
    void refuses();
    void readsMeta();
    void readsSidecars();
    void standsAliasBombs();
};

void TestFrontMatter::readsEveryKey()
{
    const auto parsed = parseFrontMatter(
        "---\nid: IR-001\ntitle: Response\nowner: Incident Commander\nversion: 3.10\nstate: approved\n"
        "effective: 2026-02-01\nexpires: 2028-02-01\nclassification: Internal\ntags: [a, 7]\n"
        "supersedes:\n  - IR-001@2.4\nother: {x: 1}\n---\nbody",
        "a.md");
    QVERIFY(parsed.has_value());
    const FrontMatter& facts = parsed->facts;
    QCOMPARE(QString::fromStdString(facts.id), QString("IR-001"));
    QCOMPARE(QString::fromStdString(facts.title), QString("Response"));
    QCOMPARE(QString::fromStdString(facts.owner), QString("Incident Commander"));
    QCOMPARE(QString::fromStdString(facts.version), QString("3.10")); // not the number 3.1
    QVERIFY(facts.state == State::Approved);
    QCOMPARE(QString::fromStdString(plumbline::toString(*facts.effective)), QString("2026-02-01"));
    QCOMPARE(QString::fromStdString(plumbline::toString(*facts.expires)), QString("2028-02-01"));
    QCOMPARE(QString::fromStdString(facts.classification), QString("Internal"));
    QVERIFY((facts.tags == std::vector<std::string>{"a", "7"}));
    QVERIFY((facts.supersedes == std::vector<std::string>{"IR-001@2.4"}));
}

void TestFrontMatter::findsTheBody_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("body");
    QTest::newRow("none") << QByteArray("# A\n") << 0;
    QTest::newRow("after the second line of dashes") << QByteArray("---\nid: A\n---\nB") << 14;
    QTest::newRow("an empty one") << QByteArray("---\n---\nB") << 8;
    QTest::newRow("CRLF") << QByteArray("---\r\nid: A\r\n---\r\nB") << 17;
    QTest::newRow("a rule that is never closed") << QByteArray("---\nid: A\n") << 0;
    QTest::newRow("text between two rules") << QByteArray("---\nonly words\n---\n") << 0;
    QTest::newRow("not at the head") << QByteArray("\n---\nid: A\n---\n") << 0;
}

void TestFrontMatter::findsTheBody()
{
    QFETCH(QByteArray, text);
    QFETCH(int, body);
    const auto parsed = parseFrontMatter(text.toStdString(), "a.md");
    QVERIFY(parsed.has_value());
    QCOMPARE(static_cast<int>(parsed->bodyByte), body);
}

void TestFrontMatter::refuses_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* yaml, const char* where, const char* message) {
        QTest::newRow(name) << QByteArray(yaml) << QByteArray(where) << QByteArray(message);
    };
    row("a date that is none", "id: A\neffective: 2026-02-30", "a.md:3:12", "is not a date");
    row("a state that is none", "state: final", "a.md:2:8", "is not a state");
    row("a key twice", "id: A\nid: B", "a.md:3:1", "twice");
    row("a list where a text belongs", "id: [A]", "a.md:2:5", "single text");
    row("a mapping where a list belongs", "tags: {a: b}", "a.md:2:7", "list of texts");
    row("a list in a list", "tags: [[a]]", "a.md:2:8", "list of at most");
    row("broken YAML", "id: A: B", "a.md:2:", "not valid YAML");
    row("over before it begins", "effective: 2026-02-01\nexpires: 2026-02-01", "a.md:3:10", "is not after");
}

void TestFrontMatter::refuses()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, message);
    const auto parsed = parseFrontMatter("---\n" + yaml.toStdString() + "\n---\n", "a.md");
    QVERIFY(!parsed.has_value());
    QVERIFY(parsed.error().code == ErrorCode::BadInput);
    const QByteArray place = QByteArray::fromStdString(parsed.error().where);
    QVERIFY2(where.endsWith(':') ? place.startsWith(where) : place == where, place.constData());
    QVERIFY2(parsed.error().message.find(message.toStdString()) != std::string::npos,
             parsed.error().message.c_str());
}

void TestFrontMatter::readsMeta()
{
    const auto facts =
        frontMatterFromMeta({{"id", "A"}, {"tags", "x, y"}, {"state", "draft"}, {"viewport", "w"}}, "a.html");
    QVERIFY(facts.has_value());
    QVERIFY((facts->tags == std::vector<std::string>{"x", "y"}));
    QVERIFY(facts->state == State::Draft);
    const auto bad = frontMatterFromMeta({{"expires", "soon"}}, "a.html");
    QVERIFY(!bad.has_value());
    QVERIFY(bad.error().code == ErrorCode::BadInput);
}

void TestFrontMatter::readsSidecars()
{
    const auto facts = parseSidecar("id: A\nversion: \"2\"\n", "a.pdf.yaml");
    QVERIFY(facts.has_value());
    QCOMPARE(QString::fromStdString(facts->version), QString("2"));
    const auto bad = parseSidecar("effective: tomorrow", "a.pdf.yaml");
    QVERIFY(!bad.has_value());
    QCOMPARE(QString::fromStdString(bad.error().where), QString("a.pdf.yaml:1:12"));
    QVERIFY(parseSidecar("just words", "a.pdf.yaml").error().code == ErrorCode::BadInput);
    QVERIFY(parseSidecar(std::string(100'000, 'a'), "a.pdf.yaml").error().code == ErrorCode::TooLarge);
}

void TestFrontMatter::standsAliasBombs()
{
    std::string yaml = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'z'; ++c) {
        const std::string before = std::string("*") + static_cast<char>(c - 1);
        yaml += std::string(1, c) + ": &" + c + " [" + before + ',' + before + ',' + before + ',' + before +
                "]\n";
    }
    QVERIFY(parseSidecar(yaml + "tags: *y\n", "a.yaml").error().code == ErrorCode::BadInput);
    QVERIFY(parseSidecar(std::string(20'000, '['), "a.yaml").error().code == ErrorCode::BadInput);
}

QTEST_APPLESS_MAIN(TestFrontMatter)
#include "tst_front_matter.moc"
