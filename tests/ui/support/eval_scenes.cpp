#include <QComboBox>
#include <QListWidget>
#include <QtTest>

#include "tests/ui/support/scenes.h"
#include "ui/evals/case_panel.h"
#include "ui/evals/evals_page.h"
#include "ui/evals/live_panel.h"
#include "ui/evals/matrix_panel.h"
#include "ui/evals/run_dialog.h"
#include "ui/evals/runs_panel.h"
#include "ui/evals/verdict_panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;

namespace plumbline::tests {

namespace {

using Window = shell::MainWindow;
using Case = ui::evals::CasePanel::Tab;
using State = widgets::PageStates::State;

// The first run, its worst case and its verdict.
ui::evals::EvalsPage& openRun(Window& window)
{
    window.go(widgets::Page::Evaluations);
    auto& page = *window.evalsPage();
    [&] {
        QTRY_VERIFY(page.casePanel().states().state() == State::Ready);
        QTRY_VERIFY(page.verdict().states().state() == State::Ready);
    }();
    page.matrix().focusTable();
    QTest::qWait(60);
    return page;
}

void startRun(Window& window, Script& script)
{
    auto& page = openRun(window);
    script.hang = true;
    page.start({"suites/golden.jsonl", {"policy-answer@v3", "policy-answer@v4"}, {"simulated-large"}, 1, 8});
    QTRY_VERIFY(page.live().said().contains(QStringLiteral("201 of 504")));
}

void openDialog(Window& window)
{
    auto& page = openRun(window);
    page.askForRun();
    auto* dialog = page.findChild<ui::evals::RunDialog*>();
    QTRY_VERIFY(dialog->isReady());
    dialog->models().item(1)->setCheckState(Qt::Checked);
    dialog->prompts().item(1)->setCheckState(Qt::Checked);
    QTest::qWait(250);
    QTRY_VERIFY(dialog->isReady());
}

} // namespace

std::vector<NamedScene> evalScenes()
{
    return {
        {"evals-cases", [](Window& w, Script&) { openRun(w); }},
        {"evals-checks", [](Window& w, Script&) { openRun(w).casePanel().showTab(Case::Checks); }},
        {"evals-sources",
         [](Window& w, Script&) {
             openRun(w).casePanel().showTab(Case::Sources);
             QTest::qWait(80);
         }},
        {"evals-judged",
         [](Window& w, Script&) {
             auto& page = openRun(w);
             page.casePanel().showTab(Case::Sources);
             press(page, QStringLiteral("&Disagree"));
             press(page, QStringLiteral("Why changed?"));
             QTest::qWait(120);
         }},
        {"evals-changed",
         [](Window& w, Script&) {
             auto& page = openRun(w);
             page.matrix().setFilter(ui::evals::CaseFilter::Changed);
             QTest::qWait(120);
             page.matrix().step(1);
             page.matrix().step(1);
             QTest::qWait(150);
         }},
        {"evals-refused",
         [](Window& w, Script&) {
             auto& page = openRun(w);
             page.matrix().select(QStringLiteral("A-007"));
             QTest::qWait(120);
             page.casePanel().showTab(Case::Sources);
         }},
        {"evals-nothing-found",
         [](Window& w, Script&) {
             auto& page = openRun(w);
             page.focusSearch();
             QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("zebra"));
             QTest::qWait(150);
         }},
        {"evals-verdict", [](Window& w, Script&) { openRun(w).showTab(ui::evals::EvalsPage::Tab::Verdict); }},
        {"evals-no-baseline",
         [](Window& w, Script&) {
             auto& page = openRun(w);
             page.open(QStringLiteral("r-20261119-160000-c3d7"));
             QTest::qWait(200);
             page.baseline().setCurrentIndex(0);
             Q_EMIT page.baseline().activated(0);
             QTest::qWait(100);
             page.showTab(ui::evals::EvalsPage::Tab::Verdict);
         }},
        {"evals-stopped",
         [](Window& w, Script&) {
             openRun(w).open(QStringLiteral("r-20261123-171500-0b9e"));
             QTest::qWait(200);
         }},
        {"evals-run-dialog", [](Window& w, Script&) { openDialog(w); }},
        {"evals-live", [](Window& w, Script& s) { startRun(w, s); }},
        {"evals-run-failed",
         [](Window& w, Script&) {
             openRun(w).start({"suites/golden.jsonl", {"policy-answer@v4"}, {"broken"}, 1, 4});
             QTest::qWait(150);
         }},
        {"evals-case-failed",
         [](Window& w, Script& s) {
             auto& page = openRun(w);
             s.failCases = true;
             page.matrix().select(QStringLiteral("A-002"));
             QTest::qWait(150);
         }},
        {"evals-loading",
         [](Window& w, Script& s) {
             s.hang = true;
             w.go(widgets::Page::Evaluations);
             QTest::qWait(260);
         }},
        {"evals-failed",
         [](Window& w, Script& s) {
             s.fail = true;
             w.go(widgets::Page::Evaluations);
             QTest::qWait(150);
             press(*w.evalsPage(), QStringLiteral("Details"));
         }},
        {"evals-empty", [](Window& w, Script& s) {
             s.nothingIndexed = true;
             w.go(widgets::Page::Evaluations);
             QTest::qWait(150);
         }}};
}

} // namespace plumbline::tests
