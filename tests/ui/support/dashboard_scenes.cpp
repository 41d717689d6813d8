#include <QtTest>

#include "tests/ui/support/scenes.h"
#include "ui/dashboard/chart_card.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/dashboard/filter_panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;

namespace plumbline::tests {

namespace {

using Window = shell::MainWindow;

void openDashboard(Window& window, int card)
{
    window.go(widgets::Page::Dashboard);
    QTRY_VERIFY(window.dashboardPage()->states().state() == widgets::PageStates::State::Ready);
    QTest::qWait(60);
    window.dashboardPage()->showCard(card);
    QTest::qWait(60);
}

} // namespace

std::vector<NamedScene> dashboardScenes()
{
    return {{"dashboard-ready",
             [](Window& w, Script&) {
                 openDashboard(w, 0);
                 QTest::keyClick(&w.dashboardPage()->cards()[0]->chart(), Qt::Key_Right);
             }},
            {"dashboard-refusals", [](Window& w, Script&) { openDashboard(w, 3); }},
            {"dashboard-latency", [](Window& w, Script&) { openDashboard(w, 5); }},
            {"dashboard-failures", [](Window& w, Script&) { openDashboard(w, 7); }},
            {"dashboard-zoomed",
             [](Window& w, Script&) {
                 openDashboard(w, 0);
                 const auto whole = w.dashboardPage()->filter().selection().range;
                 w.dashboardPage()->filter().zoomTo(
                     {whole.from + whole.length() / 2, whole.from + whole.length() * 3 / 4});
             }},
            {"dashboard-all-suites",
             [](Window& w, Script&) {
                 openDashboard(w, 0);
                 w.dashboardPage()->filter().chooseSuite({});
             }},
            {"dashboard-no-variant",
             [](Window& w, Script&) {
                 openDashboard(w, 0);
                 w.dashboardPage()->filter().chooseVariants(false);
             }},
            {"dashboard-idle",
             [](Window& w, Script& s) {
                 s.hang = true;
                 w.go(widgets::Page::Dashboard);
                 QTest::qWait(250);
                 press(*w.dashboardPage(), QStringLiteral("Stop"));
                 QTRY_VERIFY(w.dashboardPage()->states().state() == widgets::PageStates::State::Idle);
             }},
            {"dashboard-loading",
             [](Window& w, Script& s) {
                 s.hang = true;
                 w.go(widgets::Page::Dashboard);
                 QTest::qWait(260);
             }},
            {"dashboard-empty",
             [](Window& w, Script& s) {
                 s.nothingIndexed = true;
                 w.go(widgets::Page::Dashboard);
                 QTest::qWait(120);
             }},
            {"dashboard-failed", [](Window& w, Script& s) {
                 s.fail = true;
                 w.go(widgets::Page::Dashboard);
                 QTest::qWait(120);
             }}};
}

} // namespace plumbline::tests
