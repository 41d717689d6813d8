#include <QTest>

#include "app/evals/lint.h"

using namespace plumbline;
using evals::LintRule;

namespace {

evals::Case ask(std::string id, std::string question)
{
    evals::Case one;
    one.id = std::move(id);
    one.question = std::move(question);
    one.assertions.emplace_back();
    return one;
}

// "rule case other", a line each.
std::string linted(const evals::Suite& suite, const evals::CaseRecords& records = {})
{
    std::string all;
    for (const evals::LintFinding& finding : evals::lint(suite, records)) {
        all += std::string(toString(finding.rule)) + " " + finding.caseId +
               (finding.other.empty() ? "" : " " + finding.other) + "\n";
    }
    return all;
}

evals::Suite suiteOf(std::vector<evals::Case> cases)
{
    evals::Suite suite;
    suite.cases = std::move(cases);
    return suite;
}

} // namespace

class TestLint : public QObject {
    Q_OBJECT

private slots:
    void questionsThatAreTheSameAreFound_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("found");
        QTest::newRow("the same words in another dress") << "Who approves break-glass access?"
                                                         << "who approves BREAK-GLASS access"
                                                         << "duplicate b a\n";
        QTest::newRow("one word of many differs")
            << "how long are the security logs of the payment gateway kept in the archive"
            << "how long are the security logs of the payment gateway kept in an archive"
            << "duplicate b a\n";
        QTest::newRow("a number differs")
            << "how long may a SEV 1 page wait before the on call engineer must have answered it"
            << "how long may a SEV 2 page wait before the on call engineer must have answered it"
            << "";
        QTest::newRow("other questions") << "Who approves access?"
                                         << "How long are logs kept?"
                                         << "";
    }

    void questionsThatAreTheSameAreFound()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, found);
        QCOMPARE(linted(suiteOf({ask("a", first.toStdString()), ask("b", second.toStdString())})),
                 found.toStdString());
    }

    void theSameQuestionAtAnotherDateIsAnotherCase()
    {
        auto cases = std::vector{ask("a", "How soon?"), ask("b", "How soon?")};
        cases[1].asOf = *parseDate("2025-06-01");
        QCOMPARE(linted(suiteOf(cases)), std::string());
    }

    void labelsThatContradictAreFound_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("a refusal and an answer") << 0;
        QTest::newRow("other facts") << 1;
        QTest::newRow("other documents") << 2;
    }

    void labelsThatContradictAreFound()
    {
        QFETCH(int, what);
        auto cases = std::vector{ask("a", "How soon?"), ask("b", "how soon")};
        if (what == 0) {
            cases[0].expected.refuses = true;
            cases[1].expected.refuses = false;
        } else if (what == 1) {
            cases[0].expected.facts = {"5 minutes"};
            cases[1].expected.facts = {"9 minutes"};
        } else {
            cases[0].expected.documents = {"A"};
            cases[1].expected.documents = {"B"};
        }
        QCOMPARE(linted(suiteOf(cases)), std::string("contradiction b a\n"));
    }

    void aQuestionThatHoldsItsAnswerLeaks()
    {
        auto one = ask("a", "Is it 5  Minutes or 9?");
        one.expected.facts = {"5 minutes"};
        QCOMPARE(linted(suiteOf({one})), std::string("leak a\n"));
    }

    void lengthAloneMustNotTellRefusals()
    {
        evals::Suite suite;
        for (int i = 0; i < 40; ++i) {
            const bool refuses = i % 2 == 0;
            auto one = ask("c" + std::to_string(i), std::string(refuses ? 80 : 10, 'x') + std::to_string(i));
            one.expected.refuses = refuses;
            suite.cases.push_back(one);
        }
        QCOMPARE(linted(suite), std::string("leak \n"));
        for (std::size_t i = 0; i < suite.cases.size(); i += 3) {
            suite.cases[i].expected.refuses = !*suite.cases[i].expected.refuses;
        }
        QCOMPARE(linted(suite), std::string());
    }

    void placeAloneMustNotGiveTheAnswer()
    {
        evals::Suite suite;
        for (std::size_t i = 0; i < 30; ++i) {
            auto one = ask("c" + std::to_string(i), "question " + std::to_string(i * 7919));
            one.expected.start = i;
            one.expected.end = i + 20;
            suite.cases.push_back(one);
        }
        QCOMPARE(linted(suite), std::string("leak \n"));
        for (std::size_t i = 0; i < 10; ++i) {
            suite.cases[i].expected.start = 2'000;
            suite.cases[i].expected.end = 2'020;
        }
        QCOMPARE(linted(suite), std::string());
    }

    void aCaseNeverRightIsFound()
    {
        const auto suite = suiteOf({ask("a", "one"), ask("b", "two"), ask("c", "three")});
        QCOMPARE(linted(suite, {{"a", {3, 0}}, {"b", {3, 1}}, {"c", {1, 0}}}),
                 std::string("never_right a\n"));
    }

    void whatAsksOrHoldsNothingIsFound()
    {
        auto one = ask("a", " ");
        auto other = ask("b", "something");
        other.assertions.clear();
        QCOMPARE(linted(suiteOf({one, other})), std::string("empty a\nempty b\n"));
    }
};

QTEST_APPLESS_MAIN(TestLint)
#include "tst_lint.moc"
