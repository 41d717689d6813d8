// `plumbline prompts`: fields, exit codes, and one story from the first version to a refused change.
#include <QTest>

#include <fstream>

#include <nlohmann/json.hpp>

#include "app/base/text_diff.h"
#include "tests/flows/support/small_workspace.h"

using namespace plumbline;
using nlohmann::json;
using tests::CommandOutcome;
using tests::TemporaryFolder;

namespace {

std::string promptText(const std::string& rule)
{
    return "---\ntitle: Answer\ntask: answer\nchange_note: A note.\nmodel: {temperature: 0}\nvariables:\n"
           "  question: {kind: question}\n  passages: {kind: passages}\n---\n# System\nBe brief.\n" +
           rule + "\n# User\n{{passages}}\n{{question}}\n";
}

struct Made {
    TemporaryFolder folder;
    std::string home = folder.path().string();

    Made()
    {
        folder.write("limits.md",
                     "# Falcon limits\n\nThe falcon alarm must be acknowledged within 12 minutes.\n");
        folder.write("prompts/answer/v1.md", promptText("Only from the passages."));
        folder.write("prompts/answer/v2.md", promptText("From anywhere."));
        folder.write("prompts/answer/notes.txt", "x");
        tests::plumbline({"init", home});
        std::ofstream(folder.path() / "workspace.yaml", std::ios::app) << "\nactor: Ada Byron\n";
    }

    CommandOutcome here(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"--workspace", home, "prompts"});
        return tests::plumbline(arguments);
    }

    json jsonOf(std::vector<std::string> arguments) const
    {
        arguments.emplace_back("--json");
        const CommandOutcome outcome = here(std::move(arguments));
        if (!outcome.err.empty()) {
            qInfo("%s", outcome.err.c_str());
        }
        return json::parse(outcome.out, nullptr, false);
    }
};

} // namespace

class TestPromptsCommand : public QObject {
    Q_OBJECT

private slots:
    void tellsTheStoryOfAPrompt()
    {
        const Made w;
        const json listing = w.jsonOf({"list"});
        QCOMPARE(listing["prompts"][0]["name"].get<std::string>(), std::string("answer"));
        QCOMPARE(listing["prompts"][0]["versions"].size(), std::size_t{2});
        QCOMPARE(listing["prompts"][0]["versions"][1]["change_note"].get<std::string>(),
                 std::string("A note."));
        QCOMPARE(listing["ignored"][0]["path"].get<std::string>(), std::string("prompts/answer/notes.txt"));

        const json moved = w.jsonOf({"label", "answer@v1", "production", "--why", "The first."});
        QCOMPARE(moved["who"].get<std::string>(), std::string("Ada Byron"));
        QCOMPARE(moved["version"].get<int>(), 1);
        const json shown = w.jsonOf({"show", "answer"});
        QCOMPARE(shown["id"].get<std::string>(), std::string("answer@v1"));
        QVERIFY(shown["labels"] == json::array({"production"}));
        QVERIFY(shown["digest"] == moved["digest"]);
        QCOMPARE(shown["moves"][0]["why"].get<std::string>(), std::string("The first."));
        QVERIFY(w.here({"show", "answer"}).out.find("Only from the passages.") != std::string::npos);
        QVERIFY(w.here({"list"}).out.find("production") != std::string::npos);

        QCOMPARE(w.here({"new", "answer"}).out, std::string("prompts/answer/v3.md\n"));
        QCOMPARE(w.jsonOf({"show", "answer@v3"})["change_note"].get<std::string>(), std::string());

        w.folder.write("prompts/answer/v1.md", promptText("Guess."));
        const CommandOutcome refused = w.here({"show", "answer"});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY(
            refused.err.starts_with("plumbline: prompts/answer/v1.md: was changed after its release on "));
        QVERIFY(refused.err.find("restore it or make v4\n") != std::string::npos);
        const json history = w.jsonOf({"history", "answer@v2"});
        QCOMPARE(history.size(), std::size_t{1});
        QCOMPARE(history[0]["text"].get<std::string>(), promptText("From anywhere."));
        QVERIFY(history[0]["commit"].is_null());
    }

    void comparesVersions()
    {
        const Made w;
        const CommandOutcome text = w.here({"diff", "answer@v1", "answer@v2"});
        QCOMPARE(text.exitCode, 0);
        QCOMPARE(applyUnified(promptText("Only from the passages."), text.out).value_or("?"),
                 promptText("From anywhere."));
        const json found = w.jsonOf({"diff", "answer@v1", "answer@v2", "--rendered", "--question", "Who?"});
        QCOMPARE(found["unified"].get<std::string>().empty(), false);
        QCOMPARE(found["fields"].size(), std::size_t{0});
        QCOMPARE(found["sections"][0]["name"].get<std::string>(), std::string("system"));
        QCOMPARE(found["hunks"].size(), std::size_t{1});
        QCOMPARE(found["messages"][0]["same"].get<bool>(), false);
        QCOMPARE(found["messages"][1]["same"].get<bool>(), true);
        QVERIFY(w.here({"diff", "answer@v1", "answer@v1"}).out.empty());
    }

    void rendersWithPassagesOfARealSearch()
    {
        const Made w;
        const CommandOutcome without = w.here({"render", "answer@v1", "--question", "falcon alarm"});
        QCOMPARE(without.exitCode, 0);
        QVERIFY(without.err.find("nothing is indexed yet") != std::string::npos);
        tests::plumbline({"--workspace", w.home, "index"});
        const json out = w.jsonOf({"render", "answer@v1", "--question", "falcon alarm <|im_start|>"});
        QCOMPARE(out["passages"].get<int>(), 1);
        QCOMPARE(out["messages"].size(), std::size_t{2});
        QCOMPARE(out["messages"][0]["role"].get<std::string>(), std::string("system"));
        const std::string user = out["messages"][1]["content"];
        QVERIFY(user.find("acknowledged within 12 minutes") != std::string::npos);
        QVERIFY(user.find("number=\"1\" document=\"limits.md\"") != std::string::npos);
        QVERIFY(user.find("<|im_start|>") == std::string::npos);
        QVERIFY(out["digest"].get<std::string>() ==
                w.jsonOf({"render", "answer@v1", "--question", "falcon alarm <|im_start|>"})["digest"]);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("error");
        QTest::newRow("no such prompt") << QStringList{"show", "other"} << 2 << "there are: answer";
        QTest::newRow("no such version") << QStringList{"show", "answer@v9"} << 2 << "there are: v1, v2";
        QTest::newRow("no such label")
            << QStringList{"show", "answer@canary"} << 2 << "there is no such label";
        QTest::newRow("a bad reference") << QStringList{"show", "answer@"} << 2 << "NAME@LABEL";
        QTest::newRow("a label on a name")
            << QStringList{"label", "answer", "canary", "--why", "x"} << 2 << "expected NAME@vN";
        QTest::newRow("a label without a reason")
            << QStringList{"label", "answer@v1", "canary"} << 2 << "--why";
        QTest::newRow("a label like a version")
            << QStringList{"label", "answer@v1", "v2", "--why", "x"} << 2 << "a label is a word";
        QTest::newRow("rendered without a question")
            << QStringList{"diff", "answer@v1", "answer@v2", "--rendered"} << 2 << "--question";
        QTest::newRow("no subcommand") << QStringList{} << 2 << "";
    }

    void saysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, error);
        const Made w;
        std::vector<std::string> words;
        for (const QString& word : arguments) {
            words.push_back(word.toStdString());
        }
        const CommandOutcome outcome = w.here(words);
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(QString::fromStdString(outcome.err).contains(error), outcome.err.c_str());
        QVERIFY(outcome.out.empty());
    }

    void showsAnExampleInHelp()
    {
        for (const char* name : {"list", "show", "diff", "label", "render", "history", "new"}) {
            const CommandOutcome outcome = tests::plumbline({"prompts", name, "--help"});
            QCOMPARE(outcome.exitCode, 0);
            QVERIFY2(outcome.out.find(std::string("Example: plumbline prompts ") + name) != std::string::npos,
                     name);
        }
    }
};

QTEST_GUILESS_MAIN(TestPromptsCommand)
#include "tst_prompts_command.moc"
