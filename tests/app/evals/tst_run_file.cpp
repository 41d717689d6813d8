// A run's file from a stranger: its digest is right, and still it is not believed.
#include <QTest>

#include <fstream>

#include <nlohmann/json.hpp>

#include "app/base/digest.h"
#include "app/evals/run_file.h"
#include "app/evals/run_lock.h"
#include "tests/app/evals/run_fixtures.h"

using namespace plumbline;
using nlohmann::ordered_json;
using tests::RunStore;

namespace {

constexpr const char* kId = "r-20261126-041313-ab12";

using Lines = std::vector<ordered_json>;
using Edit = std::function<void(Lines&)>;

Lines linesOf(const std::filesystem::path& file)
{
    Lines lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(ordered_json::parse(line));
    }
    lines.pop_back();
    return lines;
}

// With the digest that these lines have.
void write(const std::filesystem::path& file, const Lines& lines)
{
    std::string text;
    for (const ordered_json& line : lines) {
        text += line.dump() + "\n";
    }
    std::ofstream(file, std::ios::binary) << text << ordered_json{{"digest", sha256Hex(text)}}.dump() << "\n";
}

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestRunFile : public QObject {
    Q_OBJECT

    // Two cases, two variants, two repeats, finished.
    static std::filesystem::path exported(const RunStore& store, std::string suitePath = "suites/plain.yaml")
    {
        auto suite = tests::plainSuite(2);
        suite.path = std::move(suitePath);
        suite.prompts.front().where = suite.path + ":2";
        auto first = tests::plainTarget(suite, "echo");
        first.variant.promptPath = suite.path;
        auto plan = tests::planOf(suite, {first, tests::plainTarget(suite, "counting")});
        plan.repeats = 2;
        const evals::Runner runner(tests::portsOf(store, std::make_shared<tests::CountingModel>()));
        const auto run = runner.start(plan, kId, {"Ada", "test"}, {}, {});
        const auto file = store.folder() / "run.jsonl";
        const auto done = evals::exportRun(store.runs(), kId, file, {});
        if (!run || !done) {
            qFatal("the run could not be exported");
        }
        return file;
    }

private slots:
    void aRunComesInAsItWentOut()
    {
        const RunStore store;
        const RunStore other;
        const auto file = exported(store);
        write(file, linesOf(file));
        const auto id = evals::importRun(other.runs(), file, {});
        QVERIFY2(id.has_value(), id ? "" : id.error().describe().c_str());
        QCOMPARE(other.runs().run(kId)->done, std::int64_t{8});
    }

    void aSuiteFromOutsideTravelsByItsName()
    {
        const RunStore store;
        const RunStore other;
        const auto file = exported(store, "/home/ada/plain.yaml");
        const auto id = evals::importRun(other.runs(), file, {});
        QVERIFY2(id.has_value(), id ? "" : id.error().describe().c_str());
        const auto run = other.runs().run(kId);
        QCOMPARE(run->settings.suitePath, std::string("plain.yaml"));
        QCOMPARE(run->settings.variants.front().promptPath, std::string("plain.yaml"));
        QCOMPARE(other.runs().suite(kId)->prompts.front().where, std::string("plain.yaml:2"));
    }

    void whatIsNotBelievedIsRefused_data()
    {
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, Edit edit, const char* says) {
            QTest::newRow(name) << std::move(edit) << says;
        };
        const auto head = [](const char* pointer, ordered_json value) -> Edit {
            return [pointer, value](Lines& lines) {
                lines[0]["run"][ordered_json::json_pointer(pointer)] = value;
            };
        };
        row("an id that climbs out of the folder of locks", head("/id", "../../r-20261126-041313-ab12"),
            "the id of a run");
        row("an id with capitals", head("/id", "r-20261126-041313-AB12"), "the id of a run");
        row("an id that goes on", head("/id", "r-20261126-041313-ab12\n"), "the id of a run");
        row("an id called latest", head("/id", "latest"), "the id of a run");
        row("an absolute prompt", head("/settings/variants/0/prompt_path", "/etc/passwd"), "the paths");
        row("a prompt above the workspace", head("/settings/variants/1/prompt_path", "a/../../b"),
            "the paths");
        row("a suite above the workspace", head("/settings/path", "../s.yaml"), "the paths");
        row("an absolute suite", head("/suite/path", "/s.yaml"), "the paths");
        row("a plain prompt from above", head("/suite/prompts/0/where", "../s.yaml:2"), "the paths");
        row("no repeat", head("/settings/repeats", 0), "1 to 1000");
        row("repeats without end", head("/settings/repeats", 2'000'000'000), "1 to 1000");
        row("no case at once", head("/settings/concurrency", 0), "1 to 1000");
        row("no variant", head("/settings/variants", ordered_json::array()), "1 to 1000");
        row("more planned than there is", head("/planned", 9), "`planned`: 8, not 9");
        row("a repeat more than planned", head("/settings/repeats", 3), "`planned`: 12, not 8");
        row(
            "finished without all results", [](Lines& lines) { lines.pop_back(); }, "with 7 of 8 results");
        row(
            "a result twice", [](Lines& lines) { lines.push_back(lines.back()); }, "is there twice");
        row(
            "a case twice", [](Lines& lines) { lines.insert(lines.begin() + 2, lines[1]); },
            "is there twice");
        row(
            "a second head", [](Lines& lines) { lines.push_back(lines[0]); }, "one run in a file");
        row(
            "broken and passed", [](Lines& lines) { lines.back()["result"]["state"] = "broken"; },
            "broken and passed");
    }

    void whatIsNotBelievedIsRefused()
    {
        QFETCH(Edit, edit);
        QFETCH(QString, says);
        const RunStore store;
        const RunStore other;
        const auto file = exported(store);
        Lines lines = linesOf(file);
        edit(lines);
        write(file, lines);
        const auto id = evals::importRun(other.runs(), file, {});
        QVERIFY(!id.has_value());
        QVERIFY(id.error().code == ErrorCode::BadInput);
        QVERIFY2(QString::fromStdString(id.error().describe()).contains(says), id.error().describe().c_str());
        QVERIFY(other.runs().list()->empty());
    }

    void aStoppedRunMayHaveGaps()
    {
        const RunStore store;
        const RunStore other;
        const auto file = exported(store);
        Lines lines = linesOf(file);
        lines.pop_back();
        lines[0]["run"]["state"] = "stopped";
        write(file, lines);
        QVERIFY(evals::importRun(other.runs(), file, {}).has_value());
    }

    void aLockLiesInItsFolder()
    {
        const RunStore store;
        std::filesystem::create_directories(store.folder() / "runs");
        const auto lock = evals::RunLock::take(store.folder(), "../out");
        QVERIFY(!lock.has_value());
        QVERIFY(lock.error().code == ErrorCode::BadInput);
        QVERIFY(!std::filesystem::exists(store.folder() / "out.lock"));
        QVERIFY(!evals::RunLock::isHeld(store.folder(), "../out"));
    }
};

QTEST_GUILESS_MAIN(TestRunFile)
#include "tst_run_file.moc"
