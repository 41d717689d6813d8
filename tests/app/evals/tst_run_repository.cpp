#include <QTest>

#include "app/evals/run_json.h"
#include "app/store/database.h"
#include "tests/app/evals/run_fixtures.h"

using namespace plumbline;
using evals::CaseResult;
using evals::Run;
using tests::RunStore;

namespace {

Run runOf(std::string id, int variants = 1)
{
    Run run;
    run.id = std::move(id);
    run.settings.suiteName = "plain";
    run.settings.suiteDigest = "d";
    run.settings.asOf = *parseDate("2026-11-24");
    for (int i = 0; i < variants; ++i) {
        evals::Variant variant;
        variant.prompt = "p@v" + std::to_string(i + 1);
        variant.model = "embedded";
        variant.generation = 3;
        run.settings.variants.push_back(variant);
    }
    run.actor = "Ada";
    run.started = tests::fixedNow();
    run.planned = 10;
    return run;
}

// A result with something in every field.
CaseResult wholeResult(std::string caseId, int variant = 0, int repeat = 0)
{
    CaseResult result;
    result.caseId = std::move(caseId);
    result.variant = variant;
    result.repeat = repeat;
    result.state = evals::CaseState::Refused;
    result.refusalKind = "off_topic";
    result.error = "e";
    result.output = "Größe 🔑";
    result.answerJson = R"({"answer":"x"})";
    result.passed = true;
    result.score = 0.75;
    evals::AssertionResult part;
    part.name = "contains";
    part.outcome = evals::Outcome::NotExecutable;
    evals::AssertionResult set;
    set.name = "assert-set";
    set.outcome = evals::Outcome::Passed;
    set.score = 0.5;
    set.weight = 2;
    set.metric = "m";
    set.reason = "because";
    set.where = "suites/plain.yaml:4";
    set.places = {{"DOC-1", "1.0", 3, 9, "place"}};
    set.parts = {part};
    result.assertions = {set};
    result.figures = {{"hit@1", 1}, {"mrr", 0.5}};
    result.named = {{"m", 0.25}};
    result.latency = {1, 2, 3, 4, 10};
    result.usage = {{5}, {6}, {7}, {8}, true};
    result.cost = Money{123};
    result.cached = true;
    result.finished = tests::fixedNow();
    return result;
}

std::string text(const CaseResult& result)
{
    return toJson(result).dump();
}

} // namespace

class TestRunRepository : public QObject {
    Q_OBJECT

private slots:
    void aRunComesBackAsItWas()
    {
        const RunStore store;
        const auto runs = store.runs();
        evals::Suite suite = tests::plainSuite(3);
        suite.cases[1].asOf = *parseDate("2025-01-01");
        suite.cases[1].expected = {true, {"A", "B"}, "1.0", 3, 9, {"fact"}};
        suite.cases[1].threshold = 0.5;
        suite.cases[1].tags = {"t"};
        Run run = runOf("r-1", 2);
        run.settings.javascript = true;
        run.settings.variants.front().modelDigest = "m";
        QVERIFY(runs.create(run, suite).has_value());
        const auto back = runs.run("r-1");
        QVERIFY2(back.has_value(), back ? "" : back.error().describe().c_str());
        QCOMPARE(toJson(back->settings).dump(), toJson(run.settings).dump());
        QCOMPARE(back->actor, std::string("Ada"));
        QVERIFY(back->state == evals::RunState::Running);
        QVERIFY(!back->ended);
        const auto kept = runs.suite("r-1");
        QVERIFY(kept.has_value());
        QCOMPARE(kept->cases.size(), std::size_t{3});
        QCOMPARE(toJson(kept->cases[1]).dump(), toJson(suite.cases[1]).dump());
        QCOMPARE(headJson(*kept).dump(), headJson(suite).dump());
        QCOMPARE(runs.testCase("r-1", "q2")->question, std::string("number 2"));
    }

    void aRunOfAnOlderProgramIsRead()
    {
        auto older = toJson(runOf("r-1").settings);
        older.erase("javascript");
        older["variants"][0].erase("model_digest");
        const auto settings = evals::settingsFrom(older);
        QVERIFY2(settings.has_value(), settings ? "" : settings.error().describe().c_str());
        QVERIFY(!settings->javascript);
        QVERIFY(settings->variants.front().modelDigest.empty());
    }

    void aResultComesBackWholeAndLight()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(3)).has_value());
        const CaseResult result = wholeResult("q1");
        QVERIFY(runs.add("r-1", {result}).has_value());
        QCOMPARE(text(*runs.result("r-1", {"q1", 0, 0})), text(result));
        CaseResult light = result;
        light.output.clear();
        light.answerJson.clear();
        light.error.clear();
        light.assertions.clear();
        const auto results = runs.results("latest");
        QVERIFY(results.has_value());
        QCOMPARE(results->size(), std::size_t{1});
        QCOMPARE(text(results->front()), text(light));
        QCOMPARE(runs.run("r-1")->done, std::int64_t{1});
    }

    void rowsComeInOrderAndByPages()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-1", 2), tests::plainSuite(4)).has_value());
        std::vector<CaseResult> results;
        for (const char* id : {"q3", "q0", "q2", "q1"}) {
            results.push_back(wholeResult(id, 1));
            results.push_back(wholeResult(id, 0));
        }
        QVERIFY(runs.add("r-1", results).has_value());
        const auto rows = runs.rows("r-1");
        QVERIFY(rows.has_value());
        QCOMPARE(rows->size(), std::size_t{8});
        for (std::size_t i = 0; i < rows->size(); ++i) {
            QCOMPARE((*rows)[i].position, static_cast<std::int32_t>(i / 2));
            QCOMPARE((*rows)[i].variant, static_cast<std::int16_t>(i % 2));
        }
        const evals::ResultRow& first = rows->front();
        QVERIFY(first.state == evals::CaseState::Refused);
        QCOMPARE(first.cost, std::int64_t{123});
        QVERIFY(first.latencyMs == 10.0F);
        QVERIFY(first.passed && first.cached);
        const auto page = runs.rows("r-1", 1, 2);
        QVERIFY(page.has_value());
        QCOMPARE(page->size(), std::size_t{4});
        QCOMPARE(page->front().position, 1);
        int seen = 0;
        QVERIFY(runs.eachResult("r-1",
                                [&](const CaseResult&) -> Result<void> {
                                    ++seen;
                                    return {};
                                })
                    .has_value());
        QCOMPARE(seen, 8);
    }

    void peopleMayDisagree()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(3)).has_value());
        QVERIFY(runs.add("r-1", {wholeResult("q0"), wholeResult("q1")}).has_value());
        evals::HumanVerdict verdict{{"q1", 0, 0}, true, "fine", {"Ada", "setting"}, tests::fixedNow()};
        QVERIFY(runs.judge("r-1", verdict).has_value());
        QCOMPARE(runs.rows("r-1")->at(1).agreement, std::int8_t{1});
        verdict.agrees = false;
        verdict.note = "not fine";
        QVERIFY(runs.judge("r-1", verdict).has_value());
        const auto all = runs.verdicts("r-1");
        QVERIFY(all.has_value());
        QCOMPARE(all->size(), std::size_t{1}); // the second word replaces the first
        QCOMPARE(all->front().note, std::string("not fine"));
        QCOMPARE(all->front().actor.knownHow, std::string("setting"));
        QCOMPARE(runs.rows("r-1")->at(1).agreement, std::int8_t{-1});
        QCOMPARE(runs.rows("r-1")->at(0).agreement, std::int8_t{0});
    }

    void runsOfOneSuiteShareItsCases()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(3)).has_value());
        QVERIFY(runs.create(runOf("r-2"), tests::plainSuite(3)).has_value());
        const auto count = [&](const char* sql) {
            return *store::Database::open(store.file())->integer(sql);
        };
        QCOMPARE(count("SELECT count(*) FROM eval_cases"), std::int64_t{3});
        QVERIFY(runs.add("r-1", {wholeResult("q0")}).has_value());
        QVERIFY(runs.add("r-2", {wholeResult("q0")}).has_value());
        const auto records = runs.records("plain");
        QVERIFY2(records.has_value(), records ? "" : records.error().describe().c_str());
        QCOMPARE(records->at("q0").results, 2);
        QCOMPARE(runs.list()->front().id, std::string("r-2"));
        QVERIFY(runs.remove("r-2").has_value());
        QVERIFY(runs.suite("r-1").has_value());
        QVERIFY(runs.remove("r-1").has_value());
        QCOMPARE(count("SELECT count(*) FROM eval_cases"), std::int64_t{0});
        QCOMPARE(count("SELECT count(*) FROM eval_results"), std::int64_t{0});
        QCOMPARE(count("SELECT count(*) FROM eval_details"), std::int64_t{0});
    }

    void theLatestIsTheLastStartedWhateverItsName()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-20261126-041313-ffff"), tests::plainSuite(1)).has_value());
        Run second = runOf("r-20261126-041313-0000"); // within the same second
        second.started += std::chrono::milliseconds(5);
        QVERIFY(runs.create(second, tests::plainSuite(1)).has_value());
        QCOMPARE(runs.run("latest")->id, second.id);
        QCOMPARE(runs.list()->front().id, second.id);
    }

    void whatIsNotThereIsNotFound()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.run("latest").error().code == ErrorCode::NotFound);
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(1)).has_value());
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(1)).error().code == ErrorCode::Conflict);
        QVERIFY(runs.run("r-2").error().code == ErrorCode::NotFound);
        QVERIFY(runs.suite("r-2").error().code == ErrorCode::NotFound);
        QVERIFY(runs.rows("r-2").error().code == ErrorCode::NotFound);
        QVERIFY(runs.testCase("r-1", "none").error().code == ErrorCode::NotFound);
        QVERIFY(runs.result("r-1", {"q0", 0, 0}).error().code == ErrorCode::NotFound);
        QVERIFY(runs.add("r-1", {wholeResult("none")}).error().code == ErrorCode::NotFound);
        QVERIFY(runs.judge("r-1", {{"q0", 0, 0}, true, "", {}, {}}).error().code == ErrorCode::NotFound);
    }

    void aStoredResultThatIsNoneIsCorrupt()
    {
        const RunStore store;
        const auto runs = store.runs();
        QVERIFY(runs.create(runOf("r-1"), tests::plainSuite(1)).has_value());
        QVERIFY(runs.add("r-1", {wholeResult("q0")}).has_value());
        QVERIFY(
            store::Database::open(store.file())->run("UPDATE eval_details SET content = '{}'").has_value());
        QVERIFY(runs.result("r-1", {"q0", 0, 0}).error().code == ErrorCode::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestRunRepository)
#include "tst_run_repository.moc"
