// 20,000 documents in the real engine: the event loop never waits while a person filters the tree, searches
// and walks through what was found.
#include <array>

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "app/workspace/workspace.h"
#include "tests/support/temporary_folder.h"
#include "tests/ui/support/gap_meter.h"
#include "ui/corpus/corpus_page.h"
#include "ui/corpus/retrieval_panel.h"
#include "ui/corpus/tree_panel.h"
#include "ui/settings/keychain.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_of.h"
#include "ui/widgets/theme.h"

using namespace plumbline;
using namespace plumbline::ui;
using tests::measure;
using tests::Measured;
using tests::spin;

namespace {

constexpr int kDocuments = 20'000;
constexpr int kPatience = 60'000; // ms

constexpr std::array<const char*, 16> kSubjects = {
    "certificate", "refund",   "chargeback", "ledger", "mandate",  "cluster", "backup",   "keyring",
    "onboarding",  "sanction", "settlement", "queue",  "firewall", "payroll", "terminal", "dispute"};
constexpr std::array<const char*, 12> kActs = {"rotation", "approval", "review",   "escalation",
                                               "recovery", "closing",  "transfer", "retention",
                                               "handover", "blocking", "release",  "recount"};

std::string documentText(std::size_t number)
{
    const std::string subject = kSubjects[number % kSubjects.size()];
    const std::string act = kActs[number / kSubjects.size() % kActs.size()];
    const std::string tag = std::to_string(number);
    return "# " + subject + ' ' + act + ' ' + tag + "\n\nThe " + act + " of the " + subject +
           " is done within " + std::to_string(number % 90 + 1) + " minutes by team " + tag +
           ". A second person signs form F-" + tag + " before the " + subject + " is used again.\n";
}

std::shared_ptr<workspace::Workspace> indexedWorkspace(const tests::TemporaryFolder& folder)
{
    folder.write("workspace.yaml",
                 "name: large\ndocuments: {include: [.]}\napproval: {default: approved}\nactor: A Tester\n");
    for (std::size_t i = 0; i < kDocuments; ++i)
        folder.write("f" + std::to_string(i / 200) + "/d" + std::to_string(i) + ".md", documentText(i));
    auto opened = workspace::Workspace::open(folder.path());
    if (!opened)
        qFatal("%s", opened.error().describe().c_str());
    std::shared_ptr<workspace::Workspace> workspace = std::move(*opened);
    const auto report = workspace->indexer().run(workspace->indexOptions(), {}, {});
    if (!report || report->documents != kDocuments)
        qFatal("the documents were not indexed");
    qInfo("%d documents indexed in %.1f s", kDocuments, report->seconds);
    return workspace;
}

void type(const QString& words)
{
    for (const QChar letter : words) {
        QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
        spin(30);
    }
}

} // namespace

class TestLargeSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWindowNeverWaitsForTheEngine()
    {
        widgets::applyTheme(*qApp, widgets::ThemeChoice::Light, 1);
        const tests::TemporaryFolder folder;
        const auto workspace = indexedWorkspace(folder);
        shell::MainWindow window{{widgets::ThemeChoice::Light, 1}};
        window.resize(1280, 800);
        window.show();
        window.setSession(
            shell::sessionOf(workspace, workspace->actor(), std::make_shared<settings::KeyCache>()));
        auto& page = *window.corpusPage();
        QSignalSpy filtered(&page.tree(), &ui::corpus::TreePanel::filtered);
        QSignalSpy searched(&page.retrieval(), &ui::corpus::RetrievalPanel::searched);
        window.go(widgets::Page::Corpus);
        QVERIFY(filtered.wait(kPatience));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        page.showTab(ui::corpus::CorpusPage::Tab::Retrieval);
        page.retrieval().search(QStringLiteral("warm up"));
        QVERIFY(searched.wait(kPatience));
        QTest::qWait(300);
        const Measured idle = measure([] { spin(1500); });

        const Measured filtering = measure([&] {
            page.focusFilter();
            type(QStringLiteral("d1999"));
            spin(400);
        });
        int found = 0;
        const Measured searching = measure([&] {
            for (const char* query : {"who signs the ledger recount form", "certificate rotation 1234",
                                      "how fast is a sanction blocking", "F-17003"}) {
                page.retrieval().focusQuery();
                type(QString::fromLatin1(query));
                const auto before = searched.size();
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
                for (int i = 0; i < 500 && searched.size() == before; ++i)
                    spin(10);
                found += searched.size() > before ? 1 : 0;
                for (auto* table : page.retrieval().findChildren<QTableView*>()) {
                    if (table->model()->rowCount() > 1) {
                        table->selectRow(1);
                        spin(30);
                        table->scrollToBottom();
                        spin(30);
                    }
                }
            }
        });
        QCOMPARE(found, 4);
        for (const auto& [name, measured] :
             {std::pair("idle", idle), std::pair("filtering", filtering), std::pair("searching", searching)})
            qInfo("%s: p99 %.1f ms, worst %.1f ms, own computing at most %.1f ms", name, measured.p99,
                  measured.worst, measured.busiest);
        for (const Measured& measured : {filtering, searching}) {
            QVERIFY2(measured.p99 < 16, qPrintable(QString::number(measured.p99)));
            QVERIFY2(measured.worst < idle.worst + 50, qPrintable(QString::number(measured.worst)));
        }
    }
};

QTEST_MAIN(TestLargeSearch)
#include "tst_large_search.moc"
