// `plumbline eval` as a person and a CI system use it.
#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "app/evals/run_lock.h"
#include "app/evals/run_repository.h"
#include "tests/flows/support/model_folder.h"
#include "tests/flows/support/running_command.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using nlohmann::json;
using tests::CommandOutcome;

namespace {

constexpr const char* kSuite = R"(name: falcon
cases:
  - id: F-1
    question: Who acknowledges a falcon alarm – and how soon?
    expected: {documents: [FAL-001], facts: [12 minutes]}
    tags: [alarm]
  - id: F-2
    question: How often is the heron pond drained?
    expected: {documents: [HER-002], facts: [14 weeks]}
)";

} // namespace

class TestEvalCommand : public QObject {
    Q_OBJECT

    tests::TemporaryFolder m_root;
    std::unique_ptr<tests::FaultServer> m_server;
    std::unique_ptr<tests::ModelFolder> m_folder;

    json ask(std::vector<std::string> words, int exitCode = 0)
    {
        words.emplace_back("--json");
        const CommandOutcome outcome = m_folder->command(std::move(words));
        if (outcome.exitCode != exitCode) {
            qWarning("%s", outcome.err.c_str());
        }
        return json::parse(outcome.out, nullptr, false);
    }

    void write(const char* name, const std::string& text) const
    {
        std::filesystem::create_directories(m_folder->home() / "suites");
        std::ofstream(m_folder->home() / "suites" / name) << text;
    }

private slots:
    void initTestCase()
    {
        tests::useOwnUserFolders(m_root.path() / "user");
        m_server = std::make_unique<tests::FaultServer>();
        m_folder = std::make_unique<tests::ModelFolder>(m_root.path() / "w");
        m_folder->serve({.url = m_server->url(), .totalSeconds = 30});
        write("falcon.yaml", kSuite);
    }

    void runListAndShowSayTheSame()
    {
        const json run = ask({"eval", "run", "suites/falcon.yaml", "--as-of", "2026-11-24"});
        QVERIFY(run["state"] == "finished");
        QCOMPARE(run["variants"].size(), std::size_t{1});
        QVERIFY(run["variants"][0]["model"] == "embedded");
        QCOMPARE(run["results"].size(), std::size_t{2});
        QVERIFY(run["results"][0]["case"] == "F-1");
        QVERIFY(run["results"][0]["state"] == "answered");
        QVERIFY(run["results"][0]["figures"]["hit@1"] == 1.0);
        const json shown = ask({"eval", "show", "latest"});
        QVERIFY(shown["run"] == run["run"]);
        QVERIFY(shown["results"] == run["results"]);
        QVERIFY(ask({"eval", "list"})["runs"][0]["run"] == run["run"]);
        const json one = ask({"eval", "show", "latest", "--case", "F-1"});
        QCOMPARE(one["case"]["where"].get<std::string>().substr(0, 20), std::string("suites/falcon.yaml:3"));
        QVERIFY(one["results"][0]["answer"]["answer"].get<std::string>().find("12 minutes") !=
                std::string::npos);
    }

    void tagsAndModelsChooseWhatIsRun()
    {
        const json run = ask({"eval", "run", "suites/falcon.yaml", "--tag", "alarm", "--model", "embedded",
                              "--model", "served", "--prompt", "policy-answer@v1", "--repeat", "2"});
        QCOMPARE(run["variants"].size(), std::size_t{2});
        QCOMPARE(run["results"].size(), std::size_t{4});
        QVERIFY(run["settings"]["repeats"] == 2);
        const json again = ask({"eval", "run", "suites/falcon.yaml", "--tag", "alarm", "--model", "served",
                                "--prompt", "policy-answer@v1"});
        QVERIFY(again["results"][0]["cached"] == true);
        QVERIFY(again["variants"][0]["cached"] == 1);
    }

    void theSameVariantTwiceIsAskedOnce()
    {
        const json run = ask({"eval", "run", "suites/falcon.yaml", "--no-gates", "--model", "embedded",
                              "--model", "served", "--model", "embedded", "--prompt", "policy-answer@v1",
                              "--prompt", "policy-answer@v1", "--baseline", "policy-answer@v1"});
        QCOMPARE(run["variants"].size(), std::size_t{2});
        QVERIFY(run["variants"][0]["model"] == "embedded"); // in the order they were named
        QVERIFY(run["variants"][1]["model"] == "served");
        QVERIFY(run["planned"] == 4);
    }

    void aDryRunAsksNothing()
    {
        const std::size_t before = m_server->requests().size();
        const json estimate = ask({"eval", "run", "suites/falcon.yaml", "--model", "served", "--prompt",
                                   "policy-answer@v1", "--dry-run", "--repeat", "3"});
        QVERIFY(estimate["results"] == 6);
        QVERIFY(estimate["calls"] == 6);
        QVERIFY(estimate["cost_usd"] == 0.0);
        QCOMPARE(m_server->requests().size(), before);
    }

    void watchingRunsWhatAnEditTouches()
    {
        write("watched.yaml", kSuite);
        const auto runs = [&] {
            json mine = json::array();
            const json all = ask({"eval", "list"});
            for (const json& run : all["runs"]) {
                if (run["settings"]["path"] == "suites/watched.yaml" && run["state"] == "finished") {
                    mine.push_back(run);
                }
            }
            return mine;
        };
        tests::RunningCommand command(m_folder->arguments({"eval", "run", "suites/watched.yaml", "--watch"}));
        QTRY_COMPARE_WITH_TIMEOUT(runs().size(), std::size_t{1}, 30'000);
        std::string edited = kSuite;
        edited.replace(edited.find("[14 weeks]"), 10, "[15 weeks]");
        write("watched.yaml", edited);
        QTRY_COMPARE_WITH_TIMEOUT(runs().size(), std::size_t{2}, 30'000);
        const json last = ask({"eval", "show", runs()[0]["run"].get<std::string>()});
        QVERIFY(last["results"][0]["cached"] == true);
        QVERIFY(last["results"][1]["cached"] == false);
        command.send(SIGINT);
        QCOMPARE(command.finish().exitCode, 130);
    }

    void aRunTravelsAsOneFile()
    {
        const json run = ask({"eval", "run", "suites/falcon.yaml"});
        const std::string file = (m_root.path() / "run.jsonl").string();
        QCOMPARE(m_folder->command({"eval", "export", "latest", file}).exitCode, 0);
        QCOMPARE(m_folder->command({"eval", "import-run", file}).exitCode, 3); // it is here already
        const tests::ModelFolder other(m_root.path() / "other");
        QCOMPARE(other.command({"eval", "import-run", file}).exitCode, 0);
        json there = json::parse(other.command({"eval", "show", "latest", "--json"}).out);
        QCOMPARE(there.dump(), ask({"eval", "show", "latest"}).dump());
        std::ifstream in(file);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const std::string whole = text;
        const std::filesystem::path bad = m_root.path() / "bad.jsonl";
        text.replace(text.find("12 minutes"), 2, "13");
        std::ofstream(bad) << text;
        const CommandOutcome changed = other.command({"eval", "import-run", bad.string()});
        QCOMPARE(changed.exitCode, 2);
        QVERIFY2(changed.err.find("the file was changed") != std::string::npos, changed.err.c_str());
        std::ofstream(bad) << whole.substr(0, whole.rfind("{\"digest\""));
        const CommandOutcome cut = other.command({"eval", "import-run", bad.string()});
        QCOMPARE(cut.exitCode, 2);
        QVERIFY2(cut.err.find("cut off") != std::string::npos, cut.err.c_str());
    }

    void aReportPointsOnlyIntoThePromptThatWasRun()
    {
        write("lost.yaml", "name: lost\ncases:\n  - {id: L-1, question: Who acknowledges a falcon alarm, "
                           "expected: {facts: [never said]}}\n");
        const std::string name = "prompts/policy-answer/v1.md";
        ask({"eval", "run", "suites/lost.yaml", "--model", "served", "--model", "embedded", "--prompt",
             "policy-answer@v1"});
        const auto places = [&] {
            const std::string file = (m_root.path() / "places.sarif").string();
            m_folder->command({"eval", "compare", "latest#1", "latest#2", "--sarif", file});
            std::ifstream in(file);
            return std::string(std::istreambuf_iterator<char>(in), {});
        };
        const std::string before = places();
        QVERIFY2(before.find("\"" + name + "\"") != std::string::npos, before.c_str());
        const auto whole = m_folder->home() / name;
        const auto kept = m_folder->home() / "kept.md";
        std::filesystem::copy_file(whole, kept);
        std::ofstream(whole, std::ios::app) << "Say please.\n";
        const std::string after = places();
        std::filesystem::rename(kept, whole);
        QVERIFY(after.find("L-1") != std::string::npos);
        QVERIFY2(after.find("\"" + name + "\"") == std::string::npos, after.c_str());
    }

    void whyOfAnOutageNamesNoCause()
    {
        ask({"eval", "run", "suites/falcon.yaml", "--model", "embedded", "--model", "served", "--prompt",
             "policy-answer@v1", "--no-gates"});
        m_folder->serve({.url = "http://127.0.0.1:1/v1", .totalSeconds = 2});
        const CommandOutcome outcome = m_folder->command({"eval", "why", "latest", "F-1", "--json"});
        m_folder->serve({.url = m_server->url(), .totalSeconds = 30});
        QCOMPARE(outcome.exitCode, 3);
        const json why = json::parse(outcome.out, nullptr, false);
        QVERIFY2(why["error"].is_string(), why.dump().c_str());
        QVERIFY(why["causes"].empty());
        QVERIFY(why["flips"] == false);
        QVERIFY(ask({"eval", "why", "latest", "F-1"})["error"].is_null());
    }

    void aKilledRunIsBrokenOff()
    {
        const auto state = m_folder->home() / ".plumbline";
        const evals::RunRepository runs(state / "plumbline.db");
        const std::string id = "r-20261126-041313-ab12";
        evals::Run run = *runs.run(ask({"eval", "run", "suites/falcon.yaml"})["run"].get<std::string>());
        run.id = id;
        run.state = evals::RunState::Running;
        run.ended.reset();
        QVERIFY(runs.create(run, *runs.suite("latest")).has_value());
        const std::string hint = "broken off; `plumbline eval resume " + id + "`";
        for (const auto& words : {std::vector<std::string>{"eval", "list"}, {"eval", "show", id}}) {
            const std::string killed = m_folder->command(words).out;
            QVERIFY2(killed.find(hint) != std::string::npos, killed.c_str());
            const auto held = evals::RunLock::take(state, id);
            QVERIFY(held.has_value());
            const std::string worked = m_folder->command(words).out;
            QVERIFY2(worked.find("running") != std::string::npos, worked.c_str());
            QVERIFY2(worked.find("broken off") == std::string::npos, worked.c_str());
        }
        QVERIFY(ask({"eval", "show", id})["broken_off"] == true);
        QVERIFY(ask({"eval", "resume", id})["state"] == "finished");
        QVERIFY(ask({"eval", "show", id})["broken_off"] == false);
    }

    void lintSaysNoWithItsPlace()
    {
        QCOMPARE(m_folder->command({"eval", "lint", "suites/falcon.yaml"}).exitCode, 0);
        write("twice.yaml",
              std::string(kSuite) + "  - {id: F-3, question: how often is the HERON pond drained}\n");
        const CommandOutcome outcome = m_folder->command({"eval", "lint", "suites/twice.yaml"});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.out.starts_with("suites/twice.yaml:10:"), outcome.out.c_str());
        QVERIFY2(outcome.out.find("duplicate: F-3 asks what F-2 asks") != std::string::npos,
                 outcome.out.c_str());
    }

    void mistakesAreOneLineWithAnExitCode_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& words, int code, const char* says) {
            QTest::newRow(name) << words << code << says;
        };
        row("no such suite", {"eval", "run", "suites/none.yaml"}, 2, "none.yaml");
        row("no such prompt", {"eval", "run", "suites/falcon.yaml", "--prompt", "none@v1"}, 2, "none");
        row("no such model", {"eval", "run", "suites/falcon.yaml", "--model", "none"}, 2, "none");
        row("no such run", {"eval", "show", "r-1"}, 2, "eval list");
        row("no such case", {"eval", "show", "latest", "--case", "none"}, 2, "none");
        row("no such tag", {"eval", "run", "suites/falcon.yaml", "--tag", "none"}, 2, "alarm");
        row("an echo of the assistant", {"eval", "run", "suites/falcon.yaml", "--model", "echo"}, 2, "echo");
        row("no command", {"eval"}, 2, "");
    }

    void mistakesAreOneLineWithAnExitCode()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QString, says);
        std::vector<std::string> list;
        for (const QString& word : words) {
            list.push_back(word.toStdString());
        }
        const CommandOutcome outcome = m_folder->command(list);
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), std::ptrdiff_t{1});
    }
};

QTEST_GUILESS_MAIN(TestEvalCommand)
#include "tst_eval_command.moc"
