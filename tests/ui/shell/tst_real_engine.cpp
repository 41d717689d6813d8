// The window with the real engine behind it, on a workspace of a few files: what a person asks, reads, opens
// and approves.
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "app/workspace/workspace.h"
#include "tests/flows/support/small_workspace.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/document_panel.h"
#include "ui/settings/keychain.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_of.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/theme.h"

using namespace plumbline;
using namespace plumbline::ui;

namespace {

constexpr int kPatience = 20'000; // ms; the machine may be busy

QPushButton* buttonBelow(QWidget* parent, const QString& text)
{
    for (auto* button : parent->findChildren<QPushButton*>()) {
        if (button->isVisibleTo(parent) && button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

struct Desk {
    tests::TemporaryFolder folder;
    std::shared_ptr<workspace::Workspace> workspace;
    std::unique_ptr<shell::MainWindow> window;

    Desk()
    {
        folder.write("workspace.yaml", "name: small\ndocuments: {include: [.]}\napproval: {default: draft}\n"
                                       "actor: A Tester\n");
        folder.write("falcon.md",
                     tests::policy({.id = "FAL-001",
                                    .body = "# Falcon alarms\n\n## Who answers\n\nA falcon alarm is "
                                            "**acknowledged** within 12 minutes by the Duty Lead. The "
                                            "mews are cleaned on Mondays.\n\n## Levels\n\n<table>\n"
                                            "<tr><th>Falcon level</th><th>Reply</th></tr>\n"
                                            "<tr><td>Falcon level 7</td><td><p>Call the <b>keeper</b>"
                                            "</p></td></tr>\n</table>\n"}));
        for (const char* other : {"harbour", "orchard", "quarry", "foundry", "granary", "brewery"}) {
            const std::string name = other; // in two documents alone no word is rare
            folder.write(name + ".md", tests::policy({.id = name,
                                                      .body = "# The " + name + "\n\nThe " + name +
                                                              " opens at eight and closes at six.\n"}));
        }
        folder.write("heron.md", tests::policy({.id = "HER-002",
                                                .state = "draft",
                                                .body = "# Heron ponds\n\nThe heron pond is drained every "
                                                        "14 weeks by the Pond Warden.\n"}));
        auto opened = workspace::Workspace::open(folder.path());
        if (!opened)
            qFatal("%s", opened.error().describe().c_str());
        workspace = std::move(*opened);
        if (const auto report = workspace->indexer().run(workspace->indexOptions(), {}, {}); !report)
            qFatal("%s", report.error().describe().c_str());
        window = std::make_unique<shell::MainWindow>(settings::Appearance{widgets::ThemeChoice::Light, 1});
        window->show();
        window->setSession(
            shell::sessionOf(workspace, workspace->actor(), std::make_shared<settings::KeyCache>()));
        window->activateWindow();
    }

    ui::assistant::AssistantPage& page() { return *window->assistantPage(); }
    QString shown() { return page().findChild<ui::assistant::AnswerView*>()->shownText(); }

    void ask(const char* question)
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        window->go(widgets::Page::Assistant);
        QSignalSpy answered(&page(), &ui::assistant::AssistantPage::answered);
        QTRY_VERIFY(page().isAncestorOf(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(question));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(answered.wait(kPatience));
    }
};

} // namespace

class TestRealEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1); }

    void anAnswerIsReadAndItsSourceOpensAtTheLines()
    {
        Desk desk;
        desk.ask("Within how many minutes is a falcon alarm acknowledged?");
        const QString sentence =
            QStringLiteral("A falcon alarm is acknowledged within 12 minutes by the Duty Lead.");
        QVERIFY2(desk.shown().contains(sentence), qPrintable(desk.shown()));
        QToolButton* chip = nullptr;
        for (auto* button : desk.page().findChildren<QToolButton*>()) {
            if (chip == nullptr && button->property("source").toInt() == 1)
                chip = button;
        }
        QVERIFY(chip != nullptr);
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Return);
        QVERIFY(desk.window->corpusPage()->isVisible());
        auto& document = desk.window->corpusPage()->document();
        QTRY_VERIFY_WITH_TIMEOUT(document.view().markedText().simplified() == sentence, kPatience);
        QCOMPARE(document.document(), QStringLiteral("FAL-001@1.0"));
    }

    void aRowOfARawTableIsShownByItsCells()
    {
        Desk desk;
        desk.ask("What is the reply to falcon level 7?");
        const QString shown = desk.shown();
        QVERIFY2(shown.contains(QStringLiteral("Call the keeper")) && !shown.contains(u'<'),
                 qPrintable(shown));
    }

    void aDraftSpeaksOnceAPersonApprovedIt()
    {
        Desk desk;
        const char* question = "How often is the heron pond drained?";
        const QString sentence =
            QStringLiteral("The heron pond is drained every 14 weeks by the Pond Warden.");
        desk.ask(question);
        QVERIFY2(!desk.shown().contains(sentence), qPrintable(desk.shown()));
        QVERIFY(desk.page().thread().back().answer.refused());

        desk.window->follow({widgets::Page::Corpus, QStringLiteral("HER-002@1.0"), {}});
        auto& corpusPage = *desk.window->corpusPage();
        QTRY_VERIFY_WITH_TIMEOUT(buttonBelow(&corpusPage, QStringLiteral("Approve…")) != nullptr, kPatience);
        QSignalSpy changed(&corpusPage, &ui::corpus::CorpusPage::corpusChanged);
        buttonBelow(&corpusPage, QStringLiteral("Approve…"))->click();
        auto* box = desk.window->findChild<QMessageBox*>();
        QVERIFY(box != nullptr);
        buttonBelow(box, QStringLiteral("Approve"))->click();
        QVERIFY(changed.wait(kPatience) || changed.size() == 1);

        desk.ask(question);
        QVERIFY2(desk.shown().contains(sentence), qPrintable(desk.shown()));
    }
};

QTEST_MAIN(TestRealEngine)
#include "tst_real_engine.moc"
