#include "tests/ui/support/scenes.h"

#include <QPushButton>
#include <QtTest>

#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/document_panel.h"
#include "ui/corpus/retrieval_panel.h"
#include "ui/corpus/tree_panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/document_view.h"

using namespace plumbline::ui;

namespace plumbline::tests {

namespace {

using Window = shell::MainWindow;
void openCorpus(Window& window)
{
    QSignalSpy filtered(&window.corpusPage()->tree(), &ui::corpus::TreePanel::filtered);
    window.go(widgets::Page::Corpus);
    QVERIFY(filtered.wait());
}

void openDocument(Window& window, const QString& key, std::vector<plumbline::Span> marks = {})
{
    openCorpus(window);
    window.follow({widgets::Page::Corpus, key, std::move(marks)});
    QTest::qWait(120);
}

} // namespace

void ask(ui::shell::MainWindow& window, const QString& question)
{
    QSignalSpy answered(window.assistantPage(), &ui::assistant::AssistantPage::answered);
    window.assistantPage()->ask(question);
    QVERIFY(answered.wait());
}

void press(QWidget& parent, const QString& text)
{
    for (auto* button : parent.findChildren<QPushButton*>()) {
        if (button->text() == text && button->isVisible())
            return button->click();
    }
    QFAIL(qPrintable(QStringLiteral("no button ") + text));
}

std::vector<NamedScene> scenes()
{
    std::vector<NamedScene> all = {
        {"assistant-idle", [](Window&, Script&) {}},
        {"assistant-ready",
         [](Window& w, Script&) {
             ask(w, QString::fromLatin1(kQuestion));
             w.assistantPage()->openDrawer(true);
         }},
        {"assistant-thread",
         [](Window& w, Script&) {
             ask(w, QString::fromLatin1(kQuestion));
             ask(w, QStringLiteral("conflict: and how long do we have for a SEV1?"));
         }},
        {"assistant-refused",
         [](Window& w, Script&) {
             ask(w, QStringLiteral("refuse: what is the limit for gold in the vault?"));
         }},
        {"assistant-unusable",
         [](Window& w, Script&) {
             ask(w, QStringLiteral("unusable: what is the limit for instant payments?"));
         }},
        {"assistant-loading",
         [](Window& w, Script& s) {
             s.hang = true;
             w.assistantPage()->ask(QString::fromLatin1(kQuestion));
             QTest::qWait(260);
         }},
        {"assistant-failed",
         [](Window& w, Script& s) {
             s.fail = true;
             w.assistantPage()->ask(QString::fromLatin1(kQuestion));
             QTest::qWait(120);
         }},
        {"assistant-empty",
         [](Window& w, Script& s) {
             s.nothingIndexed = true;
             w.assistantPage()->ask(QString::fromLatin1(kQuestion));
             QTest::qWait(120);
         }},
        {"corpus-ready",
         [](Window& w, Script&) {
             openDocument(w, QStringLiteral("PAY-014@1.2"), {{246, 330}});
         }},
        {"corpus-quarantined", [](Window& w, Script&) { openDocument(w, QStringLiteral("OPS-099@1.0")); }},
        {"corpus-approve",
         [](Window& w, Script&) {
             openDocument(w, QStringLiteral("PAY-031@0.9"));
             press(*w.corpusPage(), QStringLiteral("Approve…"));
             QTest::qWait(80);
         }},
        {"corpus-idle", [](Window& w, Script&) { openCorpus(w); }},
        {"corpus-retrieval",
         [](Window& w, Script&) {
             openCorpus(w);
             w.corpusPage()->search(QString::fromLatin1(kQuestion));
             QTest::qWait(150);
         }},
        {"corpus-ledger",
         [](Window& w, Script&) {
             openCorpus(w);
             w.corpusPage()->showTab(ui::corpus::CorpusPage::Tab::Ledger);
             QTest::qWait(120);
         }},
        {"corpus-notices",
         [](Window& w, Script&) {
             openCorpus(w);
             w.corpusPage()->showTab(ui::corpus::CorpusPage::Tab::Notices);
             QTest::qWait(120);
         }},
        {"corpus-loading",
         [](Window& w, Script& s) {
             s.hang = true;
             w.go(widgets::Page::Corpus);
             QTest::qWait(260);
         }},
        {"corpus-indexing",
         [](Window& w, Script& s) {
             openDocument(w, QStringLiteral("PAY-014@1.2"));
             s.hang = true;
             w.corpusPage()->startIndexing();
             QTest::qWait(450);
         }},
        {"corpus-failed",
         [](Window& w, Script& s) {
             s.fail = true;
             w.go(widgets::Page::Corpus);
             QTest::qWait(150);
             press(*w.corpusPage(), QStringLiteral("Details"));
             QTest::qWait(30);
         }},
        {"corpus-empty",
         [](Window& w, Script& s) {
             s.nothingIndexed = true;
             w.go(widgets::Page::Corpus);
             QTest::qWait(150);
         }},
        {"palette",
         [](Window& w, Script&) {
             ask(w, QString::fromLatin1(kQuestion));
             w.openPalette();
             QTest::qWait(200);
         }},
        {"palette-typed",
         [](Window& w, Script&) {
             w.openPalette();
             QTest::qWait(150);
             QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("cert rot"));
             QTest::qWait(150);
         }},
        {"shortcuts", [](Window& w, Script&) {
             w.openShortcuts();
             QTest::qWait(80);
         }}};
    for (NamedScene& scene : promptScenes())
        all.push_back(std::move(scene));
    for (NamedScene& scene : evalScenes())
        all.push_back(std::move(scene));
    for (NamedScene& scene : dashboardScenes())
        all.push_back(std::move(scene));
    return all;
}

} // namespace plumbline::tests
