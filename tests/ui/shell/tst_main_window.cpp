#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/assistant/assistant_page.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/document_panel.h"
#include "ui/dashboard/dashboard_page.h"
#include "ui/evals/evals_page.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/move_label_dialog.h"
#include "ui/prompts/prompts_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/theme.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using shell::MainWindow;

namespace {

struct Desk {
    std::shared_ptr<Script> script = std::make_shared<Script>();
    MainWindow window{{widgets::ThemeChoice::Light, 1}};

    explicit Desk(const QString& stateFile = {})
    {
        auto session = plumbline::tests::fakeSession(script);
        session.stateFile = stateFile;
        window.show();
        window.setSession(std::move(session));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
    }
    void keys(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window, key,
                        modifiers);
    }
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theRailShowsOnlyPagesThatExist()
    {
        Desk desk;
        QStringList words;
        for (const auto* button : desk.window.findChildren<QToolButton*>()) {
            if (button->parentWidget()->property("role") == QStringLiteral("rail"))
                words << button->text();
        }
        QCOMPARE(words.join(u','), QStringLiteral("Assistant,Corpus,Prompts,Evaluations,Dashboard,Settings"));
    }

    void shortcutsMoveBetweenPages()
    {
        Desk desk;
        QVERIFY(desk.window.assistantPage()->isVisible());
        desk.key(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(desk.window.corpusPage()->isVisible());
        desk.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(desk.window.assistantPage()->isVisible());
        desk.key(Qt::Key_4, Qt::ControlModifier);
        QVERIFY(desk.window.evalsPage()->isVisible());
        desk.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(desk.window.dashboardPage()->isVisible());
        desk.key(Qt::Key_F1);
        QVERIFY(desk.window.findChild<shell::ShortcutSheet*>() != nullptr);
    }

    void aCitationLeadsToTheMarkedLines()
    {
        Desk desk;
        QSignalSpy answered(desk.window.assistantPage(), &assistant::AssistantPage::answered);
        desk.keys(QStringLiteral("payments fail"));
        desk.key(Qt::Key_Return);
        QVERIFY(answered.wait());
        QToolButton* chip = nullptr;
        for (auto* button : desk.window.assistantPage()->findChildren<QToolButton*>()) {
            if (chip == nullptr && button->property("source").toInt() == 1)
                chip = button;
        }
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Return);
        QVERIFY(desk.window.corpusPage()->isVisible());
        QTRY_VERIFY(desk.window.corpusPage()->document().view().markedText().startsWith(
            QStringLiteral("Payments that fail with error")));
    }

    void thePaletteFindsADocumentByAFewLetters()
    {
        Desk desk;
        desk.key(Qt::Key_K, Qt::ControlModifier);
        auto* palette = desk.window.findChild<shell::CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* list = palette->findChild<QListView*>();
        QTRY_VERIFY(list->model()->rowCount() > 20); // the documents have come in
        desk.keys(QStringLiteral("chargeb"));
        QTRY_COMPARE(list->currentIndex().data().toString(),
                     QStringLiteral("PAY-020@2.0  Chargeback Handling"));
        desk.key(Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QVERIFY(desk.window.corpusPage()->isVisible());
        QTRY_COMPARE(desk.window.corpusPage()->document().document(), QStringLiteral("PAY-020@2.0"));
    }

    void ctrl3AndThePaletteOpenPrompts()
    {
        Desk desk;
        desk.key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(desk.window.promptsPage()->isVisible());
        desk.key(Qt::Key_1, Qt::ControlModifier);
        desk.key(Qt::Key_K, Qt::ControlModifier);
        auto* list = desk.window.findChild<shell::CommandPalette*>()->findChild<QListView*>();
        desk.keys(QStringLiteral("policy-answer@v3"));
        QTRY_COMPARE(list->currentIndex().data().toString(),
                     QStringLiteral("policy-answer@v3  Answer from policies · production"));
        desk.key(Qt::Key_Return);
        QVERIFY(desk.window.promptsPage()->isVisible());
        QTRY_COMPARE(desk.window.promptsPage()->shownVersion(), QStringLiteral("policy-answer@v3"));
    }

    void aMovedLabelIsWhatTheAssistantOffers()
    {
        Desk desk;
        const auto offered = [&] {
            QStringList words;
            for (const auto* box : desk.window.assistantPage()->findChildren<QComboBox*>()) {
                for (int i = 0; i < box->count(); ++i)
                    words << box->itemText(i);
            }
            return words;
        };
        QTRY_VERIFY(offered().contains(QStringLiteral("policy-answer · production (v3)")));
        desk.window.follow({widgets::Page::Prompts, QStringLiteral("policy-answer@v4"), {}});
        auto& page = *desk.window.promptsPage();
        QTRY_COMPARE(page.shownVersion(), QStringLiteral("policy-answer@v4"));
        page.showTab(prompts::PromptsPage::Tab::Labels);
        const auto dialog = [&] {
            page.labels().askForMove(); // nothing happens before the labels are there
            return page.findChild<prompts::MoveLabelDialog*>();
        };
        QTRY_VERIFY(dialog() != nullptr);
        Q_EMIT page.findChild<prompts::MoveLabelDialog*>()->moveRequested(QStringLiteral("production"),
                                                                          QStringLiteral("green for a week"));
        QTRY_VERIFY(offered().contains(QStringLiteral("policy-answer · production (v4)")));
        QVERIFY(!offered().contains(QStringLiteral("policy-answer · production (v3)")));
    }

    void anotherVersionIsRunOnTheQuestionOfAnAnswer()
    {
        Desk desk;
        desk.window.follow({widgets::Page::Prompts,
                            QStringLiteral("policy-answer@v2"),
                            {},
                            QStringLiteral("who decides?"),
                            QStringLiteral("simulated-large")});
        QVERIFY(desk.window.promptsPage()->isVisible());
        QTRY_COMPARE(desk.script->runs.size(), std::size_t{2});
        const std::scoped_lock lock(desk.script->mutex);
        QCOMPARE(desk.script->runs[0].question, std::string("who decides?"));
        QCOMPARE(desk.script->runs[0].model, std::string("simulated-large"));
    }

    void escapeLeavesThePaletteAndGivesTheFocusBack()
    {
        Desk desk;
        QWidget* before = QApplication::focusWidget();
        desk.key(Qt::Key_K, Qt::ControlModifier);
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.window.findChild<shell::CommandPalette*>()->isVisible());
        QCOMPARE(QApplication::focusWidget(), before);
    }

    void thePaletteAsksAQuestion()
    {
        Desk desk;
        QSignalSpy answered(desk.window.assistantPage(), &assistant::AssistantPage::answered);
        desk.key(Qt::Key_K, Qt::ControlModifier);
        desk.keys(QStringLiteral("zzqq how long"));
        auto* list = desk.window.findChild<shell::CommandPalette*>()->findChild<QListView*>();
        QTRY_COMPARE(list->currentIndex().data().toString(), QStringLiteral("Ask: zzqq how long"));
        desk.key(Qt::Key_Return);
        QVERIFY(answered.wait());
    }

    void theStatusLineSaysGenerationAgeAndDocuments()
    {
        Desk desk;
        const auto* status = desk.window.findChild<shell::StatusLine*>();
        QTRY_VERIFY2(status->shownText().startsWith(QStringLiteral("Index generation 12, 26 min ago")),
                     qPrintable(status->shownText()));
        QVERIFY(status->shownText().contains(QStringLiteral("402")));
    }

    void aSampleWithoutAnIndexIsIndexedAtOnce()
    {
        const auto script = std::make_shared<Script>();
        script->nothingIndexed = true;
        MainWindow window({widgets::ThemeChoice::Light, 1});
        window.show();
        auto session = plumbline::tests::fakeSession(script);
        session.indexed = false;
        session.indexAtOnce = true;
        window.setSession(std::move(session));
        QSignalSpy ended(window.corpusPage(), &corpus::CorpusPage::indexEnded);
        QVERIFY(ended.wait());
        QVERIFY(ended[0][0].toBool());
    }

    void aFailureToOpenSaysWhyAndCanBeTriedAgain()
    {
        MainWindow window({widgets::ThemeChoice::Light, 1});
        window.show();
        window.showOpening(QStringLiteral("Opening"));
        window.showOpenFailed(
            {plumbline::ErrorCode::NotFound, "no workspace.yaml: run `plumbline init`", "/srv/docs"});
        QSignalSpy retry(&window, &MainWindow::retryRequested);
        bool said = false;
        for (const auto* label : window.findChildren<QLabel*>())
            said =
                said || (label->isVisible() && label->text().contains(QStringLiteral("no workspace.yaml")));
        QVERIFY(said);
        for (auto* button : window.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Try again") && button->isVisible())
                button->click();
        }
        QCOMPARE(retry.size(), 1);
    }

    void whatWasSetIsRememberedPerWorkspace()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("console.ini"));
        {
            Desk desk(file);
            desk.window.go(widgets::Page::Corpus);
            desk.keys(QStringLiteral("certif"));
            desk.window.close();
        }
        Desk again(file);
        again.window.go(widgets::Page::Corpus);
        QCOMPARE(qobject_cast<QLineEdit*>(QApplication::focusWidget())->text(), QStringLiteral("certif"));
    }

    void closingWhileAJobRunsWaitsForIt()
    {
        const auto script = std::make_shared<Script>();
        script->hang = true;
        {
            MainWindow window({widgets::ThemeChoice::Light, 1});
            window.setSession(plumbline::tests::fakeSession(script));
            window.assistantPage()->ask(QStringLiteral("slow"));
            QTest::qWait(10);
        }
        QCOMPARE(script->asks.load(), 1);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
