#include <QtTest>

#include "tests/ui/support/fake_evals.h"
#include "ui/evals/matrix_order.h"

using namespace plumbline::ui::evals;

namespace {

// "pp" two repeats that passed, "ff" two that did not, "pf" one of each, "e" broken off, "x" not executable,
// "-" not run.
MatrixCell cellOf(const char* drawn)
{
    MatrixCell cell;
    for (const char* at = drawn; *at != '\0'; ++at) {
        if (*at == '-')
            continue;
        ++cell.repeats;
        cell.passed = static_cast<std::uint8_t>(cell.passed + (*at == 'p' ? 1 : 0));
        cell.broken = static_cast<std::uint8_t>(cell.broken + (*at == 'e' ? 1 : 0));
        cell.notExecutable = cell.notExecutable || *at == 'x';
    }
    cell.score = cell.repeats == 0 ? 0 : static_cast<float>(cell.passed) / static_cast<float>(cell.repeats);
    return cell;
}

std::shared_ptr<const Matrix> matrixOf(std::initializer_list<std::pair<const char*, const char*>> rows)
{
    auto matrix = std::make_shared<Matrix>();
    matrix->columns = {{"r-1", 0, "p@v1", "m", ""}, {"r-1", 1, "p@v2", "m", ""}};
    int number = 0;
    for (const auto& [before, after] : rows) {
        matrix->cases.push_back({"c" + std::to_string(++number),
                                 "question " + std::string(1, static_cast<char>('z' - number)), "DOC", "",
                                 "tag"});
        matrix->cells.push_back(cellOf(before));
        matrix->cells.push_back(cellOf(after));
    }
    return matrix;
}

MatrixRequest pair(CaseFilter filter = CaseFilter::All, const QString& words = {})
{
    MatrixRequest request;
    request.baseline = 0;
    request.candidate = 1;
    request.filter = filter;
    request.words = words;
    return request;
}

QString shown(const MatrixOrder& order)
{
    QStringList ids;
    for (const std::uint32_t row : order.rows)
        ids << QString::fromStdString(order.matrix->cases[row].id);
    return ids.join(u' ');
}

} // namespace

class TestMatrixOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGravestThingOfACellIsItsState_data()
    {
        QTest::addColumn<QString>("drawn");
        QTest::addColumn<CellState>("state");
        QTest::newRow("nothing there") << "-" << CellState::NotRun;
        QTest::newRow("all passed") << "ppp" << CellState::Passed;
        QTest::newRow("none passed") << "ff" << CellState::Failed;
        QTest::newRow("repeats differ") << "ppf" << CellState::Flaky;
        QTest::newRow("an error among passes is an error") << "ppe" << CellState::Error;
        QTest::newRow("a check that could not run is no pass") << "px" << CellState::NotExecutable;
    }
    void theGravestThingOfACellIsItsState()
    {
        QFETCH(const QString, drawn);
        QFETCH(const CellState, state);
        QCOMPARE(stateOf(cellOf(qPrintable(drawn))), state);
    }

    void aChangeIsByShareOfRepeats_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<CaseChange>("change");
        QTest::newRow("broken") << "ppp"
                                << "fff" << CaseChange::Broken;
        QTest::newRow("fixed") << "ff"
                               << "pp" << CaseChange::Fixed;
        QTest::newRow("passes less often") << "ppp"
                                           << "ppf" << CaseChange::LessOften;
        QTest::newRow("passes more often and still rarely") << "fff"
                                                            << "pff" << CaseChange::MoreOften;
        QTest::newRow("flaky to the same degree") << "pf"
                                                  << "fp" << CaseChange::Same;
        QTest::newRow("other numbers of repeats, the same share") << "pf"
                                                                  << "ppff" << CaseChange::Same;
        QTest::newRow("an answer that broke off is broken") << "p"
                                                            << "e" << CaseChange::Broken;
        QTest::newRow("not run is no change") << "p"
                                              << "-" << CaseChange::Same;
    }
    void aChangeIsByShareOfRepeats()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        QFETCH(const CaseChange, change);
        QCOMPARE(changeOf(cellOf(qPrintable(before)), cellOf(qPrintable(after))), change);
    }

    void filtersShowTheirCasesAndCountThoseOfAll_data()
    {
        QTest::addColumn<CaseFilter>("filter");
        QTest::addColumn<QString>("cases");
        QTest::newRow("all, regressions first, fixes last") << CaseFilter::All << "c2 c5 c1 c4 c7 c6 c3";
        QTest::newRow("failures are the candidate's") << CaseFilter::Failures << "c2 c5 c4 c7";
        QTest::newRow("changed") << CaseFilter::Changed << "c2 c5 c6 c3";
        QTest::newRow("flaky in either") << CaseFilter::Flaky << "c7 c6";
        QTest::newRow("errors and what could not run") << CaseFilter::Errors << "c5 c4";
    }
    void filtersShowTheirCasesAndCountThoseOfAll()
    {
        QFETCH(const CaseFilter, filter);
        QFETCH(const QString, cases);
        const auto matrix = matrixOf({{"pp", "pp"},   // c1
                                      {"pp", "ff"},   // c2 broken
                                      {"ff", "pp"},   // c3 fixed
                                      {"x", "x"},     // c4
                                      {"p", "e"},     // c5
                                      {"pf", "p-"},   // c6: flaky before, passes now
                                      {"pf", "pf"}}); // c7
        const auto order = orderOf(matrix, pair(filter), {});
        QCOMPARE(shown(*order), cases);
        QCOMPARE(order->counts[0], std::size_t{7});
        QCOMPARE(order->counts[static_cast<std::size_t>(CaseFilter::Errors)], std::size_t{2});
        QCOMPARE(order->broken, std::size_t{2});
        QCOMPARE(order->fixed, std::size_t{1});
    }

    void withoutABaselineNothingChanged()
    {
        auto request = pair(CaseFilter::Changed);
        request.baseline = -1;
        const auto order = orderOf(matrixOf({{"p", "f"}, {"f", "p"}}), request, {});
        QVERIFY(order->rows.empty());
        QCOMPARE(order->counts[static_cast<std::size_t>(CaseFilter::Failures)], std::size_t{1});
    }

    void sortsByWhatIsAsked_data()
    {
        QTest::addColumn<CaseSort>("sort");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("cases");
        QTest::newRow("by case") << CaseSort::Id << false << "c1 c2 c3";
        QTest::newRow("by case, from the last") << CaseSort::Id << true << "c3 c2 c1";
        QTest::newRow("by question") << CaseSort::Question << false << "c3 c2 c1";
        QTest::newRow("by score of the candidate, the worst first") << CaseSort::Score << false << "c2 c3 c1";
        QTest::newRow("fixes first") << CaseSort::Change << true << "c3 c1 c2";
        QTest::newRow("what is equal keeps its order") << CaseSort::Tags << false << "c1 c2 c3";
    }
    void sortsByWhatIsAsked()
    {
        QFETCH(const CaseSort, sort);
        QFETCH(const bool, descending);
        QFETCH(const QString, cases);
        auto request = pair();
        request.sort = sort;
        request.descending = descending;
        request.scoreOf = 1;
        QCOMPARE(shown(*orderOf(matrixOf({{"pp", "pp"}, {"pp", "ff"}, {"ff", "pf"}}), request, {})), cases);
    }

    void allWordsMustOccur()
    {
        const auto matrix = plumbline::tests::bankMatrix();
        QCOMPARE(shown(*orderOf(matrix, pair(CaseFilter::All, QStringLiteral("EXPIRES a-008")), {})),
                 QStringLiteral("A-008"));
        QVERIFY(orderOf(matrix, pair(CaseFilter::All, QStringLiteral("expires nowhere")), {})->rows.empty());
    }

    void theFileOfValuesQuotesAndTakesTheFormulaAway()
    {
        auto matrix = std::make_shared<Matrix>(*matrixOf({{"pp", "pf"}}));
        matrix->cases[0].question = "=HYPERLINK(\"x\"), \"two\"\nlines";
        const QByteArray text = csvOf(*orderOf(matrix, pair(), {}));
        const QByteArray line = text.mid(text.indexOf("\r\n") + 2);
        QVERIFY2(
            line.startsWith("c1,\"'=HYPERLINK(\"\"x\"\"), \"\"two\"\"\nlines\",less often,passed,2,2,1.000,"),
            line.constData());
        QVERIFY2(text.startsWith("case,question,change,p@v1 / m,p@v1 / m passed,"), text.constData());
    }

    void aRequestToStopIsHeard()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(orderOf(plumbline::tests::manyCases(2'000, 2), pair(), stop.get_token())->rows.empty());
    }
};

QTEST_APPLESS_MAIN(TestMatrixOrder)
#include "tst_matrix_order.moc"
