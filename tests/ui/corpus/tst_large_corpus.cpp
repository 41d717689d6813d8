// 20,000 documents: the event loop never waits, while a person scrolls, filters and types.
#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTreeView>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "tests/ui/support/gap_meter.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/tree_model.h"
#include "ui/corpus/tree_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using plumbline::tests::measure;
using plumbline::tests::Measured;
using plumbline::tests::Script;
using plumbline::tests::spin;

class TestLargeCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWindowNeverWaits_data()
    {
        QTest::addColumn<int>("perFolder");
        QTest::newRow("in folders of 200") << 200;
        QTest::newRow("in one folder") << 20'000;
    }
    void theWindowNeverWaits()
    {
        QFETCH(const int, perFolder);
        widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1);
        const auto script = std::make_shared<Script>();
        jobs::JobList jobs;
        corpus::CorpusPage page(
            plumbline::tests::fakeCorpus(
                script, plumbline::tests::manyRows(20'000, static_cast<std::size_t>(perFolder))),
            jobs);
        page.resize(1280, 800);
        QSignalSpy filtered(&page.tree(), &corpus::TreePanel::filtered);
        page.show();
        QVERIFY(filtered.wait(20'000));
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QTest::qWait(300);
        const Measured idle = measure([] { spin(1500); });

        auto& view = page.tree().view();
        const Measured scrolling = measure([&] {
            view.expand(page.tree().model().index(0, 0));
            for (int i = 0; i < 120; ++i) {
                view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() * (i % 40) / 40);
                spin(8);
            }
        });
        const Measured typing = measure([&] {
            page.focusFilter();
            for (const QString& word :
                 {QStringLiteral("doc-01"), QStringLiteral("procedure 1"), QStringLiteral("payments")}) {
                for (const QChar letter : word) {
                    QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
                    spin(40);
                }
                spin(250);
                qobject_cast<QLineEdit*>(QApplication::focusWidget())->clear();
                spin(250);
            }
        });
        for (const auto& [name, measured] :
             {std::pair("idle", idle), std::pair("scrolling", scrolling), std::pair("typing", typing)})
            qInfo("%s: p99 %.1f ms, worst %.1f ms, own computing at most %.1f ms", name, measured.p99,
                  measured.worst, measured.busiest);
        for (const Measured& measured : {scrolling, typing}) {
            QVERIFY2(measured.busiest < 16, qPrintable(QString::number(measured.busiest)));
            QVERIFY2(measured.p99 < 16, qPrintable(QString::number(measured.p99)));
            QVERIFY2(measured.worst < idle.worst + 50, qPrintable(QString::number(measured.worst)));
        }
    }
};

QTEST_MAIN(TestLargeCorpus)
#include "tst_large_corpus.moc"
