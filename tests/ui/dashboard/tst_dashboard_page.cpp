#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QtCharts/QLineSeries>
#include <QtTest>

#include "tests/ui/support/fake_dashboard.h"
#include "tests/ui/support/gap_meter.h"
#include "ui/dashboard/chart_card.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/dashboard/failures_panel.h"
#include "ui/dashboard/filter_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using dashboard::ChartCard;
using dashboard::ChartView;
using dashboard::DashboardPage;
using dashboard::SeriesModel;
using dashboard::TimeRange;
using plumbline::tests::Script;
using widgets::PageStates;

namespace {

struct Desk {
    std::shared_ptr<Script> script;
    jobs::JobList jobs;
    DashboardPage page;

    explicit Desk(std::shared_ptr<Script> with = std::make_shared<Script>())
        : Desk(plumbline::tests::fakeDashboard(with), with)
    {
    }
    Desk(dashboard::Services services, std::shared_ptr<Script> with)
        : script(std::move(with)), page(std::move(services), jobs)
    {
        page.resize(1300, 900);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    void ready()
    {
        QTRY_VERIFY(page.states().state() == PageStates::State::Ready);
        QTest::qWait(20);
    }
    ChartCard& card(const char* key) const
    {
        for (ChartCard* card : page.cards()) {
            if (card->model().spec().key == QLatin1StringView(key))
                return *card;
        }
        qFatal("no such card");
    }
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page.findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
};

QString cell(const QTableView& table, int row, int column)
{
    return table.model()->index(row, column).data().toString();
}

int rowOf(const SeriesModel& model, const char* run, std::size_t variant)
{
    const auto& rows = model.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].run == QLatin1StringView(run) && rows[i].variant == variant)
            return static_cast<int>(i);
    }
    return -1;
}

void drag(ChartView& chart, QPoint from, QPoint to)
{
    QWidget* ground = chart.viewport();
    QTest::mousePress(ground, Qt::LeftButton, {}, from);
    QTest::mouseMove(ground, (from + to) / 2);
    QTest::mouseMove(ground, to);
    QTest::mouseRelease(ground, Qt::LeftButton, {}, to);
}

} // namespace

class TestDashboardPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1); }

    void tableAndChartShowTheSameFigures()
    {
        Desk desk;
        desk.ready();
        for (ChartCard* card : desk.page.cards()) {
            const SeriesModel& model = card->model();
            QCOMPARE(card->table().model()->rowCount(), model.rowCount());
            // What is drawn, back in values and times, is what the table says.
            QStringList drawn;
            for (const auto* series : card->chart().chart()->series()) {
                for (const QPointF& point : static_cast<const QLineSeries*>(series)->points())
                    drawn << dashboard::figureText(model.spec().unit, point.y());
            }
            QStringList read;
            for (int row = 0; row < model.rowCount(); ++row)
                read << cell(card->table(), row, SeriesModel::Value);
            drawn.sort();
            read.sort();
            QCOMPARE(drawn, read);
            for (const auto& point : card->chart().plot().points) {
                const auto& row = model.rows()[static_cast<std::size_t>(point.row)];
                QVERIFY(std::abs(card->chart().plot().valueAt(point.low) - row.low) < 1e-6 * (1 + row.low));
                QVERIFY(std::abs(card->chart().plot().valueAt(point.high) - row.high) <
                        1e-6 * (1 + row.high));
                QVERIFY(std::abs(point.x - card->chart().plot().xOf(row.at)) <= 12); // beside its run
            }
        }
        QVERIFY(desk.card("pass-rate").model().rowCount() == 18); // 12 runs of v3, 6 of v4
        QCOMPARE(cell(desk.card("pass-rate").table(), 0, SeriesModel::IntervalColumn),
                 QStringLiteral("80.7 – 90.7"));
    }

    void theModelsKeepTheRulesOfModels()
    {
        Desk desk;
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        for (ChartCard* card : desk.page.cards())
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                &card->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        desk.ready();
        desk.page.filter().chooseVariants(false);
        desk.page.filter().chooseVariants(true);
        desk.card("latency").table().sortByColumn(SeriesModel::Value, Qt::AscendingOrder);
        QCOMPARE(cell(desk.card("latency").table(), 0, SeriesModel::MeasureColumn), QStringLiteral("p50"));
    }

    void draggingZoomsAllChartsAndTheirTables()
    {
        Desk desk;
        desk.ready();
        ChartView& chart = desk.card("hallucination-rate").chart();
        const TimeRange whole = desk.page.filter().selection().range;
        const QPoint first = chart.placeOf(rowOf(desk.card("hallucination-rate").model(), "r-106", 0));
        const QPoint last = chart.placeOf(rowOf(desk.card("hallucination-rate").model(), "r-108", 0));
        drag(chart, first - QPoint(12, 0), last + QPoint(14, 30));
        const TimeRange zoomed = desk.page.filter().selection().range;
        QVERIFY(zoomed.length() < whole.length() / 3);
        for (const char* key : {"pass-rate", "hallucination-rate", "cost"}) {
            const SeriesModel& model = desk.card(key).model();
            QCOMPARE(model.rowCount(), qstrcmp(key, "cost") == 0 ? 3 : 6);
            QVERIFY(desk.card(key).chart().plot().range == zoomed);
            for (const auto& row : model.rows())
                QVERIFY(zoomed.holds(row.at));
        }
        QVERIFY(desk.button(QStringLiteral("Reset zoom"))->isEnabled());
        desk.button(QStringLiteral("Reset zoom"))->click();
        QVERIFY(desk.page.filter().selection().range == whole);
        QCOMPARE(desk.card("pass-rate").model().rowCount(), 18);
    }

    void aShortTwitchIsAClickAndNoZoom()
    {
        Desk desk;
        desk.ready();
        ChartView& chart = desk.card("pass-rate").chart();
        const TimeRange whole = desk.page.filter().selection().range;
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        const QPoint nowhere(chart.width() / 2, chart.height() * 3 / 4);
        drag(chart, nowhere, nowhere + QPoint(3, 0));
        QVERIFY(desk.page.filter().selection().range == whole);
        QVERIFY(links.isEmpty());
    }

    void escapeWhileDraggingLetsTheRangeBe()
    {
        Desk desk;
        desk.ready();
        ChartView& chart = desk.card("pass-rate").chart();
        const TimeRange whole = desk.page.filter().selection().range;
        QTest::mousePress(chart.viewport(), Qt::LeftButton, {}, QPoint(200, 80));
        QTest::mouseMove(chart.viewport(), QPoint(300, 80));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QTest::mouseRelease(chart.viewport(), Qt::LeftButton, {}, QPoint(320, 80));
        QVERIFY(desk.page.filter().selection().range == whole);
    }

    void aDoubleClickBesideThePointsResets()
    {
        Desk desk;
        desk.ready();
        ChartView& chart = desk.card("pass-rate").chart();
        drag(chart, QPoint(150, 80), QPoint(300, 80));
        QVERIFY(desk.page.filter().zoomed());
        QTest::mouseDClick(chart.viewport(), Qt::LeftButton, {},
                           QPoint(chart.width() / 2, chart.height() * 3 / 4));
        QVERIFY(!desk.page.filter().zoomed());
    }

    void aClickOnAPointOpensItsRun()
    {
        Desk desk;
        desk.ready();
        ChartCard& card = desk.card("pass-rate");
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        const int row = rowOf(card.model(), "r-109", 1);
        QTest::mouseClick(card.chart().viewport(), Qt::LeftButton, {}, card.chart().placeOf(row));
        QCOMPARE(links.size(), 1);
        const auto link = links.first().first().value<widgets::Link>();
        QVERIFY(link.page == widgets::Page::Evaluations);
        QCOMPARE(link.key, QStringLiteral("r-109"));
        QVERIFY2(card.reading().startsWith(QStringLiteral("policy-answer@v4 / gateway-eu, ")),
                 qPrintable(card.reading()));
        QCOMPARE(card.table().currentIndex().row(), row); // marked in the table too
    }

    void theKeyboardWalksThePointsAndOpensThem()
    {
        Desk desk;
        desk.ready();
        ChartCard& card = desk.card("pass-rate");
        ChartView& chart = card.chart();
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Right); // the newest of the first line
        QVERIFY2(card.reading().contains(QStringLiteral("run r-111")), qPrintable(card.reading()));
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(card.reading().contains(QStringLiteral("run r-110")));
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY2(card.reading().startsWith(QStringLiteral("policy-answer@v4")), qPrintable(card.reading()));
        QVERIFY(card.reading().contains(QStringLiteral("run r-110")));
        QCOMPARE(chart.accessibleDescription(), card.reading());
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(links.takeFirst().first().value<widgets::Link>().key, QStringLiteral("r-110"));
        QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(desk.page.filter().zoomed());
        QTest::keyClick(&chart, Qt::Key_0);
        QVERIFY(!desk.page.filter().zoomed());
    }

    void aRowOfTheTableMarksThePointAndOpensTheRun()
    {
        Desk desk;
        desk.ready();
        ChartCard& card = desk.card("latency");
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        card.table().setFocus();
        card.table().setCurrentIndex(card.table().model()->index(2, 0));
        QCOMPARE(card.chart().currentRow(), 2);
        QVERIFY(card.reading().contains(QStringLiteral("p99")));
        QTest::keyClick(&card.table(), Qt::Key_Return);
        QCOMPARE(links.first().first().value<widgets::Link>().key, QStringLiteral("r-111"));
    }

    void onlyTheNewestSuiteIsShownAtFirstAndNoLineJoinsTwo()
    {
        Desk desk;
        desk.ready();
        QVERIFY(desk.page.filter().selection().suite == QStringLiteral("golden"));
        desk.page.filter().chooseSuite({});
        const SeriesModel& model = desk.card("pass-rate").model();
        QCOMPARE(model.rowCount(), 19);
        for (const auto& line : desk.card("pass-rate").chart().plot().lines) {
            QSet<QString> suites;
            for (const std::size_t point : line.points)
                suites << model
                              .rows()[static_cast<std::size_t>(
                                  desk.card("pass-rate").chart().plot().points[point].row)]
                              .suite;
            QCOMPARE(suites.size(), 1);
        }
        QVERIFY(!desk.card("pass-rate").table().isColumnHidden(SeriesModel::Suite));
    }

    void anUncheckedVariantLeavesAllCharts()
    {
        Desk desk;
        desk.ready();
        QListView& list = desk.page.filter().variants();
        list.setFocus();
        list.setCurrentIndex(list.model()->index(0, 0));
        QTest::keyClick(&list, Qt::Key_Space);
        for (ChartCard* card : desk.page.cards()) {
            for (const auto& row : card->model().rows())
                QVERIFY(row.variant == 1);
        }
        desk.page.reload(); // and stays away
        QTRY_COMPARE(desk.card("pass-rate").model().rowCount(), 6);
        desk.ready();
        QCOMPARE(desk.card("pass-rate").model().rowCount(), 6);
    }

    void aHiddenFigureLeavesChartAndTable()
    {
        Desk desk;
        desk.ready();
        ChartCard& card = desk.card("latency");
        const int before = card.model().rowCount();
        for (auto* one : card.findChildren<QPushButton*>()) {
            if (one->text() == QStringLiteral("p99"))
                one->click();
        }
        QCOMPARE(card.model().rowCount(), before * 2 / 3);
        for (const auto& row : card.model().rows())
            QVERIFY(row.measure != 2);
    }

    void ratesAndCostBeginAtZeroWithUnits()
    {
        Desk desk;
        desk.ready();
        for (ChartCard* card : desk.page.cards()) {
            const auto axes = card->chart().chart()->axes(Qt::Vertical);
            QCOMPARE(axes.size(), 1);
            QCOMPARE(axes.first()->titleText(), card->model().spec().axis);
            QVERIFY(std::abs(card->chart().plot().valueAt(card->chart().plot().area.bottom())) < 1e-9);
        }
    }

    void aMomentStandsInOnePlaceInAllCharts()
    {
        Desk desk;
        desk.ready();
        const qint64 moment = desk.card("pass-rate").model().rows().front().at;
        const int place = desk.card("pass-rate").chart().placeAt(moment).x();
        for (ChartCard* card : desk.page.cards())
            QVERIFY(std::abs(card->chart().placeAt(moment).x() - place) <= 1);
    }

    void noLineLeadsOverAChangeOfTheSuite()
    {
        const auto script = std::make_shared<Script>();
        dashboard::Services services = plumbline::tests::fakeDashboard(script);
        services.read = [](std::stop_token,
                           const plumbline::ProgressFn&) -> plumbline::Result<dashboard::Reading> {
            dashboard::Reading reading = plumbline::tests::dashboardReading();
            for (std::size_t i = 8; i < reading.series.runs.size(); ++i)
                reading.series.runs[i].suiteDigest = "changed";
            return reading;
        };
        Desk desk(std::move(services), script);
        desk.ready();
        QCOMPARE(desk.card("pass-rate").chart().plot().lines.size(),
                 std::size_t(4)); // two variants, cut once
    }

    void onlyMovesOfThePromptsShownStandInCharts()
    {
        Desk desk;
        desk.ready();
        const ChartView& chart = desk.card("pass-rate").chart();
        QCOMPARE(chart.marks().size(), std::size_t(4));
        desk.page.filter().chooseVariants(false);
        QCOMPARE(chart.marks().size(), std::size_t(2)); // of the index
    }

    void changesAreListedAndOpenTheirPrompt()
    {
        Desk desk;
        desk.ready();
        QTableView& marks = desk.page.filter().marks();
        QCOMPARE(cell(marks, 0, 1), QStringLiteral("◆ production → v4"));
        QVERIFY(cell(marks, 2, 1) == QStringLiteral("□ index 4"));
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        marks.setFocus();
        marks.setCurrentIndex(marks.model()->index(0, 0));
        QTest::keyClick(&marks, Qt::Key_Return);
        const auto link = links.first().first().value<widgets::Link>();
        QVERIFY(link.page == widgets::Page::Prompts);
        QCOMPARE(link.key, QStringLiteral("policy-answer@v4"));
    }

    void whatFailsMostFollowsTheRangeAndOpensItsCase()
    {
        Desk desk;
        desk.ready();
        auto& failures = desk.page.failures();
        QTRY_VERIFY(failures.states().state() == PageStates::State::Ready);
        QTRY_COMPARE(cell(failures.cases(), 0, 2), QStringLiteral("12"));
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        failures.cases().setFocus();
        failures.cases().setCurrentIndex(failures.cases().model()->index(0, 0));
        QTest::keyClick(&failures.cases(), Qt::Key_Return);
        QCOMPARE(links.takeFirst().first().value<widgets::Link>().key,
                 QStringLiteral("r-111 pay-014-cutoff"));
        failures.prompts().setCurrentIndex(failures.prompts().model()->index(0, 0));
        QTest::keyClick(&failures.prompts(), Qt::Key_Return);
        QCOMPARE(links.takeFirst().first().value<widgets::Link>().key, QStringLiteral("r-111"));
        const auto whole = desk.page.filter().selection().range;
        desk.page.filter().zoomTo({whole.from, whole.from + whole.length() / 4});
        QTRY_COMPARE(cell(failures.cases(), 0, 2), QStringLiteral("3"));
    }

    void fiveStatesAreToldApart()
    {
        const auto script = std::make_shared<Script>();
        script->hang = true;
        Desk desk(script);
        QTRY_VERIFY(desk.page.states().message().contains(QStringLiteral("7 of 13 runs")));
        desk.button(QStringLiteral("Stop"))->click();
        QTRY_VERIFY(desk.page.states().state() == PageStates::State::Idle);
        script->hang = false;
        script->fail = true;
        desk.button(QStringLiteral("Read the runs"))->click();
        QTRY_VERIFY(desk.page.states().state() == PageStates::State::Failed);
        QVERIFY(desk.page.states().message().contains(QStringLiteral("input/output error")));
        script->fail = false;
        script->nothingIndexed = true;
        desk.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(desk.page.states().state() == PageStates::State::Empty);
        QSignalSpy links(&desk.page, &DashboardPage::linkActivated);
        desk.button(QStringLiteral("Go to Evaluations"))->click();
        QVERIFY(links.first().first().value<widgets::Link>().page == widgets::Page::Evaluations);
        script->nothingIndexed = false;
        desk.page.reload();
        desk.ready();
    }

    void whatWasLeftOutIsSaid()
    {
        const auto script = std::make_shared<Script>();
        dashboard::Services services = plumbline::tests::fakeDashboard(script);
        services.read = [](std::stop_token,
                           const plumbline::ProgressFn&) -> plumbline::Result<dashboard::Reading> {
            dashboard::Reading reading = plumbline::tests::dashboardReading();
            reading.left = {"r-7: the stored suite cannot be read"};
            return reading;
        };
        Desk desk(std::move(services), script);
        desk.ready();
        QVERIFY(desk.page.notice().contains(QStringLiteral("r-7: the stored suite cannot be read")));
    }

    void comingBackReadsAgain()
    {
        const auto script = std::make_shared<Script>();
        int reads = 0;
        dashboard::Services services = plumbline::tests::fakeDashboard(script);
        services.read = [read = services.read, &reads](std::stop_token stop,
                                                       const plumbline::ProgressFn& progress) {
            ++reads;
            return read(std::move(stop), progress);
        };
        Desk desk(std::move(services), script);
        desk.ready();
        QCOMPARE(reads, 1);
        QSignalSpy loaded(&desk.page, &DashboardPage::loaded);
        desk.page.hide();
        desk.page.show();
        QVERIFY(loaded.wait());
        QCOMPARE(reads, 2);
    }

    void figuresAndColumnsAreRemembered()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("console.ini"));
        {
            Desk desk;
            desk.ready();
            desk.card("latency").setMeasures({0});
            QSettings settings(file, QSettings::IniFormat);
            desk.page.saveState(settings);
        }
        Desk desk;
        const QSettings settings(file, QSettings::IniFormat);
        desk.page.restoreState(settings);
        desk.ready();
        QCOMPARE(desk.card("latency").measures(), std::set<std::size_t>{0});
        QCOMPARE(desk.card("latency").model().rowCount(), 18);
    }

    void everythingHasAName()
    {
        Desk desk;
        desk.ready();
        for (ChartCard* card : desk.page.cards()) {
            QVERIFY(card->chart().accessibleName().startsWith(card->model().spec().title));
            QVERIFY(!card->table().accessibleName().isEmpty());
            QVERIFY(card->chart().focusPolicy() & Qt::TabFocus);
        }
        for (const auto* button : desk.page.findChildren<QPushButton*>())
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
        for (const auto* box : desk.page.findChildren<QComboBox*>())
            QVERIFY(!box->accessibleName().isEmpty());
    }

    void twoHundredRunsDrawAndZoomWithoutAStutter()
    {
        const auto script = std::make_shared<Script>();
        dashboard::Services services = plumbline::tests::fakeDashboard(script);
        services.read = [](std::stop_token,
                           const plumbline::ProgressFn&) -> plumbline::Result<dashboard::Reading> {
            return plumbline::tests::manyRuns(200);
        };
        Desk desk(std::move(services), script);
        desk.ready();
        QCOMPARE(desk.card("latency").model().rowCount(), 2400);
        const auto whole = desk.page.filter().selection().range;
        const auto measured = plumbline::tests::measure([&] {
            plumbline::tests::spin(50); // the meter runs
            desk.page.filter().zoomTo({whole.from, whole.from + whole.length() / 2});
            plumbline::tests::spin(200);
        });
        qInfo("zoom over 200 runs: busiest %.1f ms, worst gap %.1f ms", measured.busiest, measured.worst);
        QVERIFY2(measured.busiest < 100, qPrintable(QString::number(measured.busiest)));
    }
};

QTEST_MAIN(TestDashboardPage)
#include "tst_dashboard_page.moc"
