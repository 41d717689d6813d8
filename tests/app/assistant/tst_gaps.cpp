// What of a question a sentence lacks, by what stands before it in the question.
#include <QTest>

#undef signals // the header has parameters called so

#include "app/assistant/gaps.h"

using namespace plumbline::assistant;

namespace {

QuestionTerm termAfter(Follows follows, double weight = 3)
{
    QuestionTerm term;
    term.follows = follows;
    term.weight = weight;
    return term;
}

double of(const Signals& signals, Signal signal, std::size_t offset = 0)
{
    return signals[static_cast<std::size_t>(signal) + offset];
}

} // namespace

class TestGaps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAStopWordIsToTheNextTerm_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("follows");
        QTest::newRow("a preposition") << "of" << static_cast<int>(Follows::Preposition);
        QTest::newRow("an article, in capitals") << "The" << static_cast<int>(Follows::Article);
        QTest::newRow("a verb") << "must" << static_cast<int>(Follows::Verb);
        QTest::newRow("the subject of a verb") << "we" << static_cast<int>(Follows::Verb);
        QTest::newRow("anything else") << "how" << static_cast<int>(Follows::Other);
    }
    void tellsWhatAStopWordIsToTheNextTerm()
    {
        QFETCH(QString, word);
        QFETCH(int, follows);
        QCOMPARE(static_cast<int>(followsWord(word.toStdString())), follows);
    }

    void countsWhatIsLackingByWhatStandsBefore()
    {
        Question question;
        question.terms = {termAfter(Follows::Other), termAfter(Follows::Preposition),
                          termAfter(Follows::Preposition), termAfter(Follows::Article)};
        Signals signals{};
        measureGaps(signals, question,
                    {TermPlace::Own, TermPlace::Passage, TermPlace::Nowhere, TermPlace::Title});
        const auto preposition = static_cast<std::size_t>(Follows::Preposition);
        QCOMPARE(of(signals, Signal::LackingAfter, preposition), 1.0);
        QCOMPARE(of(signals, Signal::FarAfter, preposition), 0.5);
        QCOMPARE(of(signals, Signal::LackingAfter, static_cast<std::size_t>(Follows::Article)), 0.0);
        QCOMPARE(of(signals, Signal::LackingAfter, static_cast<std::size_t>(Follows::Other)), 0.0);
    }

    void tellsWhichOfTwoNeighboursIsLacking()
    {
        Question question;
        question.terms = {termAfter(Follows::Nothing, 7.5), termAfter(Follows::Term),
                          termAfter(Follows::Preposition), termAfter(Follows::Term)};
        Signals signals{};
        measureGaps(signals, question,
                    {TermPlace::Elsewhere, TermPlace::Own, TermPlace::Own, TermPlace::Passage});
        QCOMPARE(of(signals, Signal::PairFirstLacks), 0.5);
        QCOMPARE(of(signals, Signal::PairFirstFar), 0.5);
        QCOMPARE(of(signals, Signal::PairRarest), 1.0);
        QCOMPARE(of(signals, Signal::PairSecondLacks), 0.5);
        QCOMPARE(of(signals, Signal::PairSecondFar), 0.0);
        QCOMPARE(of(signals, Signal::PairBoth), 0.0);
        QCOMPARE(of(signals, Signal::PairNone), 0.0);
    }

    void partsOfAnIdentifierAreNoTermsOfTheirOwn()
    {
        Question question;
        question.terms = {termAfter(Follows::Nothing), termAfter(Follows::Term)};
        question.terms.back().part = true;
        Signals signals{};
        measureGaps(signals, question, {TermPlace::Own, TermPlace::Nowhere});
        QCOMPARE(signals, Signals{});
    }
};

QTEST_GUILESS_MAIN(TestGaps)
#include "tst_gaps.moc"
