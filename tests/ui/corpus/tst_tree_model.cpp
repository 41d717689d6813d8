#include <QAbstractItemModelTester>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/corpus/tree_model.h"

using namespace plumbline::ui::corpus;

namespace {

void print(const TreeModel& model, const QModelIndex& parent, int depth, QStringList& lines)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString state = index.siblingAtColumn(TreeModel::State).data().toString();
        lines << QString(depth * 2, u' ') + index.data().toString() +
                     (state.isEmpty() ? QString() : QStringLiteral(" [%1]").arg(state));
        print(model, index, depth + 1, lines);
    }
}

QString printed(const TreeModel& model)
{
    QStringList lines;
    print(model, {}, 0, lines);
    return lines.join(u'\n');
}

Rows bank()
{
    return std::make_shared<const std::vector<plumbline::corpus::DocumentRow>>(plumbline::tests::bankRows());
}

} // namespace

class TestTreeModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foldersComeFirstAndCarryTheirCounts()
    {
        TreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(buildTree(bank(), {}, {}));
        QCOMPARE(printed(model),
                 QStringLiteral("access  2\n"
                                "  IAM-001  Joiner, Mover, Leaver [In force]\n"
                                "  IAM-003  Break-glass Access [In review]\n"
                                "incident-response  1\n"
                                "  IR-001  Incident Classification and Response Times [In force]\n"
                                "kyc  2\n"
                                "  KYC-007  Enhanced Due Diligence [Expired]\n"
                                "  KYC-009  Sanctions Screening [Not yet effective]\n"
                                "operations  3\n"
                                "  site-plan.pdf [Skipped]\n"
                                "  OPS-002  Data Centre Evacuation [In force]\n"
                                "  OPS-099  Supplier Handbook [Quarantined]\n"
                                "payments  3\n"
                                "  PAY-014  Certificate Rotation for Payment Gateways [In force]\n"
                                "  PAY-020  Chargeback Handling [In force]\n"
                                "  PAY-031  Instant Payments Limits [Draft]\n"
                                "superseded  1\n"
                                "  IR-001  Incident Classification and Response Times [Superseded]"));
    }

    void theFilterKeepsWhatHasAllWordsAndTheState_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("shown");
        QTest::newRow("no filter shows all") << ""
                                             << "" << 12;
        QTest::newRow("a word of the title, any case") << "CERTIFICATE"
                                                       << "" << 1;
        QTest::newRow("two words of different facts") << "pay- limits"
                                                      << "" << 1;
        QTest::newRow("a word of the path") << "superseded/"
                                            << "" << 1;
        QTest::newRow("the owner") << "commander"
                                   << "" << 11;
        QTest::newRow("a state") << ""
                                 << "draft" << 1;
        QTest::newRow("a state and a word") << "incident"
                                            << "superseded" << 1;
        QTest::newRow("quarantine is a state of its own") << ""
                                                          << "quarantined" << 1;
        QTest::newRow("nothing fits") << "zebra"
                                      << "" << 0;
    }
    void theFilterKeepsWhatHasAllWordsAndTheState()
    {
        QFETCH(const QString, words);
        QFETCH(const QString, state);
        QFETCH(const int, shown);
        TreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(buildTree(bank(), {words, state}, {}));
        QCOMPARE(static_cast<int>(model.tree().shown), shown);
        QCOMPARE(model.rowCount() > 0, shown > 0);
    }

    void aDocumentIsFoundByKeyIdAndPath_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("version");
        QTest::newRow("id and version") << "IR-001@2.4"
                                        << "2.4";
        QTest::newRow("path") << "documents/superseded/IR-001-v2.4.md"
                              << "2.4";
        QTest::newRow("id alone gives the first") << "PAY-014"
                                                  << "1.2";
        QTest::newRow("unknown gives none") << "PAY-999"
                                            << "";
    }
    void aDocumentIsFoundByKeyIdAndPath()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, version);
        TreeModel model;
        model.setTree(buildTree(bank(), {}, {}));
        const QModelIndex index = model.find(key);
        QCOMPARE(index.siblingAtColumn(TreeModel::Version).data().toString(), version);
        QCOMPARE(index.isValid(), !version.isEmpty());
    }

    void aLargeTreeKeepsTheModelContract()
    {
        TreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(buildTree(std::make_shared<const std::vector<plumbline::corpus::DocumentRow>>(
                                    plumbline::tests::manyRows(500, 60)),
                                {}, {}));
        QCOMPARE(model.rowCount(), 9);
        QCOMPARE(model.rowCount(model.index(0, 0)), 60);
        QVERIFY(model.parent(model.index(3, 0, model.index(2, 0))) == model.index(2, 0));
    }

    void aStoppedBuildGivesUpEarly()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(buildTree(bank(), {}, stop.get_token())->shown, std::size_t{0});
    }
};

QTEST_MAIN(TestTreeModel)
#include "tst_tree_model.moc"
