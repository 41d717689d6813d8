// A run of 2,000 cases that is killed fifty times: the same result as an unbroken one, and no case asked
// twice but for those that were under way.
#include <QTest>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include <nlohmann/json.hpp>

#include "app/evals/run_repository.h"
#include "app/evals/runner.h"
#include "tests/flows/support/model_folder.h"
#include "tests/flows/support/running_command.h"
#include "tests/support/fault_server/fault_server.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using nlohmann::json;

namespace {

constexpr int kCases = 2'000;
constexpr int kKills = 50;
constexpr int kAtOnce = 8;
constexpr unsigned kSeed = 20'261'126;

std::string suiteText()
{
    std::string text = "name: many\nprompts: [{label: plain, text: \"Say {{question}}\"}]\nmodels: [served]\n"
                       "defaults: {assert: [{type: contains, value: '7'}]}\ncases:\n";
    for (int i = 0; i < kCases; ++i) {
        text += "  - {id: c" + std::to_string(i) + ", question: \"number " + std::to_string(i) + "\"}\n";
    }
    return text;
}

std::vector<std::string> runWords()
{
    return {"eval",    "run",       "suites/many.yaml", "--concurrency", std::to_string(kAtOnce),
            "--as-of", "2026-11-24"};
}

// Everything that must not depend on the kills.
std::string resultsOf(const tests::ModelFolder& folder)
{
    const evals::RunRepository runs(folder.home() / ".plumbline" / "plumbline.db");
    std::string all;
    const auto done = runs.eachResult("latest", [&](const evals::CaseResult& one) -> Result<void> {
        all += one.caseId + " " + std::to_string(one.variant) + " " + std::to_string(one.repeat) + " " +
               std::string(toString(one.state)) + (one.passed ? " passed " : " failed ") + one.output +
               (one.cached ? " cached" : "") + "\n";
        return {};
    });
    return done ? all : done.error().describe();
}

std::map<std::string, int> askedOf(const tests::FaultServer& server)
{
    std::map<std::string, int> asked;
    for (const tests::ReceivedRequest& request : server.requests()) {
        const json body = json::parse(request.body, nullptr, false);
        if (body.is_object() && body.contains("messages")) {
            ++asked[body["messages"].back()["content"].get<std::string>()];
        }
    }
    return asked;
}

} // namespace

class TestEvalKill : public QObject {
    Q_OBJECT

private slots:
    void fiftyKillsAskNothingTwice()
    {
        const tests::TemporaryFolder root;
        tests::useOwnUserFolders(root.path() / "user");
        const tests::FaultServer server;
        const tests::ModelFolder folder(root.path() / "killed");
        folder.serve({.url = server.url("/delay/20"), .totalSeconds = 30});
        std::filesystem::create_directories(folder.home() / "suites");
        QVERIFY(std::ofstream(folder.home() / "suites" / "many.yaml") << suiteText());
        const evals::RunRepository runs(folder.home() / ".plumbline" / "plumbline.db");

        std::mt19937 random(kSeed);
        std::uniform_int_distribution<int> wait(60, 360);
        int killed = 0;
        for (int i = 0; i < kKills; ++i) {
            const bool begun = runs.run("latest").has_value();
            tests::RunningCommand command(
                folder.arguments(begun ? std::vector<std::string>{"eval", "resume", "latest"} : runWords()));
            std::this_thread::sleep_for(std::chrono::milliseconds(wait(random)));
            killed += command.ended() ? 0 : 1;
            command.send(SIGKILL);
            command.finish();
        }
        const auto last = folder.command({"eval", "resume", "latest"});
        QVERIFY2(last.exitCode == 0, last.err.c_str());
        QVERIFY(runs.run("latest")->state == evals::RunState::Finished);
        QCOMPARE(runs.list()->size(), std::size_t{1});

        int twice = 0;
        int missing = 0;
        const auto asked = askedOf(server);
        for (int i = 0; i < kCases; ++i) {
            const auto found = asked.find("Say number " + std::to_string(i));
            missing += found == asked.end() ? 1 : 0;
            twice += found == asked.end() ? 0 : found->second - 1;
        }
        qInfo("seed %u: %d of %d killed at work, %d requests more than cases", kSeed, killed, kKills, twice);
        QCOMPARE(missing, 0);
        QVERIFY(killed >= kKills / 2);
        QVERIFY2(twice <= killed * kAtOnce, std::to_string(twice).c_str());

        const tests::ModelFolder whole(root.path() / "whole");
        whole.serve({.url = server.url(), .totalSeconds = 30});
        std::filesystem::create_directories(whole.home() / "suites");
        QVERIFY(std::ofstream(whole.home() / "suites" / "many.yaml") << suiteText());
        QCOMPARE(whole.command(runWords()).exitCode, 0);
        QCOMPARE(resultsOf(folder), resultsOf(whole));
    }
};

QTEST_GUILESS_MAIN(TestEvalKill)
#include "tst_eval_kill.moc"
