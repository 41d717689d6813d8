// The labels file: read, written, and what a hand in it gives away.
#include <QtTest>

#include "app/prompts/labels.h"

using namespace plumbline;
using namespace plumbline::prompts;

namespace {

const std::string kDigest(64, 'a');
const std::string kOther(64, 'b');

LabelMove move(const std::string& label, int version, const std::string& digest,
               const std::string& why = "Because.")
{
    return {label,
            version,
            digest,
            {"Ada Byron <ada@bank.example>", "Git identity"},
            *parseTimestamp("2026-11-20T09:00:00.000Z"),
            why};
}

std::string yaml(const std::string& labels, const std::string& moves)
{
    return "answer:\n  labels: {" + labels + "}\n  moves:\n" + moves;
}

std::string moveLine(const std::string& label, int version, const std::string& digest)
{
    return "    - {label: " + label + ", version: " + std::to_string(version) + ", digest: " + digest +
           ", who: A, known_how: b, at: \"2026-11-20T09:00:00.000Z\", why: c}\n";
}

} // namespace

class LabelsTest : public QObject {
    Q_OBJECT

private slots:
    void comesBackAsItWasWritten()
    {
        LabelBook book;
        record(book, "answer", move("candidate", 2, kDigest));
        record(book, "answer", move("production", 1, kOther, "Two lines,\n\"quoted\": # é 日本 \\ {x}"));
        record(book, "answer", move("production", 2, kDigest));
        record(book, "1", move("on", 3, kDigest));
        const std::string text = writeLabels(book);
        const auto read = parseLabels(text, "prompts/labels.yaml");
        QVERIFY2(read.has_value(), read ? "" : read.error().describe().c_str());
        QCOMPARE(QByteArray::fromStdString(writeLabels(*read)), QByteArray::fromStdString(text));
        const PromptLabels& answer = read->at("answer");
        QCOMPARE(answer.current, (std::map<std::string, int>{{"candidate", 2}, {"production", 2}}));
        QCOMPARE(answer.moves[1].why, std::string("Two lines,\n\"quoted\": # é 日本 \\ {x}"));
        QCOMPARE(answer.moves[1].who.name, std::string("Ada Byron <ada@bank.example>"));
        QCOMPARE(answer.moves[1].who.knownHow, std::string("Git identity"));
        QCOMPARE(toString(answer.moves[1].at), std::string("2026-11-20T09:00:00.000Z"));
        QCOMPARE(answer.at(2), (std::vector<std::string>{"candidate", "production"}));
        QCOMPARE(answer.at(1), std::vector<std::string>());
        // Released is what a label was ever moved to.
        QVERIFY(answer.releaseOf(1) != nullptr);
        QCOMPARE(answer.releaseOf(1)->digest, kOther);
        QVERIFY(answer.releaseOf(3) == nullptr);
        QCOMPARE(answer.places.at("production"), std::string("prompts/labels.yaml:16:5"));
    }

    void anEmptyFileIsAnEmptyBook()
    {
        QVERIFY(parseLabels("", "l").value().empty());
        QVERIFY(parseLabels("# nothing yet\n", "l").value().empty());
        QVERIFY(parseLabels(writeLabels({}), "l").value().empty());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char* name, const std::string& text, const char* error) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(error);
        };
        const std::string first = moveLine("production", 1, kDigest);
        row("no YAML", "a: [", "l.yaml:");
        row("a list", "[]", "l.yaml:1:1: the file");
        row("an unknown key", yaml("production: 1", first) + "  notes: x\n", "l.yaml:5:3: 'answer/notes'");
        row("no moves", "answer:\n  labels: {}\n  moves: []\n", "l.yaml:3:3: 'answer/moves'");
        row("a label like a version", yaml("v1: 1", moveLine("v1", 1, kDigest)), "l.yaml:2:");
        row("a label in capitals", yaml("Prod: 1", first), "l.yaml:2:12: 'answer/labels/Prod'");
        row("a digest cut short", yaml("production: 1", moveLine("production", 1, "abc")), "l.yaml:4:");
        row("a version nought", yaml("production: 0", first), "l.yaml:2:12: 'answer/labels/production'");
        row("a time that is none",
            "answer:\n  labels: {a: 1}\n  moves:\n    - {label: a, version: 1, digest: " + kDigest +
                ", who: A, known_how: b, at: yesterday, why: c}\n",
            "l.yaml:4:");
        row("a label moved by hand", yaml("production: 2", first + moveLine("candidate", 2, kDigest)),
            "l.yaml:2:12: 'production' points at version 2, its last move at 1; move labels with");
        row("a label put in by hand", yaml("production: 1, canary: 1", first),
            "l.yaml:2:27: 'canary' points at version 1, but no move says so");
        row("a label taken out by hand", yaml("", first),
            "l.yaml:2:3: 'production' was moved to version 1, but does not stand here");
        row("a version released anew with another digest",
            yaml("production: 1", first + moveLine("production", 1, kOther)),
            "l.yaml:5:39: version 1 has another digest here");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, error);
        const auto book = parseLabels(text.toStdString(), "l.yaml");
        QVERIFY(!book.has_value());
        QVERIFY(book.error().code == ErrorCode::BadInput);
        QVERIFY2(QByteArray::fromStdString(book.error().describe()).startsWith(error),
                 book.error().describe().c_str());
    }

    void knowsALabelFromAVersion()
    {
        for (const char* good : {"production", "canary", "a", "x-1", "v", "v1a", "version2"}) {
            QVERIFY2(isLabelName(good), good);
        }
        for (const char* bad : {"", "v7", "v123", "1a", "-a", "A", "a b", "a_b", "é"}) {
            QVERIFY2(!isLabelName(bad), bad);
        }
        QVERIFY(!isLabelName(std::string(41, 'a')));
    }
};

QTEST_APPLESS_MAIN(LabelsTest)
#include "tst_labels.moc"
