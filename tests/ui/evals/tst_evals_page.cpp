#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/support/fake_evals.h"
#include "ui/evals/case_panel.h"
#include "ui/evals/case_rows.h"
#include "ui/evals/evals_page.h"
#include "ui/evals/judgement_bar.h"
#include "ui/evals/live_panel.h"
#include "ui/evals/matrix_model.h"
#include "ui/evals/matrix_panel.h"
#include "ui/evals/run_dialog.h"
#include "ui/evals/runs_panel.h"
#include "ui/evals/sources_panel.h"
#include "ui/evals/text_table.h"
#include "ui/evals/verdict_model.h"
#include "ui/evals/verdict_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;
using evals::CaseFilter;
using evals::EvalsPage;
using plumbline::tests::kBankRun;
using plumbline::tests::Script;
using widgets::PageStates;

namespace {

struct Desk {
    std::shared_ptr<Script> script;
    jobs::JobList jobs;
    EvalsPage page;

    explicit Desk(std::shared_ptr<Script> with = std::make_shared<Script>())
        : script(std::move(with)), page(plumbline::tests::fakeEvals(script), jobs)
    {
        page.resize(1280, 760);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    ~Desk() { script->hang = false; }

    // The first run with its first case and its verdict on screen.
    void ready()
    {
        QTRY_COMPARE(page.casePanel().shownCase(), QStringLiteral("A-001"));
        QTRY_VERIFY(page.casePanel().states().state() == PageStates::State::Ready);
        QTRY_VERIFY(page.verdict().states().state() == PageStates::State::Ready);
    }
    QTableView& table() { return page.matrix().table(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    QPushButton* button(const QString& text, const QWidget* in = nullptr)
    {
        for (auto* candidate : (in == nullptr ? &page : in)->findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    evals::RunDialog* dialog()
    {
        auto* dialog = page.findChild<evals::RunDialog*>();
        return dialog != nullptr && QTest::qWaitFor([&] { return dialog->isReady(); }) ? dialog : nullptr;
    }
    bool sourceSays(const QString& text) { return page.casePanel().sources().shownSource().contains(text); }
};

void tick(QListWidget& list, const QString& name, bool on)
{
    for (int row = 0; row < list.count(); ++row) {
        if (list.item(row)->text().startsWith(name))
            list.item(row)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
}

} // namespace

class TestEvalsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLastRunIsShownWithItsWorstCaseFirst()
    {
        Desk desk;
        desk.ready();
        QCOMPARE(desk.page.shownRun(), QString::fromLatin1(kBankRun));
        QVERIFY2(desk.page.said().contains(
                     QStringLiteral("1 of 3 gates failed · pass rate: regressed \u22128.1\u00a0points")),
                 qPrintable(desk.page.said()));
        QCOMPARE(desk.page.matrix().said(), QStringLiteral("6 broken, 3 fixed · 28\u00a0cases"));
        QCOMPARE(desk.page.matrix().chip(CaseFilter::Failures).text(), QStringLiteral("Failures 11"));
        QCOMPARE(desk.page.matrix().chip(CaseFilter::Errors).text(), QStringLiteral("Errors 2"));
    }

    void theKeysGoFromChangeToChangeAndIntoTheCase()
    {
        Desk desk;
        desk.ready();
        desk.page.matrix().focusTable();
        QStringList visited{desk.page.casePanel().shownCase()};
        for (int i = 0; i < 3; ++i) {
            desk.key(Qt::Key_N);
            visited << desk.page.casePanel().shownCase();
        }
        QCOMPARE(QSet<QString>(visited.begin(), visited.end()).size(), 4);
        desk.key(Qt::Key_P);
        QCOMPARE(desk.page.casePanel().shownCase(), visited[2]);
        QTRY_VERIFY(desk.page.casePanel().states().state() == PageStates::State::Ready);
        desk.key(Qt::Key_Return);
        QVERIFY(desk.page.casePanel().isAncestorOf(QApplication::focusWidget()));
        desk.key(Qt::Key_N, Qt::AltModifier); // from within the case too
        QCOMPARE(desk.page.casePanel().shownCase(), visited[3]);
        desk.key(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&desk.table()));
    }

    void theFiltersGoRoundOnOneKey()
    {
        Desk desk;
        desk.ready();
        desk.page.matrix().focusTable();
        QSignalSpy filtered(&desk.page.matrix(), &evals::MatrixPanel::filtered);
        desk.key(Qt::Key_F);
        QVERIFY(filtered.wait());
        QVERIFY(desk.page.matrix().filter() == CaseFilter::Failures);
        QCOMPARE(desk.table().model()->rowCount(), 11);
        desk.key(Qt::Key_F, Qt::ShiftModifier);
        QVERIFY(filtered.wait());
        QVERIFY(desk.page.matrix().filter() == CaseFilter::All);
        desk.key(Qt::Key_F, Qt::ShiftModifier);
        QVERIFY(filtered.wait());
        QVERIFY(desk.page.matrix().chip(CaseFilter::Errors).isChecked());
        QCOMPARE(desk.page.matrix().said(), QStringLiteral("6 broken, 3 fixed · 2 of 28 cases"));
    }

    void aSearchThatFindsNothingSaysSoAndIsUndoneByOneButton()
    {
        Desk desk;
        desk.ready();
        desk.page.matrix().focusTable();
        desk.key(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("downgrade zebra"));
        QTRY_VERIFY(desk.button(QStringLiteral("Show all cases")) != nullptr);
        desk.button(QStringLiteral("Show all cases"))->click();
        QTRY_COMPARE(desk.table().model()->rowCount(), 28);
    }

    void aCaseShowsWhatIsAskedExpectedAndAnsweredByBoth()
    {
        Desk desk;
        desk.ready();
        const QString head = desk.page.casePanel().shownHead();
        QVERIFY2(head.contains(
                     QStringLiteral("Expected: An answer from PAY-014@1.2 that says \u201c30 days\u201d")),
                 qPrintable(head));
        QVERIFY(head.contains(QStringLiteral("Baseline: passed 1.00")));
        QVERIFY(head.contains(QStringLiteral("Candidate: failed 0.25")));
        const auto& rows = desk.page.casePanel().answers().canvas().plan();
        QTRY_COMPARE(rows.rows().size(), std::size_t{2});
        const auto& first = rows.rows().front();
        QVERIFY(first.kind == widgets::DiffKind::Changed);
        QCOMPARE(first.right.text.mid(first.right.words.front().start,
                                      first.right.words.front().end - first.right.words.front().start),
                 QStringLiteral("45"));
    }

    void theChecksOfBothStandSideBySideWithTheReason()
    {
        Desk desk;
        desk.ready();
        const auto& check = desk.page.casePanel().checks().at(0);
        QCOMPARE(check.cells.mid(0, 4).join(u'|'),
                 QStringLiteral("answers-fact|passed|failed|the answer does not hold \"30 days\""));
        QVERIFY(check.tone == evals::Tone::Bad);
        QCOMPARE(desk.page.casePanel().checks().at(1).cells[2], QStringLiteral("failed 0.65"));
    }

    void anUnsupportedSentenceIsMarkedOnItsSource()
    {
        Desk desk;
        desk.ready();
        desk.page.casePanel().showTab(evals::CasePanel::Tab::Sources);
        QTRY_VERIFY(desk.sourceSays(QStringLiteral("what comes nearest")));
        QVERIFY(desk.sourceSays(QStringLiteral("[1] PAY-014@1.2")));
        const auto* model = desk.page.casePanel().sources().sentences().model();
        QCOMPARE(model->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("not supported: A certificate is rotated 45 days before it expires."));
        desk.page.casePanel().sources().sentences().setFocus();
        desk.key(Qt::Key_Down);
        QVERIFY(!desk.sourceSays(QStringLiteral("what comes nearest")));
        desk.button(QStringLiteral("Baseline: passed 1.00"))->click();
        QCOMPARE(model->index(0, 0).data().toString(),
                 QStringLiteral("A certificate is rotated 30 days before it expires."));
    }

    void aSentenceLeadsToItsDocumentAtTheMarkedLines()
    {
        Desk desk;
        desk.ready();
        desk.page.casePanel().showTab(evals::CasePanel::Tab::Sources);
        QSignalSpy links(&desk.page, &EvalsPage::linkActivated);
        desk.button(QStringLiteral("Open the document"))->click();
        QCOMPARE(links.count(), 1);
        const auto link = links.takeFirst().first().value<widgets::Link>();
        QVERIFY(link.page == widgets::Page::Corpus);
        QCOMPARE(link.key, QStringLiteral("PAY-014@1.2"));
        QCOMPARE(link.spans.front().start, std::size_t{184}); // 120 + 64
        desk.button(QStringLiteral("Prompt"))->click();
        const auto prompt = links.takeFirst().first().value<widgets::Link>();
        QVERIFY(prompt.page == widgets::Page::Prompts);
        QCOMPARE(prompt.key, QStringLiteral("policy-answer@v4"));
    }

    void aPersonDisagreesWithANote()
    {
        Desk desk;
        desk.ready();
        auto& bar = desk.page.casePanel().judgement();
        QVERIFY(bar.said().startsWith(QStringLiteral("The machine says: failed")));
        bar.note().setFocus();
        desk.key(Qt::Key_Return);
        QVERIFY(bar.said().contains(QStringLiteral("Choose Agree or Disagree")));
        QTest::keyClicks(&bar.note(), QStringLiteral("the span is right"));
        bar.disagree().click();
        QTRY_VERIFY2(bar.said().contains(QStringLiteral("Ada Byron")), qPrintable(bar.said()));
        QCOMPARE(desk.script->verdicts.front(),
                 std::string("A-001 policy-answer@v4 / embedded 0 disagree: the span is right"));
        desk.page.matrix().select(QStringLiteral("A-002"));
        QTRY_VERIFY(!bar.disagree().isChecked());
        desk.page.matrix().select(QStringLiteral("A-001"));
        QTRY_VERIFY(bar.disagree().isChecked());
        QCOMPARE(bar.note().text(), QStringLiteral("the span is right"));
    }

    void aVerdictThatCannotBeKeptSaysWhy()
    {
        Desk desk;
        desk.ready();
        desk.script->fail = true;
        auto& bar = desk.page.casePanel().judgement();
        bar.agree().click();
        QTRY_VERIFY2(bar.said().contains(QStringLiteral("check the disk")), qPrintable(bar.said()));
    }

    void aVerySmallChanceIsNotCalledNone()
    {
        plumbline::ui::evals::MetricVerdict metric;
        metric.label = "Pass rate";
        metric.p = 0;
        QVERIFY(
            plumbline::ui::evals::sentenceOf(metric).contains(QStringLiteral("p < 0.0001 after correction")));
        metric.p = .0001;
        QVERIFY(
            plumbline::ui::evals::sentenceOf(metric).contains(QStringLiteral("p = 0.0001 after correction")));
    }

    void aRefusalSaysWhyInWords()
    {
        plumbline::ui::evals::Attempt attempt;
        attempt.result.state = plumbline::evals::CaseState::Refused;
        attempt.result.refusalKind = "only_unusable";
        QCOMPARE(plumbline::ui::evals::answerText(attempt),
                 QStringLiteral("(refused: only documents that may not be used speak of it)"));
        attempt.result.refusalKind = "off_topic";
        QCOMPARE(plumbline::ui::evals::answerText(attempt), QStringLiteral("(refused: off topic)"));
    }

    void everyVerdictIsASentenceWithItsInterval()
    {
        Desk desk;
        desk.ready();
        desk.page.showTab(EvalsPage::Tab::Verdict);
        QVERIFY2(desk.page.verdict().said().startsWith(QStringLiteral(
                     "Pass rate: regressed. 86.1\u00a0% against 94.2\u00a0%, a difference of "
                     "\u22128.1\u00a0points, 95 % interval [\u221212.7, \u22123.5]\u00a0points. "
                     "252\u00a0pairs of answers in 61\u00a0clusters; the smallest difference they "
                     "can show is 5.2\u00a0points. p = 0.0031")),
                 qPrintable(desk.page.verdict().said()));
        desk.page.verdict().table().setFocus();
        for (int i = 0; i < 3; ++i)
            desk.key(Qt::Key_Down);
        QVERIFY(desk.page.verdict().said().startsWith(QStringLiteral("Refused rightly: underpowered.")));
        QCOMPARE(desk.page.verdict().gates().at(0).cells[0], QStringLiteral("failed"));
        QVERIFY(desk.page.verdict().gates().at(0).cells[3].startsWith(QStringLiteral("A-001, A-007")));
        desk.button(QStringLiteral("Copy the verdicts"))->click();
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("regressed\tPass rate (blocks)\t94.2 %")));
        QVERIFY(copied.contains(QStringLiteral("failed\tPass rate\t8.1 points worse")));
    }

    void aRunOfOneVersionTakesItsBaselineFromAnotherRun()
    {
        Desk desk;
        desk.ready();
        auto& box = desk.page.baseline();
        box.setCurrentIndex(0); // none
        Q_EMIT box.activated(0);
        QTRY_VERIFY(desk.page.verdict().states().state() == PageStates::State::Empty);
        QTRY_COMPARE(desk.page.matrix().said(), QStringLiteral("28\u00a0cases"));
        const int other = box.findText(QStringLiteral("extractive@1 / embedded"), Qt::MatchStartsWith);
        QVERIFY(other > 0);
        QSignalSpy shown(&desk.page, &EvalsPage::runShown);
        box.setCurrentIndex(other);
        Q_EMIT box.activated(other);
        QVERIFY(shown.wait());
        QTRY_COMPARE(desk.table().model()->columnCount(), 3 + 3 + 1);
        QVERIFY(box.currentText().startsWith(QStringLiteral("extractive@1")));
        QTRY_VERIFY(desk.page.verdict().states().state() == PageStates::State::Ready);
    }

    void theDialogSaysWhatARunTakesAndCanShow()
    {
        Desk desk;
        desk.ready();
        desk.key(Qt::Key_R, Qt::ControlModifier);
        auto* dialog = desk.dialog();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->order().prompts, std::vector<std::string>{"extractive@1"});
        QSignalSpy planned(dialog, &evals::RunDialog::planned);
        tick(dialog->prompts(), QStringLiteral("policy-answer@v4"), true);
        dialog->repeats().setValue(3);
        QVERIFY(planned.wait());
        QVERIFY2(dialog->plan().contains(QStringLiteral("1,512 answers, 756 of them known already")) ||
                     dialog->plan().contains(QStringLiteral("1512 answers")),
                 qPrintable(dialog->plan()));
        QVERIFY(dialog->plan().contains(QStringLiteral("Cost: about $0.93744")));
        QVERIFY(dialog->plan().contains(QStringLiteral("can show is 6.2\u00a0points")));
        tick(dialog->models(), QStringLiteral("embedded"), false);
        QTRY_VERIFY(!dialog->isReady());
        QTRY_VERIFY(dialog->plan().contains(QStringLiteral("Tick a model")));
    }

    void aSuiteThatCannotBeReadCannotBeRun()
    {
        Desk desk;
        desk.ready();
        desk.page.askForRun();
        auto* dialog = desk.dialog();
        dialog->suite().setCurrentIndex(2);
        QTRY_VERIFY(dialog->plan().contains(QStringLiteral("suites/payments.yaml:14:5")));
        QVERIFY(!dialog->isReady());
        dialog->suite().setCurrentIndex(1); // plain: no prompt of the workspace
        QTRY_VERIFY(dialog->isReady());
        QVERIFY(dialog->order().prompts.empty());
    }

    void aRunIsWatchedStoppedAndResumed()
    {
        Desk desk;
        desk.ready();
        desk.page.askForRun();
        auto* dialog = desk.dialog();
        tick(dialog->prompts(), QStringLiteral("policy-answer@v4"), true);
        QTRY_VERIFY(dialog->isReady());
        desk.script->hang = true;
        dialog->runButton().click();
        QTRY_VERIFY2(desk.page.live().said().contains(QStringLiteral("201 of 504 answers")),
                     qPrintable(desk.page.live().said()));
        const QString said = desk.page.live().said();
        QVERIFY2(said.contains(QStringLiteral("41.7 answers a second")), qPrintable(said));
        QVERIFY(said.contains(QStringLiteral("10, of them 1 broken off with an error")));
        QVERIFY(said.contains(QStringLiteral("$0.227733")));
        QCOMPARE(desk.page.live().failures().at(0).cells[1], QStringLiteral("A-044"));
        QVERIFY(desk.jobs.current() != nullptr);
        QVERIFY(!desk.page.runs().newRun().isEnabled());
        desk.page.runs().select(QString::fromLatin1(kBankRun)); // others can be looked at meanwhile
        desk.script->hang = false;
        QTRY_VERIFY(!desk.page.isRunning());
        QCOMPARE(desk.script->evalRuns.front(),
                 std::string("suites/golden.jsonl extractive@1 policy-answer@v4 embedded x1"));
    }

    void aStoppedRunOffersToGoOn()
    {
        Desk desk;
        desk.ready();
        QSignalSpy ended(&desk.page, &EvalsPage::runEnded);
        desk.page.runs().select(QStringLiteral("r-20261123-171500-0b9e"));
        QTRY_VERIFY(desk.button(QStringLiteral("Resume")) != nullptr);
        QVERIFY(desk.page.said().contains(QStringLiteral("stopped after 131 of 252 answers")));
        desk.script->hang = false;
        desk.button(QStringLiteral("Resume"))->click();
        QVERIFY(ended.wait());
        QCOMPARE(desk.script->evalRuns.front(), std::string("resume r-20261123-171500-0b9e"));
        QTRY_COMPARE(desk.page.shownRun(), QStringLiteral("r-20261124-031200-f00d"));
    }

    void stopLeavesWhatIsDone()
    {
        Desk desk;
        desk.ready();
        QSignalSpy ended(&desk.page, &EvalsPage::runEnded);
        desk.script->hang = true;
        desk.page.start({"suites/golden.jsonl", {"policy-answer@v4"}, {"embedded"}, 1, 4});
        QTRY_VERIFY(desk.page.live().isVisible());
        QTest::keyClick(&desk.page.live().stopButton(), Qt::Key_Space);
        QVERIFY(ended.wait());
        desk.script->hang = false;
        QTRY_VERIFY2(desk.page.said().contains(QStringLiteral("stopped after")),
                     qPrintable(desk.page.said()));
        QVERIFY(desk.button(QStringLiteral("Resume")) != nullptr);
    }

    void aRunThatCannotBeMadeSaysWhy()
    {
        Desk desk;
        desk.ready();
        desk.page.start({"suites/golden.jsonl", {"policy-answer@v4"}, {"broken"}, 1, 4});
        QTRY_VERIFY(desk.page.detail().state() == PageStates::State::Failed);
        QVERIFY(desk.page.detail().message().contains(QStringLiteral("budget per_run_usd")));
    }

    void thePageSaysWhatItIsIn_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("loading") << "loading"
                                 << "Reading the runs";
        QTest::newRow("empty") << "empty"
                               << "No runs yet";
        QTest::newRow("failed") << "failed"
                                << "The runs could not be read\nreading the database failed";
    }
    void thePageSaysWhatItIsIn()
    {
        QFETCH(const QString, state);
        QFETCH(const QString, words);
        const auto script = std::make_shared<Script>();
        script->hang = state == QStringLiteral("loading");
        script->nothingIndexed = state == QStringLiteral("empty");
        script->fail = state == QStringLiteral("failed");
        Desk desk(script);
        QTRY_VERIFY2(desk.page.states().message().startsWith(words),
                     qPrintable(desk.page.states().message()));
        script->hang = false;
        if (state == QStringLiteral("empty")) {
            desk.button(QStringLiteral("Run a suite…"))->click();
            QVERIFY(desk.page.findChild<evals::RunDialog*>() != nullptr);
        }
    }

    void aCaseThatCannotBeReadIsNoEmptyCase()
    {
        Desk desk;
        desk.ready();
        desk.script->failCases = true;
        desk.page.matrix().select(QStringLiteral("A-002"));
        QTRY_VERIFY(desk.page.casePanel().states().state() == PageStates::State::Failed);
        QVERIFY(desk.page.casePanel().states().message().contains(QStringLiteral("A-002 could not be read")));
        desk.script->failCases = false;
        desk.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(desk.page.casePanel().states().state() == PageStates::State::Ready);
    }

    void aLinkOpensARunAtItsCase()
    {
        Desk desk;
        desk.page.open(QStringLiteral("r-20261119-160000-c3d7 A-007"));
        QTRY_COMPARE(desk.page.shownRun(), QStringLiteral("r-20261119-160000-c3d7"));
        QTRY_COMPARE(desk.page.casePanel().shownCase(), QStringLiteral("A-007"));
        QTRY_VERIFY(
            desk.page.casePanel().shownHead().contains(QStringLiteral("Candidate: failed 0.00, refused")));
        desk.page.open(QStringLiteral("r-20261119-160000-c3d7 A-002"));
        QTRY_COMPARE(desk.page.casePanel().shownCase(), QStringLiteral("A-002"));
    }

    void whyACaseChangedIsSaid()
    {
        Desk desk;
        desk.ready();
        desk.button(QStringLiteral("Why changed?"))->click();
        QTRY_VERIFY2(desk.page.casePanel().shownHead().contains(QStringLiteral("it is the prompt")),
                     qPrintable(desk.page.casePanel().shownHead()));
    }

    void whatIsShownCanBeCopied()
    {
        Desk desk;
        desk.ready();
        for (auto* menu : desk.page.findChildren<QMenu*>()) {
            for (QAction* action : menu->actions()) {
                if (action->text() == QStringLiteral("Copy the shown cases"))
                    action->trigger();
            }
        }
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("case,question,change,")));
        QCOMPARE(QApplication::clipboard()->text().count(u'\n'), 29);
    }

    void filterSearchAndRunAreRemembered()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("console.ini")), QSettings::IniFormat);
        {
            Desk desk;
            desk.ready();
            desk.page.matrix().setFilter(CaseFilter::Changed);
            desk.page.runs().select(QStringLiteral("r-20261119-160000-c3d7"));
            desk.page.saveState(settings);
        }
        const auto script = std::make_shared<Script>();
        jobs::JobList jobs;
        EvalsPage page(plumbline::tests::fakeEvals(script), jobs);
        page.restoreState(settings);
        page.show();
        QTRY_COMPARE(page.shownRun(), QStringLiteral("r-20261119-160000-c3d7"));
        QVERIFY(page.matrix().filter() == CaseFilter::Changed);
        QTRY_COMPARE(page.matrix().table().model()->rowCount(), 10);
    }
};

QTEST_MAIN(TestEvalsPage)
#include "tst_evals_page.moc"
