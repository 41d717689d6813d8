// 20,000 cases of 4 versions: opened, filtered, sorted, searched and stepped through, without a wait and in
// little memory.
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "app/workspace/workspace.h"
#include "tests/support/temporary_folder.h"
#include "tests/ui/support/fake_evals.h"
#include "tests/ui/support/gap_meter.h"
#include "ui/evals/case_panel.h"
#include "ui/evals/evals_page.h"
#include "ui/evals/matrix_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/shell/evals_services.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using plumbline::tests::measure;
using plumbline::tests::Measured;
using plumbline::tests::Script;
using plumbline::tests::spin;

namespace {

constexpr double kMegabyte = 1'048'576;

// Most that this process had in memory so far; /proc/self/status, VmHWM.
double peakMegabytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const auto at = text.indexOf("VmHWM:");
    return text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toDouble() * 1024 / kMegabyte;
}

constexpr int kCases = 20'000;
constexpr int kVariants = 4;
constexpr const char* kOtherRun = "r-20261119-160000-c3d7";

void mustHold(const plumbline::Result<void>& done)
{
    if (!done)
        qFatal("%s", done.error().describe().c_str());
}

plumbline::evals::CaseResult resultOf(int number, int variant)
{
    plumbline::evals::CaseResult result;
    result.caseId = "case-" + std::to_string(100'000 + number);
    result.variant = variant;
    result.passed = number % 17 != 0 && !(number % 11 == 0 && variant + 1 == kVariants);
    result.score = result.passed ? 1 : 0.4;
    result.output = "Answer " + std::to_string(number) + " of version " + std::to_string(variant) +
                    ": the certificate is rotated 30 days before it expires.";
    result.figures = {{"grounded", result.score}, {"hit@5", 1}, {"mrr", 0.8}};
    plumbline::evals::AssertionResult check;
    check.name = "answers-fact";
    check.outcome = result.passed ? plumbline::evals::Outcome::Passed : plumbline::evals::Outcome::Failed;
    check.score = result.score;
    check.reason = "the answer holds \"30 days\"";
    result.assertions = {check};
    result.latency.total = 12 + number % 5;
    result.cost = plumbline::Money{};
    return result;
}

// Two runs of the suite in a store of their own.
std::shared_ptr<plumbline::workspace::Workspace> storedRuns(const plumbline::tests::TemporaryFolder& folder)
{
    folder.write("workspace.yaml", "name: large\nactor: A Tester\n");
    auto opened = plumbline::workspace::Workspace::open(folder.path());
    if (!opened)
        qFatal("%s", opened.error().describe().c_str());
    std::shared_ptr<plumbline::workspace::Workspace> workspace = std::move(*opened);
    plumbline::evals::Suite suite;
    suite.name = "golden";
    suite.digest = "d";
    for (int i = 0; i < kCases; ++i) {
        plumbline::evals::Case one;
        one.id = resultOf(i, 0).caseId;
        one.question = "How long before it expires is certificate " + std::to_string(i) + " rotated?";
        one.cluster = "DOC-" + std::to_string(i % 400);
        one.tags = {i % 2 == 0 ? "half:tune" : "half:test"};
        suite.cases.push_back(std::move(one));
    }
    for (const char* id : {kOtherRun, plumbline::tests::kBankRun}) {
        plumbline::evals::Run run = plumbline::tests::bankRuns().front().run;
        run.id = id;
        run.settings.suiteDigest = suite.digest;
        run.settings.variants.clear();
        for (int i = 1; i <= kVariants; ++i)
            run.settings.variants.push_back(
                plumbline::tests::bankVariant("policy-answer@v" + std::to_string(i), "embedded"));
        run.planned = std::int64_t{kCases} * kVariants;
        mustHold(workspace->runs().create(run, suite));
        std::vector<plumbline::evals::CaseResult> batch;
        for (int i = 0; i < kCases; ++i) {
            for (int variant = 0; variant < kVariants; ++variant)
                batch.push_back(resultOf(i, variant));
            if (batch.size() >= 8'000 || i + 1 == kCases) {
                mustHold(workspace->runs().add(id, batch));
                batch.clear();
            }
        }
        mustHold(workspace->runs().finish(id, plumbline::evals::RunState::Finished, {},
                                          plumbline::tests::fixedNow()));
    }
    return workspace;
}

void press(QWidget& widget, Qt::Key key, int times)
{
    for (int i = 0; i < times; ++i) {
        QTest::keyClick(&widget, key);
        spin(20);
    }
}

} // namespace

class TestLargeMatrix : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWindowNeverWaits_data()
    {
        QTest::addColumn<bool>("stored");
        QTest::newRow("with services that answer at once") << false;
        QTest::newRow("from the store") << true;
    }
    void theWindowNeverWaits()
    {
        QFETCH(const bool, stored);
        widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1);
        const auto script = std::make_shared<Script>();
        jobs::JobList jobs;
        const plumbline::tests::TemporaryFolder folder;
        evals::Services services =
            plumbline::tests::fakeEvals(script, plumbline::tests::manyCases(kCases, kVariants));
        if (stored) {
            const auto workspace = storedRuns(folder);
            services = shell::evalsServices(workspace, workspace->actor());
        }
        evals::EvalsPage page(services, jobs);
        page.resize(1280, 800);
        QSignalSpy filtered(&page.matrix(), &evals::MatrixPanel::filtered);
        page.show();
        QVERIFY(filtered.wait(20'000));
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QTest::qWait(300);
        auto& panel = page.matrix();
        QTableView& table = panel.table();
        QCOMPARE(table.model()->rowCount(), kCases);
        const Measured idle = measure([] { spin(1500); });

        const Measured opening = measure([&] {
            for (const char* run : {kOtherRun, plumbline::tests::kBankRun}) {
                QSignalSpy shown(&page, &evals::EvalsPage::runShown);
                page.open(QString::fromLatin1(run));
                while (shown.isEmpty())
                    spin(20);
                spin(400); // sorted, and a case read
            }
        });
        const Measured scrolling = measure([&] {
            for (int i = 0; i < 120; ++i) {
                table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() * (i % 40) / 40);
                spin(8);
            }
        });
        const Measured filtering = measure([&] {
            table.setFocus();
            press(table, Qt::Key_F, 10);
            for (auto filter :
                 {evals::CaseFilter::Changed, evals::CaseFilter::Flaky, evals::CaseFilter::All}) {
                panel.chip(filter).click();
                spin(150);
            }
        });
        const Measured sorting = measure([&] {
            for (int column = 0; column < table.model()->columnCount(); ++column) {
                table.horizontalHeader()->setSortIndicator(column, Qt::DescendingOrder);
                spin(150);
            }
            table.horizontalHeader()->setSortIndicator(0, Qt::AscendingOrder);
            spin(150);
        });
        const Measured searching = measure([&] {
            page.focusSearch();
            for (const QChar letter : QStringLiteral("how often case-1197")) {
                QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
                spin(40);
            }
            spin(200);
            qobject_cast<QLineEdit*>(QApplication::focusWidget())->clear();
            spin(250);
        });
        const QString before = page.casePanel().shownCase();
        const Measured stepping = measure([&] {
            table.setFocus();
            press(table, Qt::Key_N, 60);
            press(table, Qt::Key_P, 20);
            press(table, Qt::Key_Down, 40);
            press(table, Qt::Key_PageDown, 20);
            press(table, Qt::Key_End, 1);
            press(table, Qt::Key_Home, 1);
            press(table, Qt::Key_N, 3);
        });
        QVERIFY(page.casePanel().shownCase() != before);
        for (const auto& [name, measured] :
             {std::pair("idle", idle), std::pair("opening", opening), std::pair("scrolling", scrolling),
              std::pair("filtering", filtering), std::pair("sorting", sorting),
              std::pair("searching", searching), std::pair("stepping", stepping)})
            qInfo("%s: p99 %.1f ms, worst %.1f ms, own computing at most %.1f ms", name, measured.p99,
                  measured.worst, measured.busiest);
        const double memory = peakMegabytes();
        qInfo("most memory: %.0f MB", memory);
        for (const Measured& measured : {opening, scrolling, filtering, sorting, searching, stepping}) {
            QVERIFY2(measured.p99 < 16, qPrintable(QString::number(measured.p99)));
            QVERIFY2(measured.worst < idle.worst + 50, qPrintable(QString::number(measured.worst)));
        }
        QVERIFY2(memory > 0 && memory < 600, qPrintable(QString::number(memory)));
    }
};

QTEST_MAIN(TestLargeMatrix)
#include "tst_large_matrix.moc"
