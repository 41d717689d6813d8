// What the wording of a question says about its answer.
#include <QTest>

#include "app/assistant/question_form.h"

using namespace plumbline::assistant;

class TestQuestionForm : public QObject {
    Q_OBJECT

private slots:
    void findsTheNounAskedFor_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("noun");
        QTest::newRow("how many") << "how many pages may a review report have"
                                  << "pages";
        QTest::newRow("how much") << "How much money may I refund?"
                                  << "money";
        QTest::newRow("what is the") << "What is the idle limit of a session?"
                                     << "limit";
        QTest::newRow("which, later in the sentence") << "token expired, which port is it?"
                                                      << "port";
        QTest::newRow("words without a question word") << "retention of debug logs"
                                                       << "retention";
        QTest::newRow("how long asks for no noun") << "how long are logs kept"
                                                   << "";
        QTest::newRow("who asks for no noun") << "who approves it"
                                              << "";
        QTest::newRow("empty") << ""
                               << "";
    }
    void findsTheNounAskedFor()
    {
        QFETCH(QString, question);
        QFETCH(QString, noun);
        QCOMPARE(QString::fromStdString(formOf(question.toStdString()).noun.value_or("")), noun);
    }

    void knowsPricesTelephonesAndTallies()
    {
        QVERIFY(formOf("what does a licence cost").price);
        QVERIFY(!formOf("how long is a licence valid").price);
        QVERIFY(formOf("which phone extension is it").telephone);
        QVERIFY(formOf("how many incidents did we have last year").tally);
        QVERIFY(formOf("How many kiosks do we run?").tally);
        QVERIFY(!formOf("how many incidents may be open").tally);
        QVERIFY(!formOf("how long were backups kept last year").tally);
        QVERIFY(!formOf("how many days did a tenant have to object in 2024").tally);
        QVERIFY(!formOf("After how many wrong codes was the door locked last year?").tally);
    }
};

QTEST_GUILESS_MAIN(TestQuestionForm)
#include "tst_question_form.moc"
