// The Dashboard page over runs that are made here, on a copy of the sample workspace: by the embedded
// answerer and by the model that pretends to be a hosted one, with a label moved and the index changed
// between them. For people to look at; holds that page and command say the same figures.
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTableView>
#include <QtTest>

#include "app/evals/metrics.h"
#include "app/evals/run_repository.h"
#include "app/evals/runner.h"
#include "app/evals/suite_file.h"
#include "app/workspace/eval_targets.h"
#include "app/workspace/workspace.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"
#include "ui/dashboard/chart_card.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/dashboard/failures_panel.h"
#include "ui/dashboard/filter_panel.h"
#include "ui/settings/keychain.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_of.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"

using namespace plumbline;
using namespace plumbline::ui;

namespace {

constexpr int kPatience = 30'000; // ms
constexpr int kEvery = 24;        // of the golden suite's cases

class Bank {
public:
    bool open()
    {
        std::filesystem::copy(tests::sourceDirectory() / "corpus", m_home,
                              std::filesystem::copy_options::recursive);
        QFile golden(widgets::toQt((m_home / "suites/golden.jsonl").string()));
        QFile some(widgets::toQt((m_home / "suites/some.jsonl").string()));
        if (!golden.open(QIODevice::ReadOnly) || !some.open(QIODevice::WriteOnly))
            return false;
        for (int line = 0; !golden.atEnd(); ++line) {
            const QByteArray row = golden.readLine();
            if (line % kEvery == 0)
                some.write(row);
        }
        some.close();
        auto opened = workspace::Workspace::open(m_home);
        if (!opened)
            return false;
        workspace = std::move(*opened);
        return index();
    }
    bool index() { return workspace->indexer().run(workspace->indexOptions(), {}, {}).has_value(); }
    bool move(const char* label, int version)
    {
        return workspace->prompts()
            .moveLabel({"policy-answer", version, label, "To see it on the dashboard.", {}},
                       workspace->actor(), systemNow())
            .has_value();
    }
    bool edit() // one document says something else: another generation
    {
        QFile file(widgets::toQt((m_home / "documents/dashboard-note.md").string()));
        return file.open(QIODevice::WriteOnly) &&
               file.write("# A note\n\nDashboards are read on Mondays.\n") > 0 && (file.close(), index());
    }
    bool run(std::vector<std::string> prompts, const char* model)
    {
        auto suite = plumbline::evals::loadSuite(m_home / "suites/some.jsonl", m_home);
        if (!suite)
            return false;
        plumbline::evals::RunPlan plan;
        plan.suite = std::move(*suite);
        auto targets = workspace::evalTargets(*workspace, plan.suite, {std::move(prompts), {model}, {}});
        if (!targets)
            return false;
        plan.targets = std::move(*targets);
        plan.concurrency = 16;
        plan.asOf = today(systemNow());
        const auto id = plumbline::evals::newRunId(systemNow(), static_cast<std::uint16_t>(++m_runs));
        const auto done = workspace->runner().start(plan, id, workspace->actor(), {}, {});
        QTest::qWait(1100); // runs are a second apart, as times are shown
        return done.has_value() && done->state == plumbline::evals::RunState::Finished;
    }

    std::shared_ptr<workspace::Workspace> workspace;

private:
    tests::TemporaryFolder m_folder;
    std::filesystem::path m_home = m_folder.path() / "bank";
    int m_runs = 0;
};

void takePictures(shell::MainWindow& window, const QString& theme)
{
    const QDir folder(QStringLiteral(PLUMBLINE_SCREENSHOTS));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    const std::pair<const char*, int> places[] = {
        {"rates", 0}, {"refusals", 3}, {"latency", 5}, {"failures", 7}};
    for (const auto& [name, card] : places) {
        window.dashboardPage()->showCard(card);
        QTest::qWait(80);
        const QString file = QStringLiteral("dashboard-runs-%1-%2-%3.png")
                                 .arg(QString::fromLatin1(name), theme)
                                 .arg(window.width());
        QVERIFY(window.grab().save(folder.filePath(file)));
    }
}

} // namespace

class TestDashboardRuns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_bank.open());
        QVERIFY(m_bank.run({"extractive@1", "policy-answer@v3"}, "embedded"));
        QVERIFY(m_bank.run({"policy-answer@v3"}, "rehearsal"));
        QVERIFY(m_bank.edit());
        QVERIFY(m_bank.run({"extractive@1", "policy-answer@v3"}, "embedded"));
        QVERIFY(m_bank.run({"policy-answer@v3", "policy-answer@v4"}, "rehearsal"));
        QVERIFY(m_bank.move("candidate", 4));
        QVERIFY(m_bank.run({"extractive@1", "policy-answer@v4"}, "embedded"));
        QVERIFY(m_bank.run({"policy-answer@v4"}, "rehearsal"));
    }

    void thePageShowsWhatTheStoreHas()
    {
        shell::MainWindow window({widgets::ThemeChoice::Light, 1});
        show(window, QSize(1280, 800), widgets::ThemeChoice::Light);
        auto& card = *window.dashboardPage()->cards()[0];
        QCOMPARE(card.model().rowCount(), 10);
        const auto runs = m_bank.workspace->runs().list();
        QVERIFY(runs);
        for (const auto& run : *runs) {
            const auto results = m_bank.workspace->runs().results(run.id);
            QVERIFY(results);
            for (std::size_t variant = 0; variant < run.settings.variants.size(); ++variant) {
                const auto mine = [&](const plumbline::evals::CaseResult& one) {
                    return one.variant == static_cast<int>(variant);
                };
                const auto all = std::count_if(results->begin(), results->end(), mine);
                const auto passed = std::count_if(results->begin(), results->end(),
                                                  [&](const auto& one) { return mine(one) && one.passed; });
                const QString share = dashboard::figureText(
                    dashboard::Unit::Percent, 100.0 * static_cast<double>(passed) / static_cast<double>(all));
                bool found = false;
                for (int row = 0; row < card.model().rowCount(); ++row) {
                    const auto& point = card.model().rows()[static_cast<std::size_t>(row)];
                    found = found ||
                            (point.run == widgets::toQt(run.id) &&
                             card.model().variantName(point.variant) ==
                                 widgets::toQt(run.settings.variants[variant].id()) &&
                             card.table().model()->index(row, dashboard::SeriesModel::Value).data() == share);
                }
                QVERIFY2(found, qPrintable(widgets::toQt(run.id)));
            }
        }
        QStringList changes;
        const auto* marks = window.dashboardPage()->filter().marks().model();
        for (int row = 0; row < marks->rowCount(); ++row)
            changes << marks->index(row, 1).data().toString();
        QVERIFY2(changes.contains(QStringLiteral("□ index 2")), qPrintable(changes.join(u'|')));
        QVERIFY2(changes.contains(QStringLiteral("◆ candidate → v4")), qPrintable(changes.join(u'|')));
        takePictures(window, QStringLiteral("light"));
    }

    void pictures_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::newRow("light, wide") << QSize(1920, 1080) << false;
        QTest::newRow("dark, narrow") << QSize(1280, 800) << true;
        QTest::newRow("dark, wide") << QSize(1920, 1080) << true;
    }
    void pictures()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, dark);
        const auto theme = dark ? widgets::ThemeChoice::Dark : widgets::ThemeChoice::Light;
        shell::MainWindow window({theme, 1});
        show(window, size, theme);
        takePictures(window, dark ? QStringLiteral("dark") : QStringLiteral("light"));
    }

private:
    void show(shell::MainWindow& window, const QSize& size, widgets::ThemeChoice theme)
    {
        widgets::applyTheme(*qApp, theme, 1);
        window.resize(size);
        shell::Session session = shell::sessionOf(m_bank.workspace, m_bank.workspace->actor(),
                                                  std::make_shared<settings::KeyCache>());
        session.stateFile.clear();
        window.setSession(std::move(session));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.go(widgets::Page::Dashboard);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.dashboardPage()->states().state() == widgets::PageStates::State::Ready, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(window.dashboardPage()->failures().states().state() ==
                                     widgets::PageStates::State::Ready,
                                 kPatience);
        QTest::qWait(50);
    }

    Bank m_bank;
};

QTEST_MAIN(TestDashboardRuns)
#include "tst_dashboard_runs.moc"
