// Which sentences are put like an answer.
#include <QTest>

#include "app/assistant/phrasing.h"

using namespace plumbline;
using assistant::definedThing;

namespace {

double oddsOf(const std::string& question, const std::string& text,
              corpus::UnitKind kind = corpus::UnitKind::Sentence)
{
    retrieval::Passage passage;
    passage.heading = "Roles";
    corpus::Unit unit;
    unit.kind = kind;
    unit.span = {0, text.size()};
    passage.units = {unit};
    return assistant::Phrasing(question).odds(passage, 0, text);
}

} // namespace

class TestPhrasing : public QObject {
    Q_OBJECT

private slots:
    void findsTheThingToExplain_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("thing");
        QTest::newRow("what is") << "What is a SEV-2?"
                                 << "sev-2";
        QTest::newRow("role of") << "What is the role of the deputy?"
                                 << "deputy";
        QTest::newRow("what does it do") << "What does the scribe do during an incident?"
                                         << "scribe";
        QTest::newRow("an attribute is no definition") << "What is the limit for cards?"
                                                       << "";
        QTest::newRow("another question") << "How long are logs kept?"
                                          << "";
    }
    void findsTheThingToExplain()
    {
        QFETCH(QString, question);
        QFETCH(QString, thing);
        QCOMPARE(QString::fromStdString(definedThing(question.toStdString()).value_or("")), thing);
    }

    void aDefinitionGainsAndAMentionDoesNot()
    {
        const std::string asked = "What is the role of the deputy?";
        QVERIFY(oddsOf(asked, "A Deputy is a direct support role.") > 0);
        QCOMPARE(oddsOf(asked, "Ask whether somebody is the deputy today."), 0.0);
        QCOMPARE(oddsOf("What is an incident?", "The incident commander is one of the roles."), 0.0);
    }

    void questionsFragmentsAndPointersLose()
    {
        const std::string asked = "What should I do if an executive swoops in?";
        QVERIFY(oddsOf(asked, "What is the very first step?") < 0);
        QVERIFY(oddsOf(asked, "Executive swoop._") < 0);
        QVERIFY(oddsOf(asked, "[More info](roles.md#deputy).") < 0);
        QVERIFY(oddsOf(asked, "Take a look at our [training guide](guide.md) now.") < 0);
        QVERIFY(oddsOf(asked, "<input type=\"checkbox\" id=\"017\" />![017](017.jpeg)") < 0);
        QCOMPARE(oddsOf(asked, "Ask the executive whether they want to take command."), 0.0);
    }

    void aShortTableRowIsNoFragment()
    {
        QCOMPARE(oddsOf("How long is a lease?", "| lease | 8 hours |", corpus::UnitKind::TableRow), 0.0);
    }

    void theFirstStepOfAListAnswersWhatComesFirst()
    {
        retrieval::Passage passage;
        for (std::size_t i = 0; i < 2; ++i) {
            corpus::Unit unit;
            unit.kind = corpus::UnitKind::Step;
            unit.ordered = true;
            unit.group = 1;
            unit.span = {i * 10, i * 10 + 9};
            passage.units.push_back(unit);
        }
        const std::string asked = "Which is the first step after a leak?";
        QVERIFY(assistant::Phrasing(asked).odds(passage, 0, "Stop the transfer at once.") > 0);
        QCOMPARE(assistant::Phrasing(asked).odds(passage, 1, "Then write down what was seen."), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestPhrasing)
#include "tst_phrasing.moc"
