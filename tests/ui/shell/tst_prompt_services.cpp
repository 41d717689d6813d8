// The Prompts page's services with the real library behind them, on a folder that is no Git repository.
#include <QtTest>

#include "app/workspace/workspace.h"
#include "tests/flows/support/small_workspace.h"
#include "ui/shell/prompt_services.h"

using namespace plumbline;

namespace {

constexpr const char* kHead =
    "---\ntitle: Answers\ntask: answer\nauthor: Prompt author\n"
    "change_note: A test\nvariables:\n  question: {kind: question, description: what}\n  "
    "passages: {kind: passages, description: which}\n---\n";

std::string promptText(const std::string& rule)
{
    return kHead + ("# System\n" + rule) + "\n# User\n{{passages}}\n{{question}}\n";
}

struct Desk {
    tests::TemporaryFolder folder;
    std::shared_ptr<workspace::Workspace> workspace;
    ui::prompts::Services services;

    Desk()
    {
        folder.write("workspace.yaml", "name: small\nactor: A Tester\n");
        write("Quote.");
        auto opened = workspace::Workspace::open(folder.path());
        if (!opened)
            qFatal("%s", opened.error().describe().c_str());
        workspace = std::move(*opened);
        services = ui::shell::promptServices(workspace, workspace->actor());
    }
    void write(const std::string& rule) { folder.write("prompts/greet/v1.md", promptText(rule)); }
    std::vector<ui::prompts::HistoryEntry> history() const
    {
        const auto history = services.history("greet");
        return history ? history->entries : std::vector<ui::prompts::HistoryEntry>();
    }
};

} // namespace

class TestPromptServices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVersionHasAHistoryFromWhenTheListFirstShowedIt()
    {
        Desk desk;
        QVERIFY(desk.history().empty());
        const auto listed = desk.services.list({});
        QVERIFY2(listed.has_value() && listed->problems.empty() && listed->prompts.size() == 1,
                 listed ? "the prompt was not read" : listed.error().describe().c_str());
        QCOMPARE(desk.history().size(), std::size_t{1});
        QCOMPARE(desk.history()[0].who, std::string("A Tester"));
        QCOMPARE(desk.services.history("greet")->from, std::string("the store"));

        QVERIFY(desk.services.list({}).has_value()); // seen already
        QCOMPARE(desk.history().size(), std::size_t{1});
        desk.write("Quote as it stands.");
        QVERIFY(desk.services.list({}).has_value());
        QCOMPARE(desk.history().size(), std::size_t{2});
        QCOMPARE(desk.history()[0].id.size(), std::size_t{64}); // which text is told by its digest
        QVERIFY(desk.history()[0].id != desk.history()[1].id);
        QVERIFY(!desk.history()[0].what.empty());
    }

    void aTextThatALabelIsMovedToIsKept()
    {
        Desk desk;
        const auto moved = desk.services.moveLabel("greet", "production", 1, "first one");
        QVERIFY2(moved.has_value(), moved ? "" : moved.error().describe().c_str());
        QCOMPARE(desk.history().size(), std::size_t{1});
    }

    void theListIsShownThoughNothingCanBeKept()
    {
        Desk desk;
        std::filesystem::remove(desk.folder.path() / ".plumbline" / "plumbline.db");
        std::filesystem::create_directories(desk.folder.path() / ".plumbline" / "plumbline.db");
        const auto listed = desk.services.list({});
        QVERIFY(listed.has_value());
        QCOMPARE(listed->prompts.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestPromptServices)
#include "tst_prompt_services.moc"
