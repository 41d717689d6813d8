#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTreeView>
#include <QtTest>

#include "tests/ui/support/fake_services.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/document_panel.h"
#include "ui/corpus/retrieval_panel.h"
#include "ui/corpus/tree_model.h"
#include "ui/corpus/tree_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;
using corpus::CorpusPage;
using plumbline::tests::Script;
using widgets::PageStates;

namespace {

struct Desk {
    std::shared_ptr<Script> script = std::make_shared<Script>();
    jobs::JobList jobs;
    std::unique_ptr<CorpusPage> page;

    explicit Desk(bool wait = true)
    {
        page = std::make_unique<CorpusPage>(plumbline::tests::fakeCorpus(script), jobs);
        page->resize(1200, 760);
        if (!wait)
            return;
        QSignalSpy filtered(&page->tree(), &corpus::TreePanel::filtered);
        page->show();
        QVERIFY(filtered.wait());
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
    }
    PageStates* states() const { return page->findChild<PageStates*>(QString(), Qt::FindDirectChildrenOnly); }
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page->findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    void open(const QString& key, std::vector<plumbline::Span> marks = {})
    {
        page->open({widgets::Page::Corpus, key, std::move(marks)});
        QTRY_COMPARE(page->document().document(), key);
        QTRY_VERIFY(page->document().view().fullyRendered() &&
                    !page->document().view().toPlainText().isEmpty());
    }
    QMessageBox* question() const { return page->findChild<QMessageBox*>(); }
    QString confirmBy(const QString& text)
    {
        QMessageBox* box = question();
        const QString said = box->text() + u'\n' + box->informativeText();
        for (auto* candidate : box->buttons()) {
            if (candidate->text() == text)
                candidate->click();
        }
        return said;
    }
};

} // namespace

class TestCorpusPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typingIntoTheFilterNarrowsTheTree()
    {
        Desk desk;
        QCOMPARE(static_cast<int>(desk.page->tree().model().tree().shown), 12);
        QSignalSpy filtered(&desk.page->tree(), &corpus::TreePanel::filtered);
        desk.page->focusFilter();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("certif"));
        QTRY_COMPARE(static_cast<int>(desk.page->tree().model().tree().shown), 1);
        QVERIFY(!filtered.isEmpty());
    }

    void choosingADocumentShowsItRenderedWithItsFacts()
    {
        Desk desk;
        auto& tree = desk.page->tree();
        tree.view().setCurrentIndex(tree.model().find(QStringLiteral("PAY-014@1.2")));
        QTRY_VERIFY(
            desk.page->document().view().toPlainText().contains(QStringLiteral("is rotated 30 days before")));
        QVERIFY(desk.button(QStringLiteral("Approve…")) == nullptr); // it is approved
    }

    void aLinkOpensTheDocumentAtItsLines()
    {
        Desk desk;
        const std::string text = plumbline::tests::bankDocument().text;
        const std::size_t at = text.find("Tell the Incident Commander");
        desk.open(QStringLiteral("PAY-014@1.2"), {{at, at + 27}});
        QTRY_COMPARE(desk.page->document().view().markedText(),
                     QStringLiteral("Tell the Incident Commander"));
    }

    void approvingAsksOnceSaysWhatChangesAndIsRecorded()
    {
        Desk desk;
        QSignalSpy changed(desk.page.get(), &CorpusPage::corpusChanged);
        desk.open(QStringLiteral("PAY-031@0.9"));
        desk.button(QStringLiteral("Approve…"))->click();
        QVERIFY(desk.script->approved.empty());
        const QString said = desk.confirmBy(QStringLiteral("Approve"));
        QVERIFY2(said.contains(QStringLiteral("Instant Payments Limits")) &&
                     said.contains(QStringLiteral("Ada Byron")) && said.contains(QStringLiteral("voids")),
                 qPrintable(said));
        QTRY_COMPARE(desk.script->approved.size(), std::size_t{1});
        QTRY_COMPARE(changed.size(), 1);
    }

    void cancellingAnApprovalChangesNothing()
    {
        Desk desk;
        desk.open(QStringLiteral("PAY-031@0.9"));
        desk.button(QStringLiteral("Approve…"))->click();
        desk.question()->reject();
        QTest::qWait(30);
        QVERIFY(desk.script->approved.empty());
    }

    void aQuarantinedDocumentIsReleasedNotApproved()
    {
        Desk desk;
        desk.open(QStringLiteral("OPS-099@1.0"));
        QVERIFY(desk.button(QStringLiteral("Approve…")) == nullptr);
        desk.button(QStringLiteral("Release from quarantine…"))->click();
        const QString said = desk.confirmBy(QStringLiteral("Release"));
        QVERIFY2(said.contains(QStringLiteral("hidden text addresses the assistant")), qPrintable(said));
        QTRY_COMPARE(desk.script->released.size(), std::size_t{1});
    }

    void theDigestIsCopiedWhole()
    {
        Desk desk;
        desk.open(QStringLiteral("PAY-014@1.2"));
        desk.button(QStringLiteral("Copy digest"))->click();
        QCOMPARE(QApplication::clipboard()->text().size(), 64);
    }

    void theDebuggerAsksTheSameSearchAndShowsEveryStage()
    {
        Desk desk;
        QSignalSpy searched(&desk.page->retrieval(), &corpus::RetrievalPanel::searched);
        desk.page->showTab(CorpusPage::Tab::Retrieval);
        desk.page->retrieval().focusQuery();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("certificate rotation"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(searched.wait());
        const auto& request = desk.script->searches.back();
        QCOMPARE(request.query, std::string("certificate rotation"));
        QCOMPARE(plumbline::toString(request.asOf), std::string("2026-11-24"));
        QCOMPARE(request.top, request.profile.top);
        const QString text = desk.page->retrieval().resultAsText();
        QVERIFY2(text.contains(QStringLiteral("1. PAY-014@1.2")), qPrintable(text));
        QVERIFY(text.contains(
            QStringLiteral("score 0.912; words 12.950, meaning 0.648, fused 0.784, re-ranked 0.912")));
        QVERIFY(text.contains(QStringLiteral("terms: rotation 3.08, payments 2.31")));
        QVERIFY(text.contains(QStringLiteral("PAY-031@0.9  Instant Payments Limits: Draft")));
        QVERIFY(text.contains(QStringLiteral("341 of 402 chunks may be used")));
    }

    void noPassageIsNotAFailure()
    {
        Desk desk;
        desk.page->search(QStringLiteral("zzz"));
        auto* states = desk.page->retrieval().findChild<PageStates*>();
        QTRY_VERIFY(states->state() == PageStates::State::Empty);
        desk.script->fail = true;
        desk.page->search(QStringLiteral("yyy"));
        QTRY_VERIFY(states->state() == PageStates::State::Failed);
    }

    void indexingShowsProgressAndCanBeStopped()
    {
        Desk desk;
        desk.script->hang = true; // slow
        QSignalSpy ended(desk.page.get(), &CorpusPage::indexEnded);
        QSignalSpy progress(desk.page.get(), &CorpusPage::indexProgress);
        desk.button(QStringLiteral("Index now"))->click();
        QTRY_VERIFY(!progress.isEmpty());
        QVERIFY(!desk.button(QStringLiteral("Index now"))->isEnabled());
        desk.button(QStringLiteral("Stop"))->click();
        desk.script->hang = false;
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toBool(), false);
        QVERIFY(desk.button(QStringLiteral("Index now"))->isEnabled());
    }

    void rollingBackSaysWhichGenerationComesBack()
    {
        Desk desk;
        desk.button(QStringLiteral("Roll back…"))->click();
        QTRY_VERIFY(desk.question() != nullptr);
        const QString said = desk.confirmBy(QStringLiteral("Roll back"));
        QVERIFY2(said.contains(QStringLiteral("generation 11")) &&
                     said.contains(QStringLiteral("instead of generation 12")),
                 qPrintable(said));
    }

    void anEmptyCorpusAndAFailureLookDifferent()
    {
        Desk empty(false);
        empty.script->nothingIndexed = true;
        empty.page->show();
        QTRY_VERIFY(empty.states()->state() == PageStates::State::Empty);
        QVERIFY(empty.states()->message().contains(QStringLiteral("Nothing is indexed yet")));
        Desk failed(false);
        failed.script->fail = true;
        failed.page->show();
        QTRY_VERIFY(failed.states()->state() == PageStates::State::Failed);
        QVERIFY(failed.states()->message().contains(QStringLiteral("input/output error")));
    }
};

QTEST_MAIN(TestCorpusPage)
#include "tst_corpus_page.moc"
