#include <fstream>

#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "tests/ui/support/fake_prompts.h"
#include "ui/shell/case_file.h"

using namespace plumbline;
using ui::prompts::CaseRequest;

namespace {

CaseRequest requestOf(const std::string& question, bool refused = false)
{
    CaseRequest request;
    request.suite = "suites/kept.jsonl";
    request.run.question = question;
    request.run.prompt = tests::bankPrompt("policy-answer", 4);
    request.run.model = "simulated-large";
    request.run.asOf = *parseDate("2026-11-24");
    assistant::TurnRequest turn;
    request.outcome.answer =
        refused ? tests::bankRefusal(assistant::RefusalKind::OffTopic) : tests::bankAnswer(turn);
    return request;
}

nlohmann::json lineOf(const std::filesystem::path& file, int number)
{
    std::ifstream stream(file);
    std::string line;
    for (int i = 0; i < number; ++i)
        std::getline(stream, line);
    return nlohmann::json::parse(line);
}

} // namespace

class TestCaseFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnswerIsKeptWithItsPlaceAndARefusalAsOne()
    {
        const QTemporaryDir folder;
        const std::filesystem::path home(folder.path().toStdString());
        const auto first = ui::shell::keepCase(home, requestOf("why did it \"fail\"?\nreally"));
        QVERIFY(first.has_value());
        QCOMPARE(first->id, std::string("K-1"));
        const auto second = ui::shell::keepCase(home, requestOf("gold?", true));
        QCOMPARE(second->id, std::string("K-2"));
        const auto row = lineOf(home / "suites/kept.jsonl", 1);
        QCOMPARE(row.at("question").get<std::string>(), std::string("why did it \"fail\"?\nreally"));
        QCOMPARE(row.at("document").get<std::string>(), std::string("PAY-014"));
        QCOMPARE(row.at("prompt").get<std::string>(), std::string("policy-answer@v4"));
        QCOMPARE(row.at("simulated").get<bool>(), false);
        QVERIFY(row.at("end").get<int>() > row.at("start").get<int>());
        QCOMPARE(lineOf(home / "suites/kept.jsonl", 2).at("kind").get<std::string>(), std::string("refused"));
    }

    void aSimulatedRunIsKeptAsOne()
    {
        const QTemporaryDir folder;
        const std::filesystem::path home(folder.path().toStdString());
        CaseRequest request = requestOf("q");
        request.outcome.simulated = true;
        QVERIFY(ui::shell::keepCase(home, request).has_value());
        QCOMPARE(lineOf(home / "suites/kept.jsonl", 1).at("simulated").get<bool>(), true);
    }

    void suitesAreThoseOfTheWorkspaceWithTheOwnOneFirst()
    {
        const QTemporaryDir folder;
        const std::filesystem::path home(folder.path().toStdString());
        QCOMPARE(ui::shell::suitesOf(home), std::vector<std::string>{"suites/kept.jsonl"});
        std::filesystem::create_directories(home / "suites");
        QVERIFY(writeFileAtomically(home / "suites/golden.jsonl", "{}").has_value()); // no line end
        QCOMPARE(ui::shell::suitesOf(home),
                 (std::vector<std::string>{"suites/kept.jsonl", "suites/golden.jsonl"}));
        CaseRequest request = requestOf("q");
        request.suite = "suites/golden.jsonl";
        QVERIFY(ui::shell::keepCase(home, request).has_value());
        QCOMPARE(lineOf(home / "suites/golden.jsonl", 2).at("id").get<std::string>(), std::string("K-2"));
    }

    void aFileElsewhereIsRefused()
    {
        for (const char* name : {"../x.jsonl", "suites/x.yaml", "/etc/x.jsonl", "suites/a/b.jsonl"}) {
            CaseRequest request = requestOf("q");
            request.suite = name;
            QVERIFY(ui::shell::keepCase("/nonexistent", request).error().code == ErrorCode::BadInput);
        }
    }
};

QTEST_APPLESS_MAIN(TestCaseFile)
#include "tst_case_file.moc"
