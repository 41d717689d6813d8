#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QtTest>

#include "tests/ui/support/scenes.h"
#include "ui/assistant/assistant_page.h"
#include "ui/prompts/input_bar.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/move_label_dialog.h"
#include "ui/prompts/parameter_form.h"
#include "ui/prompts/playground_panel.h"
#include "ui/prompts/prompts_page.h"
#include "ui/prompts/run_panel.h"
#include "ui/settings/endpoints_panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_view.h"

using namespace plumbline::ui;

namespace plumbline::tests {

namespace {

using Window = shell::MainWindow;
using Tab = ui::prompts::PromptsPage::Tab;

void openPrompt(Window& window, const QString& reference, ui::prompts::PromptsPage::Tab tab)
{
    window.go(widgets::Page::Prompts);
    QTRY_VERIFY(!window.promptsPage()->shownVersion().isEmpty());
    QSignalSpy shown(window.promptsPage(), &ui::prompts::PromptsPage::versionShown);
    window.promptsPage()->open(reference);
    QVERIFY(shown.wait());
    window.promptsPage()->showTab(tab);
    QTest::qWait(150);
}

void runPrompts(Window& window, const QString& model)
{
    openPrompt(window, QStringLiteral("policy-answer@v4"), ui::prompts::PromptsPage::Tab::Run);
    window.promptsPage()->run().input().setModel(model);
    window.promptsPage()->run().start();
    QTest::qWait(250);
}

void choose(Window& window, const QString& accessibleName, int index)
{
    for (auto* box : window.assistantPage()->findChildren<QComboBox*>()) {
        if (box->accessibleName() == accessibleName)
            box->setCurrentIndex(index);
    }
}

} // namespace

std::vector<NamedScene> promptScenes()
{
    return {{"assistant-streaming",
             [](Window& w, Script& s) {
                 s.hang = true;
                 QTest::qWait(60);
                 choose(w, QStringLiteral("Model"), 1);
                 w.assistantPage()->ask(QString::fromLatin1(kQuestion));
                 QTest::qWait(260);
             }},
            {"assistant-model",
             [](Window& w, Script&) {
                 QTest::qWait(60);
                 choose(w, QStringLiteral("Model"), 1);
                 ask(w, QString::fromLatin1(kQuestion));
                 w.assistantPage()->openDrawer(true);
             }},
            {"assistant-model-failed",
             [](Window& w, Script&) {
                 QTest::qWait(60);
                 choose(w, QStringLiteral("Model"), 3);
                 w.assistantPage()->ask(QString::fromLatin1(kQuestion));
                 QTest::qWait(150);
                 press(*w.assistantPage(), QStringLiteral("Details"));
             }},
            {"prompts-version",
             [](Window& w, Script&) { openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Version); }},
            {"prompts-diff",
             [](Window& w, Script&) {
                 openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Diff);
                 w.promptsPage()->diff().view().canvas().setFocus();
             }},
            {"prompts-diff-unified",
             [](Window& w, Script&) {
                 openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Diff);
                 w.promptsPage()->diff().view().setUnified(true);
             }},
            {"prompts-messages",
             [](Window& w, Script&) { openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Messages); }},
            {"prompts-run", [](Window& w, Script&) { runPrompts(w, QStringLiteral("simulated-large")); }},
            {"prompts-run-unpriced", [](Window& w, Script&) { runPrompts(w, QStringLiteral("local-qwen")); }},
            {"prompts-run-streaming",
             [](Window& w, Script& s) {
                 openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Run);
                 s.hang = true;
                 w.promptsPage()->run().input().setModel(QStringLiteral("slow-gateway"));
                 w.promptsPage()->run().start();
                 QTest::qWait(350);
             }},
            {"prompts-run-failed", [](Window& w, Script&) { runPrompts(w, QStringLiteral("broken")); }},
            {"prompts-run-idle",
             [](Window& w, Script&) { openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Run); }},
            {"prompts-playground",
             [](Window& w, Script&) {
                 openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Playground);
                 auto& playground = w.promptsPage()->playground();
                 playground.input().setModel(QStringLiteral("simulated-large"));
                 playground.start();
                 QTest::qWait(150);
                 playground.form().temperature().setValue(0.7);
                 playground.form().maxSentences().setValue(3);
                 playground.start();
                 QTest::qWait(200);
                 press(*w.promptsPage(), QStringLiteral("Keep as a case"));
                 QTest::qWait(60);
             }},
            {"prompts-labels",
             [](Window& w, Script&) { openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Labels); }},
            {"prompts-move-label",
             [](Window& w, Script&) {
                 openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::Labels);
                 w.promptsPage()->labels().askForMove();
                 auto* dialog = w.promptsPage()->findChild<ui::prompts::MoveLabelDialog*>();
                 dialog->findChild<QComboBox*>()->setCurrentText(QStringLiteral("production"));
                 QTest::qWait(60);
             }},
            {"prompts-history",
             [](Window& w, Script&) { openPrompt(w, QStringLiteral("policy-answer@v4"), Tab::History); }},
            {"prompts-broken-file",
             [](Window& w, Script& s) {
                 s.brokenPrompt = true;
                 openPrompt(w, QStringLiteral("triage@v5"), Tab::Version);
             }},
            {"prompts-loading",
             [](Window& w, Script& s) {
                 s.hang = true;
                 w.go(widgets::Page::Prompts);
                 QTest::qWait(260);
             }},
            {"prompts-failed",
             [](Window& w, Script& s) {
                 s.fail = true;
                 w.go(widgets::Page::Prompts);
                 QTest::qWait(150);
                 press(*w.promptsPage(), QStringLiteral("Details"));
             }},
            {"prompts-empty",
             [](Window& w, Script& s) {
                 s.nothingIndexed = true;
                 w.go(widgets::Page::Prompts);
                 QTest::qWait(150);
             }},
            {"settings", [](Window& w, Script&) { w.go(widgets::Page::Settings); }},
            {"settings-models",
             [](Window& w, Script&) {
                 w.go(widgets::Page::Settings);
                 w.settingsPage()->showTab(settings::SettingsPage::Tab::Models);
                 w.settingsPage()->endpoints().select(2);
                 w.settingsPage()->endpoints().test();
                 QTest::qWait(150);
             }},
            {"settings-models-unreachable",
             [](Window& w, Script&) {
                 w.go(widgets::Page::Settings);
                 w.settingsPage()->showTab(settings::SettingsPage::Tab::Models);
                 w.settingsPage()->endpoints().test();
                 QTest::qWait(150);
             }},
            {"settings-spending",
             [](Window& w, Script&) {
                 w.go(widgets::Page::Settings);
                 w.settingsPage()->showTab(settings::SettingsPage::Tab::Spending);
                 QTest::qWait(150);
             }},
            {"settings-spending-failed", [](Window& w, Script& s) {
                 s.fail = true;
                 w.go(widgets::Page::Settings);
                 w.settingsPage()->showTab(settings::SettingsPage::Tab::Spending);
                 QTest::qWait(150);
             }}};
}

} // namespace plumbline::tests
