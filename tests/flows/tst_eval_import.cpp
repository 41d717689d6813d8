// `plumbline eval import`: a configuration of promptfoo becomes a suite that `eval run` runs.
#include <QTest>

#include <nlohmann/json.hpp>

#include "tests/flows/support/small_workspace.h"

using namespace plumbline;
using nlohmann::json;
using tests::CommandOutcome;
using tests::TemporaryFolder;

class TestEvalImport : public QObject {
    Q_OBJECT

    static CommandOutcome at(const TemporaryFolder& folder, std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), {"--workspace", folder.path().string(), "eval"});
        return tests::plumbline(arguments);
    }

    static std::string madeIn(const TemporaryFolder& folder)
    {
        tests::plumbline({"init", folder.path().string()});
        return folder
            .write(
                "cities/promptfooconfig.yaml",
                "prompts: ['About {{ city | upper }}: {{ question }}']\nproviders: [echo]\ntests:\n"
                "- vars: {city: [Bern, Rome], question: why}\n"
                "  assert: [{type: contains, value: '{{ city | upper }}'}, {type: regex, value: '^About'}]\n"
                "- vars: {city: Oslo}\n"
                "  assert: [{type: contains, value: OSLO}, {type: llm-rubric, value: polite}]\n")
            .string();
    }

private slots:
    void reportsAndRuns()
    {
        const TemporaryFolder folder;
        const std::string config = madeIn(folder);
        const CommandOutcome imported = at(folder, {"import", config, "--json"});
        QCOMPARE(imported.exitCode, 0);
        const json report = json::parse(imported.out, nullptr, false);
        QCOMPARE(report["suite"].get<std::string>(), std::string("suites/cities.yaml"));
        QCOMPARE(report["cases"].get<int>(), 3);
        QCOMPARE(report["assertions"]["exact"].size(), std::size_t{2});
        QCOMPARE(report["assertions"]["approximate"].size(), std::size_t{1});
        QCOMPARE(report["assertions"]["not_executable"][0]["type"].get<std::string>(),
                 std::string("llm-rubric"));
        QVERIFY(!report["assertions"]["not_executable"][0]["reason"].get<std::string>().empty());

        const CommandOutcome run = at(folder, {"run", "suites/cities.yaml"});
        QVERIFY2(run.out.find("passed 2 of 3") != std::string::npos, (run.out + run.err).c_str());
    }

    void aSuiteIsNotReplacedUnasked()
    {
        const TemporaryFolder folder;
        const std::string config = madeIn(folder);
        QCOMPARE(at(folder, {"import", config}).exitCode, 0);
        const CommandOutcome again = at(folder, {"import", config});
        QCOMPARE(again.exitCode, 2);
        QVERIFY(again.err.find("--force") != std::string::npos);
        QCOMPARE(at(folder, {"import", config, "--force"}).exitCode, 0);
        QCOMPARE(at(folder, {"import", config, "--name", "others"}).exitCode, 0);
        QCOMPARE(at(folder, {"import", config, "--name", "../others"}).exitCode, 2);
        QCOMPARE(at(folder, {"import", config + ".no"}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TestEvalImport)
#include "tst_eval_import.moc"
