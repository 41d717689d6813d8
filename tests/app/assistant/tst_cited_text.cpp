// What a model wrote, taken apart into sentences and the numbers they cite.
#include <QTest>

#include "app/assistant/cited_text.h"

using namespace plumbline;
using assistant::CitedSentence;

namespace {

// "text {1,2}" a line; steps begin with "- ", rows with "| ".
QString drawn(const std::vector<CitedSentence>& sentences)
{
    QStringList lines;
    for (const CitedSentence& sentence : sentences) {
        QStringList numbers;
        for (const int number : sentence.numbers) {
            numbers << QString::number(number);
        }
        const char* mark = sentence.kind == corpus::UnitKind::Step ? "- " : "";
        lines << mark + QString::fromStdString(sentence.text) + " {" + numbers.join(",") + "}";
    }
    return lines.join("\n");
}

} // namespace

class TestCitedText : public QObject {
    Q_OBJECT

private slots:
    void sentencesWithTheirNumbers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a mark inside the sentence") << "It lasts 4 hours [1]."
                                                    << "It lasts 4 hours. {1}";
        QTest::newRow("a mark behind the full stop belongs to the sentence before")
            << "It lasts 4 hours. [1] Two approve it. [2]"
            << "It lasts 4 hours. {1}\nTwo approve it. {2}";
        QTest::newRow("several marks, each number once") << "It lasts 4 hours [1][3] [1, 2]."
                                                         << "It lasts 4 hours. {1,3,2}";
        QTest::newRow("footnote and corner brackets") << "One [^2]. Two 【4】."
                                                      << "One. {2}\nTwo. {4}";
        QTest::newRow("no mark at all") << "It lasts 4 hours."
                                        << "It lasts 4 hours. {}";
        QTest::newRow("a list: each item a step") << "Do this:\n1. Stop the job. [1]\n- Call the lead. [2]"
                                                  << "Do this: {}\n- Stop the job. {1}\n- Call the lead. {2}";
        QTest::newRow("the target of a link is dropped") << "See [the page](https://evil.example/x) [1]."
                                                         << "See the page. {1}";
        QTest::newRow("a picture too") << "![beacon](https://evil.example/p.png) Yes [1]."
                                       << "beacon Yes. {1}";
        QTest::newRow("and a bare address") << "Go to https://evil.example/a now [1]."
                                            << "Go to (link removed) now. {1}";
        QTest::newRow("abbreviations do not end a sentence") << "See Sec. 4 of the standard [1]."
                                                             << "See Sec. 4 of the standard. {1}";
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("marks alone say nothing") << "[1] [2]"
                                                 << "";
        QTest::newRow("a year in brackets is read as a number, to be held against the list")
            << "Since then [2024]."
            << "Since then. {2024}";
    }

    void sentencesWithTheirNumbers()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(drawn(assistant::citedSentences(text.toStdString())), expected);
    }

    void jsonAnswers_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a list of sentences")
            << R"({"sentences":[{"text":"It lasts 4 hours.","citations":[1,2]},{"text":"Two approve.","citations":[]}]})"
            << "It lasts 4 hours. {1,2}\nTwo approve. {}";
        QTest::newRow("one text with marks") << R"({"answer":"It lasts 4 hours. [1]"})"
                                             << "It lasts 4 hours. {1}";
        QTest::newRow("not JSON") << "It lasts 4 hours."
                                  << "none";
        QTest::newRow("JSON of another shape") << R"({"result":1})"
                                               << "none";
        QTest::newRow("a sentence without text") << R"({"sentences":[{"citations":[1]}]})"
                                                 << "none";
        QTest::newRow("a citation that is no number is left out")
            << R"({"sentences":[{"text":"Yes.","citations":["1",-4,2.5,3]}]})"
            << "Yes. {3}";
    }

    void jsonAnswers()
    {
        QFETCH(QString, json);
        QFETCH(QString, expected);
        const auto sentences = assistant::citedJson(json.toStdString());
        QCOMPARE(sentences ? drawn(*sentences) : QString("none"), expected);
    }

    void notFoundIsOnlyThat()
    {
        QVERIFY(assistant::saysNotFound("NOT_FOUND"));
        QVERIFY(assistant::saysNotFound(" not found.\n"));
        QVERIFY(!assistant::saysNotFound("The key was not found in the vault."));
    }
};

QTEST_APPLESS_MAIN(TestCitedText)
#include "tst_cited_text.moc"
