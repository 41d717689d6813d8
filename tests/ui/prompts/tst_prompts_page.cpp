#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTreeView>
#include <QtTest>

#include "tests/ui/support/fake_prompts.h"
#include "ui/jobs/job_list.h"
#include "ui/prompts/catalogue_panel.h"
#include "ui/prompts/catalogue_questions.h"
#include "ui/prompts/input_bar.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/move_label_dialog.h"
#include "ui/prompts/prompts_page.h"
#include "ui/prompts/run_column.h"
#include "ui/prompts/run_panel.h"
#include "ui/prompts/version_panel.h"
#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using prompts::PromptsPage;
using widgets::PageStates;
using Tab = PromptsPage::Tab;

namespace {

struct Desk {
    std::shared_ptr<Script> script;
    jobs::JobList jobs;
    PromptsPage page;

    explicit Desk(std::shared_ptr<Script> with = std::make_shared<Script>())
        : script(std::move(with)), page(plumbline::tests::fakePrompts(script), jobs)
    {
        page.resize(1280, 760);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    void open(const QString& reference)
    {
        QTRY_VERIFY(!page.catalogue().prompts.empty());
        QTRY_VERIFY(!page.shownVersion().isEmpty());
        QSignalSpy shown(&page, &PromptsPage::versionShown);
        page.open(reference);
        QVERIFY(shown.wait());
    }
    QPushButton* button(const QString& text, const QWidget* in = nullptr) const
    {
        for (auto* candidate : (in == nullptr ? &page : in)->findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    bool reads(const QString& text) const
    {
        const auto labels = page.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
};

} // namespace

class TestPromptsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNewestVersionIsShownAndComparedWithTheOneInProduction()
    {
        Desk desk;
        QTRY_COMPARE(desk.page.shownVersion(), QStringLiteral("policy-answer@v4"));
        QTRY_VERIFY(
            desk.page.version().shownText().contains(QStringLiteral("Quote limits, times and roles")));
        QVERIFY(desk.page.version().shownText().contains(QStringLiteral("temperature")));
        QVERIFY(desk.page.version().shownText().contains(QStringLiteral("at most {{sentences}} sentences")));
        QVERIFY(desk.reads(QStringLiteral("Draft · candidate")));
        QTRY_VERIFY(desk.page.diff().view().said().contains(QStringLiteral("changed")));
        QVERIFY(desk.page.diff().view().canvas().accessibleName().contains(
            QStringLiteral("policy-answer@v3 and policy-answer@v4")));
    }

    void aReferenceMayBeAVersionALabelOrAName_data()
    {
        QTest::addColumn<QString>("reference");
        QTest::addColumn<QString>("shown");
        QTest::newRow("version") << "json-answer@v2"
                                 << "json-answer@v2";
        QTest::newRow("version without v") << "policy-answer@2"
                                           << "policy-answer@v2";
        QTest::newRow("label") << "policy-answer@production"
                               << "policy-answer@v3";
        QTest::newRow("name is the newest") << "triage"
                                            << "triage@v5";
    }
    void aReferenceMayBeAVersionALabelOrAName()
    {
        QFETCH(const QString, reference);
        QFETCH(const QString, shown);
        Desk desk;
        desk.open(reference);
        QCOMPARE(desk.page.shownVersion(), shown);
    }

    void theFilterFindsByLabelAuthorAndNote()
    {
        Desk desk;
        QTRY_VERIFY(!desk.page.shownVersion().isEmpty());
        desk.page.focusFilter();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("grace canary"));
        const auto* model = desk.page.list().view().model();
        QCOMPARE(model->rowCount(), 1);
        QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("triage"));
        QVERIFY(desk.reads(QStringLiteral("1 of 11 versions")));
    }

    void theFrontMatterIsComparedByField()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Diff);
        QTRY_VERIFY(!desk.page.diff().view().canvas().plan().rows().empty());
        QStringList changed;
        for (const auto& row : desk.page.diff().view().canvas().plan().rows()) {
            if (row.kind == widgets::DiffKind::Heading)
                changed << row.left.text;
            else if (row.kind == widgets::DiffKind::Changed && changed.size() == 1)
                QVERIFY(row.left.text.contains(u':'));
        }
        QCOMPARE(changed.join(u','),
                 QStringLiteral("Front matter,System,User,Example 1, user,Example 1, assistant"));
    }

    void messagesAreThoseOfTheQuestion()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.setQuestion(QStringLiteral("who decides on a SEV1?"));
        desk.page.showTab(Tab::Messages);
        const auto& canvas = desk.page.messages().view().canvas();
        const auto says = [&](const QString& text) {
            return std::any_of(canvas.plan().rows().begin(), canvas.plan().rows().end(),
                               [&](const auto& row) { return row.right.text.contains(text); });
        };
        QTRY_VERIFY(says(QStringLiteral("who decides on a SEV1?")));
        QVERIFY(says(QStringLiteral("Length: at most 6 sentences."))); // rendered, not the template
    }

    void bothVersionsAnswerSideBySideWithWhatTheyTook()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Run);
        auto& run = desk.page.run();
        run.input().setModel(QStringLiteral("simulated-large"));
        desk.button(QStringLiteral("Run both"))->click();
        QTRY_VERIFY(run.left().outcome() && run.right().outcome());
        QCOMPARE(desk.script->runs.size(), std::size_t{2});
        QVERIFY(run.left().shownText().contains(QStringLiteral("the old certificate. [1]")));
        QVERIFY(run.right().shownText().contains(QStringLiteral("PAY-014@1.2")));
        QVERIFY2(run.left().shownFacts().contains(
                     QStringLiteral("%1 in (602 cached), 87 out").arg(widgets::number(1'204))),
                 qPrintable(run.left().shownFacts()));
        QVERIFY(run.left().shownFacts().contains(QStringLiteral("$0.001133")));
        QVERIFY(run.right().shownFacts().contains(QStringLiteral("2.7 s, first text after 212 ms")));
        QVERIFY(run.right().shownFacts().startsWith(QStringLiteral("Simulated")));
        QVERIFY(desk.button(QStringLiteral("Run both")) != nullptr);
    }

    void textStreamsInUncheckedAndStopLeavesNothingOfIt()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Run);
        auto& run = desk.page.run();
        run.input().setModel(QStringLiteral("slow-gateway"));
        desk.script->hang = true;
        desk.button(QStringLiteral("Run both"))->click();
        QTRY_VERIFY(run.left().shownText().startsWith(QStringLiteral("Payments that fail")));
        QVERIFY(run.left().shownFacts().startsWith(QStringLiteral("Streaming, sources not checked yet")));
        QTest::keyClick(desk.button(QStringLiteral("Stop"), &run.input()), Qt::Key_Escape);
        QTRY_VERIFY(!run.left().isRunning() && !run.right().isRunning());
        QVERIFY(run.left().states().state() == PageStates::State::Idle);
        QVERIFY(!run.left().outcome());
        QVERIFY(run.left().shownFacts().startsWith(QStringLiteral("Stopped")));
    }

    void anErrorOfTheModelIsNeverAnAnswer()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Run);
        auto& run = desk.page.run();
        run.input().setModel(QStringLiteral("broken"));
        run.start();
        QTRY_VERIFY(run.right().states().state() == PageStates::State::Failed);
        QVERIFY(run.right().states().message().contains(QStringLiteral("answered 503 five times")));
        QVERIFY(!run.right().outcome());
    }

    void aModelWithoutAPriceCostsUnknownAndAnEstimateSaysSo()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Run);
        auto& run = desk.page.run();
        run.input().setModel(QStringLiteral("local-qwen"));
        run.start();
        QTRY_VERIFY(run.right().outcome());
        QVERIFY(run.right().shownFacts().contains(QStringLiteral("Cost: unknown")));
        QVERIFY(run.right().shownFacts().contains(QStringLiteral("estimated")));
    }

    void movingALabelAsksForAReasonAndSaysWhatWillChange()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Labels);
        QTRY_VERIFY(desk.button(QStringLiteral("Move a label to v4…")) != nullptr &&
                    desk.button(QStringLiteral("Move a label to v4…"))->isEnabled());
        desk.button(QStringLiteral("Move a label to v4…"))->click();
        auto* dialog = desk.page.findChild<prompts::MoveLabelDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->findChild<QComboBox*>()->setCurrentText(QStringLiteral("production"));
        QVERIFY2(dialog->consequences().contains(QStringLiteral("moves from v3 to v4")),
                 qPrintable(dialog->consequences()));
        QVERIFY(dialog->consequences().contains(QStringLiteral("Ada Byron")));
        QPushButton* move = desk.button(QStringLiteral("Move the label"), dialog);
        QVERIFY(!move->isEnabled());
        for (auto* box : dialog->findChildren<QLineEdit*>()) {
            if (box->accessibleName() == QStringLiteral("Reason"))
                QTest::keyClicks(box, QStringLiteral("green for a week"));
        }
        QVERIFY(move->isEnabled());
        move->click();
        QTRY_COMPARE(desk.script->moved, std::vector<std::string>{"production 4 green for a week"});
        QTRY_COMPARE(desk.page.labels().said(), QStringLiteral("“production” stands on v4 now"));
        QTRY_VERIFY(desk.reads(QStringLiteral("Draft · candidate · production")));
    }

    void aLabelThatStandsThereAlreadyCannotBeMoved()
    {
        prompts::LabelBook book;
        book.labels = {{"production", 3, "Ada", {}, "why"}};
        prompts::MoveLabelDialog dialog(QStringLiteral("triage"), 3, book, QStringLiteral("Ada"));
        dialog.findChild<QComboBox*>()->setCurrentText(QStringLiteral("production"));
        QVERIFY(dialog.consequences().contains(QStringLiteral("nothing would change")));
        dialog.findChild<QComboBox*>()->setCurrentText(QStringLiteral("shadow"));
        QVERIFY(dialog.consequences().contains(QStringLiteral("is new")));
    }

    void aMoveThatFailsSaysWhy()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        desk.page.showTab(Tab::Labels);
        QTRY_VERIFY(desk.button(QStringLiteral("Move a label to v4…")) != nullptr &&
                    desk.button(QStringLiteral("Move a label to v4…"))->isEnabled());
        desk.page.labels().askForMove();
        auto* dialog = desk.page.findChild<prompts::MoveLabelDialog*>();
        desk.script->fail = true;
        Q_EMIT dialog->moveRequested(QStringLiteral("canary"), QStringLiteral("because"));
        QTRY_VERIFY(desk.page.labels().said().contains(QStringLiteral("another program moved this label")));
    }

    void theFiveStatesLookDifferent()
    {
        const auto script = std::make_shared<Script>();
        script->fail = true;
        Desk failed(script);
        QTRY_VERIFY(failed.page.states().state() == PageStates::State::Failed);
        QVERIFY(failed.page.states().message().contains(QStringLiteral("did you mean \"production\"")));
        script->fail = false;
        failed.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(failed.page.states().state() == PageStates::State::Ready);

        const auto none = std::make_shared<Script>();
        none->nothingIndexed = true;
        Desk empty(none);
        QTRY_VERIFY(empty.page.states().state() == PageStates::State::Empty);
        QVERIFY(empty.page.states().message().contains(QStringLiteral("prompts/NAME/v1.md")));

        const auto slow = std::make_shared<Script>();
        slow->hang = true;
        Desk loading(slow);
        QVERIFY(loading.page.states().state() == PageStates::State::Loading);
        slow->hang = false;
    }

    void aFileThatCannotBeReadIsNamedWithLineAndColumn()
    {
        const auto script = std::make_shared<Script>();
        script->brokenPrompt = true;
        Desk desk(script);
        QTRY_VERIFY(desk.reads(QStringLiteral("prompts/triage/v6.md:12:17: unknown variable")));
        QVERIFY(desk.reads(QStringLiteral("Open the file")));
        QVERIFY(desk.page.states().state() == PageStates::State::Ready); // the others can be used
    }

    void everyControlHasAName()
    {
        Desk desk;
        desk.open(QStringLiteral("policy-answer@v4"));
        for (const Tab tab :
             {Tab::Version, Tab::Diff, Tab::Messages, Tab::Run, Tab::Playground, Tab::Labels, Tab::History}) {
            desk.page.showTab(tab);
            QTest::qWait(20);
            for (const auto* widget : desk.page.findChildren<QWidget*>()) {
                const bool control = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                                     widget->focusProxy() == nullptr;
                if (!control || widget->objectName().startsWith(QStringLiteral("qt_")))
                    continue;
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                const auto* label = qobject_cast<const QLabel*>(widget);
                const bool named = !widget->accessibleName().isEmpty() ||
                                   (button != nullptr && !button->text().isEmpty()) ||
                                   (label != nullptr && !label->text().isEmpty());
                QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) +
                                           QString::number(static_cast<int>(tab))));
            }
        }
    }
};

QTEST_MAIN(TestPromptsPage)
#include "tst_prompts_page.moc"
