// The life of documents in an index: added, changed, superseded, expired, deleted, approved, quarantined,
// rolled back.
#include <QTest>

#include "tests/flows/support/small_workspace.h"

using namespace plumbline;
using tests::policy;
using tests::SmallWorkspace;

namespace {

const std::string kHawk = "The harrier falcon alarm must be acknowledged within 12 minutes.";

bool says(const assistant::Answer& answer, std::string_view words)
{
    return answer.text().find(words) != std::string::npos;
}

} // namespace

class TestLifecycle : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatChangedIsReadAgain()
    {
        SmallWorkspace w;
        w.write("a.md", "# Alpha\n\nThe alpha limit is 10 widgets.\n");
        w.write("b.md", "# Beta\n\nThe beta limit is 20 widgets.\n");
        const auto first = w.index();
        QCOMPARE(first.added, 2U);
        const auto again = w.index();
        QCOMPARE(again.unchanged, 2U);
        QCOMPARE(again.added + again.updated + again.removed, 0U);
        QCOMPARE(again.generation, first.generation);
        w.write("b.md", "# Beta\n\nThe beta limit is 25 widgets.\n");
        const auto changed = w.index();
        QCOMPARE(changed.updated, 1U);
        QCOMPARE(changed.unchanged, 1U);
        QVERIFY(changed.generation > first.generation);
        QVERIFY(w.search("beta limit").passages.front().text.find("25 widgets") != std::string::npos);
    }

    void aDeletedDocumentIsOutOfEveryAnswerAtOnce()
    {
        SmallWorkspace w;
        w.write("a.md", "# Alpha\n\n" + kHawk + "\n");
        w.write("b.md", "# Beta\n\nThe beta limit is 20 widgets.\n");
        w.index();
        QCOMPARE(w.found("harrier falcon alarm").front(), std::string("a.md@1"));
        w.remove("a.md");
        const auto found = w.search("harrier falcon alarm");
        for (const auto& passage : found.passages) {
            QVERIFY(passage.document != "a.md");
        }
        QVERIFY(!found.dropped.empty());
        QVERIFY(found.dropped.front().fileGone);
        QCOMPARE(w.index().removed, 1U);
        QVERIFY(w.ask("How soon must the harrier falcon alarm be acknowledged?").refused());
    }

    void aRollbackBringsTheGenerationBeforeBack()
    {
        SmallWorkspace w;
        w.write("a.md", "# Alpha\n\nThe alpha limit is 10 widgets.\n");
        const auto first = w.index();
        w.write("a.md", "# Alpha\n\nThe alpha limit is 11 widgets.\n");
        w.index();
        const auto back = w.workspace().indexer().rollback();
        QVERIFY(back.has_value());
        QCOMPARE(back->number, first.generation);
        QVERIFY(w.search("alpha limit").passages.front().text.find("10 widgets") != std::string::npos);
        // The next run brings the folder's truth back.
        QCOMPARE(w.index().updated, 1U);
        QVERIFY(w.search("alpha limit").passages.front().text.find("11 widgets") != std::string::npos);
    }

    void thereIsNothingBeforeTheFirstGeneration()
    {
        SmallWorkspace w;
        w.write("a.md", "# Alpha\n\nText of alpha.\n");
        w.index();
        const auto back = w.workspace().indexer().rollback();
        QVERIFY(!back);
        QVERIFY(back.error().code == ErrorCode::NotFound);
    }

    void asOfQuestionsGetTheOlderText()
    {
        SmallWorkspace w("draft");
        w.write("old.md", policy({.id = "P-1",
                                  .version = "1.0",
                                  .state = "superseded",
                                  .effective = "2024-01-01",
                                  .body = "The widget alarm must be acknowledged within 30 minutes."}));
        w.write("new.md", policy({.id = "P-1",
                                  .version = "2.0",
                                  .effective = "2026-01-01",
                                  .supersedes = "P-1@1.0",
                                  .body = "The widget alarm must be acknowledged within 12 minutes."}));
        w.index();
        QVERIFY(says(w.ask("How soon must the widget alarm be acknowledged?"), "12 minutes"));
        QVERIFY(says(w.ask("How soon must the widget alarm be acknowledged?", "2025-06-01"), "30 minutes"));
        QVERIFY(w.ask("How soon must the widget alarm be acknowledged?", "2023-06-01").refused());
    }

    void draftsExpiredAndFutureDocumentsNeverSpeak_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("effective");
        QTest::addColumn<QString>("expires");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("a draft") << "draft"
                                 << "2026-01-01"
                                 << ""
                                 << "draft";
        QTest::newRow("in review") << "in_review"
                                   << "2026-01-01"
                                   << ""
                                   << "in_review";
        QTest::newRow("expired") << "approved"
                                 << "2024-01-01"
                                 << "2025-01-01"
                                 << "expired";
        QTest::newRow("expires on the very day asked") << "approved"
                                                       << "2024-01-01"
                                                       << "2026-11-24"
                                                       << "expired";
        QTest::newRow("not yet effective") << "approved"
                                           << "2027-01-01"
                                           << ""
                                           << "not_yet_effective";
    }

    void draftsExpiredAndFutureDocumentsNeverSpeak()
    {
        QFETCH(QString, state);
        QFETCH(QString, effective);
        QFETCH(QString, expires);
        QFETCH(QString, verdict);
        SmallWorkspace w("approved");
        w.write("p.md", policy({.id = "P-1",
                                .state = state.toStdString(),
                                .effective = effective.toStdString(),
                                .expires = expires.toStdString(),
                                .body = kHawk}));
        w.write("other.md", policy({.id = "P-2", .body = "The cafeteria opens at 8."}));
        w.index();
        const auto answer = w.ask("How soon must the harrier falcon alarm be acknowledged?");
        QVERIFY(answer.refused());
        QVERIFY(answer.refusal->kind == assistant::RefusalKind::OnlyUnusable);
        QVERIFY(!says(answer, "12 minutes"));
        const auto dropped = w.search("harrier falcon alarm", "2026-11-24", true).dropped;
        QVERIFY(!dropped.empty());
        QCOMPARE(std::string(corpus::toString(dropped.front().verdict)), verdict.toStdString());
    }

    void editingTheTextVoidsAnApproval()
    {
        SmallWorkspace w("draft");
        w.write("p.md", policy({.id = "P-1", .body = kHawk}));
        w.index();
        QVERIFY(!w.ask("How soon must the harrier falcon alarm be acknowledged?").refused());
        w.write("p.md", policy({.id = "P-1",
                                .body = "The harrier falcon alarm must be acknowledged within 99 minutes."}));
        w.index();
        QVERIFY(w.ask("How soon must the harrier falcon alarm be acknowledged?").refused());
        const auto notices = w.workspace().library().notices();
        QVERIFY(notices.has_value());
        QVERIFY(std::ranges::any_of(
            *notices, [](const corpus::Notice& notice) { return notice.kind == "approval_void"; }));
        // A person approves the new text: it speaks at once.
        QVERIFY(w.workspace().library().approve("P-1", {"A Tester", "test"}, systemNow()).has_value());
        QVERIFY(says(w.ask("How soon must the harrier falcon alarm be acknowledged?"), "99 minutes"));
    }

    void whatIsApprovedByDefaultSaysSo()
    {
        SmallWorkspace w("approved");
        w.write("a.md", "# Alpha\n\n" + kHawk + "\n");
        w.index();
        const auto answer = w.ask("How soon must the harrier falcon alarm be acknowledged?");
        QVERIFY(!answer.refused());
        QCOMPARE(answer.findings.front().rule, std::string("approved_by_default"));
        QVERIFY(answer.sources.front().passage.approval == corpus::Approval::ByDefault);
    }

    void aCardNumberPutsADocumentIntoQuarantineUntilSomebodyReleasesIt()
    {
        SmallWorkspace w;
        w.write("a.md",
                "# Case\n\nThe customer's card 4111 1111 1111 1111 was charged twice by the falcon shop.\n");
        const auto report = w.index();
        QCOMPARE(report.quarantined.size(), 1U);
        QVERIFY(report.quarantined.front().reason.find("4111") == std::string::npos);
        const auto row = w.workspace().library().show("a.md", tests::day("2026-11-24"));
        QVERIFY(row.has_value());
        QVERIFY(row->row.quarantined);
        QVERIFY(row->text.empty());
        QVERIFY(!w.workspace().library().approve("a.md", {"A Tester", "test"}, systemNow()));
        QVERIFY(w.workspace().library().release("a.md", {"A Tester", "test"}, systemNow()).has_value());
        QCOMPARE(w.index().added, 1U);
        QCOMPARE(w.found("falcon shop").front(), std::string("a.md@1"));
    }

    void brokenFilesAreSkippedWithTheirReasonAndTheOthersGoOn()
    {
        SmallWorkspace w;
        w.write("good.md", "# Good\n\n" + kHawk + "\n");
        w.write("empty.md", "");
        w.write("broken.pdf", "%PDF-1.4 and then nothing that makes sense");
        w.write("broken.docx", "PK this is no archive");
        w.write("bad.md", "---\nid: X\neffective: tomorrow\n---\n\n# Bad\n\nText.\n");
        w.write("table.xlsx", "whatever");
        const auto report = w.index();
        QCOMPARE(report.added, 1U);
        QCOMPARE(report.skipped.size(), 5U);
        for (const auto& skipped : report.skipped) {
            QVERIFY2(!skipped.reason.empty(), skipped.path.c_str());
        }
        QCOMPARE(w.index().skipped.size(), 5U);
        QCOMPARE(w.found("harrier falcon").front(), std::string("good.md@1"));
    }

    void theSameIdAndVersionTwiceIsNamed()
    {
        SmallWorkspace w;
        w.write("a.md", policy({.id = "P-1", .body = "The first text of this policy."}));
        w.write("b.md", policy({.id = "P-1", .body = "The second text of this policy."}));
        const auto report = w.index();
        QCOMPARE(report.documents, 1U);
        QCOMPARE(report.skipped.size(), 1U);
        QCOMPARE(report.skipped.front().path, std::string("b.md"));
        QVERIFY(report.skipped.front().reason.find("a.md") != std::string::npos);
    }

    void aCancelledRunLeavesTheGenerationInService()
    {
        SmallWorkspace w;
        w.write("a.md", "# Alpha\n\n" + kHawk + "\n");
        const auto first = w.index();
        for (int i = 0; i < 50; ++i) {
            w.write("more" + std::to_string(i) + ".md", "# More\n\nText number " + std::to_string(i) + ".\n");
        }
        std::stop_source stop;
        const auto cancelled = w.workspace().indexer().run(w.workspace().indexOptions(), stop.get_token(),
                                                           [&](const Progress&) { stop.request_stop(); });
        QVERIFY(!cancelled);
        QVERIFY(cancelled.error().code == ErrorCode::Cancelled);
        QCOMPARE(w.search("falcon").generation, first.generation);
        QCOMPARE(w.index().added, 50U);
    }

    void manySmallRunsAreMergedAndNothingIsLost()
    {
        SmallWorkspace w;
        for (int i = 0; i < 20; ++i) {
            w.write("d" + std::to_string(i) + ".md", "# Doc\n\nThe zebra" + std::to_string(i) + " limit is " +
                                                         std::to_string(i) + " widgets.\n");
            w.index();
        }
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(w.found("zebra" + std::to_string(i)).front(), "d" + std::to_string(i) + ".md@1");
        }
        std::size_t segments = 0;
        for (const auto& entry : std::filesystem::directory_iterator(w.home() / ".plumbline" / "index")) {
            segments += entry.path().filename().string().starts_with("segment") ? 1U : 0U;
        }
        QVERIFY2(segments <= 24, std::to_string(segments).c_str());
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
