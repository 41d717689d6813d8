// A pull request in small: the golden suite over two versions of a prompt. The worse one fails the build, and
// every report names case, sentence, source and the line of the prompt; the equal one passes with the
// difference that could have been seen.
#include <QTest>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/flows/support/small_workspace.h"
#include "tests/support/paths.h"

using nlohmann::json;
using plumbline::tests::CommandOutcome;
using plumbline::tests::TemporaryFolder;

namespace {

std::string textOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? std::string() : text.replace(at, what.size(), by);
}

} // namespace

class EvalGatesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void failsTheWorseVersion();
    void namesThePlacesInJunit();
    void namesThePlacesInSarif();
    void namesThePlacesInHtml();
    void passesTheEqualVersion();
    void comparesRunsAfterwards();
    void saysWhatItCannotTake_data();
    void saysWhatItCannotTake();
    void saysItBeforeTheRun_data();
    void saysItBeforeTheRun();
    void saysBeforehandWhatTheSuiteCanShow();
    void gatesACandidateThatIsItsOwnBaseline();

private:
    CommandOutcome here(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"--workspace", m_home.string(), "--quiet"});
        return plumbline::tests::plumbline(arguments);
    }
    std::string file(const char* name) const { return (m_folder.path() / name).string(); }
    CommandOutcome evaluate(const std::string& candidate, const std::vector<std::string>& more) const;

    TemporaryFolder m_folder;
    std::filesystem::path m_home;
    CommandOutcome m_worse;
    int m_line = 0; // of the prompt, where the worse version asks for more
};

// Two thirds of the golden suite: enough to tell a loss from none.
CommandOutcome EvalGatesTest::evaluate(const std::string& candidate,
                                       const std::vector<std::string>& more) const
{
    std::vector<std::string> arguments{"eval",      "run",        (m_home / "suites/golden.jsonl").string(),
                                       "--tag",     "half:tune",  "--prompt",
                                       candidate,   "--baseline", "policy-answer@v3",
                                       "--model",   "embedded",   "--as-of",
                                       "2026-11-24"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return here(arguments);
}

void EvalGatesTest::initTestCase()
{
    m_home = m_folder.path() / "workspace";
    std::filesystem::copy(plumbline::tests::sourceDirectory() / "corpus", m_home,
                          std::filesystem::copy_options::recursive);
    std::filesystem::remove_all(m_home / ".plumbline");
    const std::string good = textOf(m_home / "prompts/policy-answer/v3.md");
    const std::string worse = replaced(good, "answer_from: 0.5", "answer_from: 0.93");
    QVERIFY(!worse.empty());
    m_line =
        1 + static_cast<int>(std::count(
                worse.begin(), worse.begin() + static_cast<std::ptrdiff_t>(worse.find("answer_from")), '\n'));
    std::ofstream(m_home / "prompts/policy-answer/v7.md") << worse;
    std::ofstream(m_home / "prompts/policy-answer/v8.md")
        << replaced(good, "title: Answer from policies", "title: Answers from policies");
    const CommandOutcome indexed = here({"index"});
    QVERIFY2(indexed.exitCode == 0, indexed.err.c_str());
    m_worse = evaluate("policy-answer@v7",
                       {"--junit", file("j.xml"), "--sarif", file("s.sarif"), "--html", file("e.html"),
                        "--markdown", file("m.md"), "--json-out", file("e.json")});
}

void EvalGatesTest::failsTheWorseVersion()
{
    QVERIFY2(m_worse.exitCode == 1, (m_worse.err + m_worse.out).c_str());
    QVERIFY2(m_worse.out.find("against policy-answer@v3 / embedded: regressed") != std::string::npos,
             m_worse.out.c_str());
    QVERIFY2(m_worse.out.find("gate wrong_refusals failed: regressed: Refused though it has an answer") !=
                 std::string::npos,
             m_worse.out.c_str());
    const json report = json::parse(textOf(file("e.json")));
    QCOMPARE(report["passed"].get<bool>(), false);
    QVERIFY(!report["variants"][1]["comparison"]["broken"].empty());
    QVERIFY(textOf(file("m.md")).find("gates failed") != std::string::npos);
}

void EvalGatesTest::namesThePlacesInJunit()
{
    const std::string xml = textOf(file("j.xml"));
    const std::string prompt = "prompt   prompts/policy-answer/v7.md:" + std::to_string(m_line) + ": answer:";
    const std::regex failure(
        "<failure message=\"[^\"]+\" type=\"[^\"]+\">\\s+case     A-[0-9]+ \\(suites/golden.jsonl:[0-9]+\\)\n"
        "question [^\n]+\ncheck    [^\n]+\nsentence &quot;[^\n]+\nsource   [A-Z0-9]+-[0-9]+@[^\n]+\n");
    QVERIFY(std::regex_search(xml, failure));
    QVERIFY(xml.find(prompt) != std::string::npos);
    QVERIFY(xml.find("history  the baseline passed this case") != std::string::npos);
    QVERIFY(xml.find("gates of policy-answer@v7 / embedded") != std::string::npos);
}

void EvalGatesTest::namesThePlacesInSarif()
{
    const json log = json::parse(textOf(file("s.sarif")));
    int atThePrompt = 0;
    for (const json& result : log["runs"][0]["results"]) {
        const json& place = result["locations"][0]["physicalLocation"];
        const bool named = place["artifactLocation"]["uri"] == "prompts/policy-answer/v7.md" &&
                           place["region"]["startLine"] == m_line;
        if (named && result["level"] == "error") {
            ++atThePrompt;
            QVERIFY(!result["properties"]["case"].get<std::string>().empty());
            QVERIFY(!result["properties"]["sentence"]["text"].get<std::string>().empty());
            QVERIFY(result["relatedLocations"].size() >= 2); // the case and the source
        }
    }
    QVERIFY(atThePrompt > 5);
}

void EvalGatesTest::namesThePlacesInHtml()
{
    const std::string page = textOf(file("e.html"));
    QVERIFY(page.find("gates failed") != std::string::npos);
    QVERIFY(page.find("prompts/policy-answer/v7.md:" + std::to_string(m_line) +
                      ", differs from the baseline") != std::string::npos);
    QVERIFY(page.find("<dt>Source</dt>") != std::string::npos);
    QVERIFY(page.find("<dt>Sentence</dt>") != std::string::npos);
    QVERIFY(page.find("<script") == std::string::npos);
}

void EvalGatesTest::passesTheEqualVersion()
{
    const CommandOutcome equal = evaluate("policy-answer@v8", {"--json"});
    QVERIFY2(equal.exitCode == 0, (equal.err + equal.out.substr(0, 2000)).c_str());
    const json comparison = json::parse(equal.out)["variants"][1]["comparison"];
    const json& passes = comparison["metrics"][0];
    QCOMPARE(passes["name"].get<std::string>(), std::string("pass_rate"));
    QCOMPARE(passes["fixed"].get<int>() + passes["broken"].get<int>(), 0);
    QCOMPARE(passes["verdict"].get<std::string>(), std::string("no_evidence"));
    QCOMPARE(comparison["verdict"].get<std::string>(), std::string("no_evidence"));
    const double seen = passes["smallest_visible"].get<double>();
    QVERIFY2(seen > 0 && seen <= .03, std::to_string(seen).c_str());
    QVERIFY(passes["sentence"].get<std::string>().find("can show a difference of") != std::string::npos);
}

void EvalGatesTest::comparesRunsAfterwards()
{
    // The last run is that of the equal pair.
    const CommandOutcome equal = here({"eval", "compare", "latest#1", "latest#2", "--json"});
    QCOMPARE(equal.exitCode, 0);
    QCOMPARE(json::parse(equal.out)["after"].get<std::string>(), std::string("policy-answer@v8 / embedded"));
    const std::string worse = json::parse(textOf(file("e.json")))["run"];
    const CommandOutcome across = here({"eval", "compare", "latest", worse + "#2", "--html", file("c.html")});
    QVERIFY2(across.exitCode == 1, across.err.c_str());
    QVERIFY(across.out.find("regressed") != std::string::npos);
    QVERIFY(textOf(file("c.html")).find("Against policy-answer@v") != std::string::npos);
    // Held to nothing, the answer is no worse than before: it is only told.
    QCOMPARE(here({"eval", "compare", "latest", worse + "#2", "--no-gates"}).exitCode, 0);
}

void EvalGatesTest::saysWhatItCannotTake_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << 2 << QString::fromLatin1(says);
    };
    row("a run that there is not", {"eval", "compare", "latest", "r-none"}, "r-none");
    row("a variant that there is not", {"eval", "compare", "latest#1", "latest#9"}, "2 variants");
    row("a baseline's variant that there is not", {"eval", "compare", "latest#9", "latest#1"}, "2 variants");
    row("no number", {"eval", "compare", "latest#x", "latest"}, "number of a variant");
    row("no gates there", {"eval", "compare", "latest", "latest", "--gates", "none.yaml"}, "none.yaml");
    row("another context", {"eval", "compare", "latest", "latest", "--context", "nightly"}, "nightly");
}

void EvalGatesTest::saysWhatItCannotTake()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    std::vector<std::string> all;
    for (const QString& argument : arguments) {
        all.push_back(argument.toStdString());
    }
    const CommandOutcome outcome = here(all);
    QCOMPARE(outcome.exitCode, code);
    QVERIFY2(outcome.err.find(says.toStdString()) != std::string::npos, outcome.err.c_str());
    QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

void EvalGatesTest::saysItBeforeTheRun_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << QString::fromLatin1(says);
    };
    row("no gates file", {"--gates", "none.yaml"}, "none.yaml");
    row("a context that there is not", {"--context", "nightly"}, "there are: ci, release, canary");
    row("a baseline that there is not", {"--baseline", "r-none"}, "r-none");
    row("a baseline's variant that there is not", {"--baseline", "latest#9"}, "2 variants");
    row("a folder for JUnit that there is not", {"--junit", "none/j.xml"}, "none/j.xml");
    row("a folder for HTML that there is not", {"--html", "none/e.html"}, "none/e.html");
    row("a folder instead of a file", {"--sarif", "."}, "is a folder");
    row("a folder that takes nothing", {"--markdown", "/proc/m.md"}, "cannot be written into");
}

void EvalGatesTest::saysItBeforeTheRun()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    std::vector<std::string> all{"eval", "run", (m_home / "suites/golden.jsonl").string()};
    for (const QString& argument : arguments) {
        all.push_back(argument.toStdString());
    }
    const std::string before = here({"eval", "list", "--json"}).out;
    const CommandOutcome outcome = here(all);
    QVERIFY2(outcome.exitCode == 2 || outcome.exitCode == 3, outcome.out.c_str());
    QVERIFY2(outcome.err.find(says.toStdString()) != std::string::npos, outcome.err.c_str());
    QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
    QCOMPARE(here({"eval", "list", "--json"}).out, before); // nothing was asked
}

void EvalGatesTest::saysBeforehandWhatTheSuiteCanShow()
{
    const CommandOutcome plan = evaluate("policy-answer@v7", {"--dry-run", "--json"});
    QCOMPARE(plan.exitCode, 0);
    const json said = json::parse(plan.out);
    QVERIFY(said["smallest_visible"].get<double>() > 0 && said["smallest_visible"].get<double>() < .3);
    QVERIFY(said["clusters"].get<int>() > 0 && said["clusters"].get<int>() <= said["cases"].get<int>());
}

void EvalGatesTest::gatesACandidateThatIsItsOwnBaseline()
{
    std::ofstream(file("strict.yaml")) << "contexts: {ci: {gates: [{metric: pass_rate, limit: 1}]}}\n";
    const CommandOutcome same =
        evaluate("policy-answer@v3", {"--gates", file("strict.yaml"), "--junit", file("same.xml"), "--json"});
    QVERIFY2(same.exitCode == 1, same.err.c_str());
    const json said = json::parse(same.out);
    QCOMPARE(said["variants"].size(), std::size_t{1}); // asked once, not once for each side
    QVERIFY(said["variants"][0]["comparison"].is_null());
    QCOMPARE(said["variants"][0]["gates"]["passed"].get<bool>(), false);
    QVERIFY(textOf(file("same.xml")).find("gates of policy-answer@v3 / embedded") != std::string::npos);
}

QTEST_GUILESS_MAIN(EvalGatesTest)
#include "tst_eval_gates.moc"
