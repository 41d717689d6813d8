#include <QTest>

#include "app/evals/run_json.h"
#include "app/evals/run_lock.h"
#include "app/store/database.h"
#include "tests/app/evals/run_fixtures.h"

using namespace plumbline;
using evals::CaseResult;
using evals::Run;
using evals::Runner;
using tests::CountingModel;
using tests::RunStore;

namespace {

const Actor kAda{"Ada", "test"};

Result<Run> start(const Runner& runner, const evals::RunPlan& plan, const std::string& id,
                  const evals::RunHooks& hooks = {}, std::stop_token stop = {})
{
    return runner.start(plan, id, kAda, std::move(stop), hooks);
}

std::string outputs(const RunStore& store, const std::string& run)
{
    std::string all;
    const auto done = store.runs().eachResult(run, [&](const CaseResult& one) -> Result<void> {
        all += one.caseId + " " + std::to_string(one.variant) + " " + std::to_string(one.repeat) + " " +
               std::string(toString(one.state)) + " " + one.output + one.error + "\n";
        return {};
    });
    return done ? all : done.error().describe();
}

} // namespace

class TestRunner : public QObject {
    Q_OBJECT

private slots:
    void everyCaseMeetsEveryVariantAsOftenAsAsked()
    {
        const RunStore store;
        auto suite = tests::plainSuite(20);
        suite.prompts.push_back({"long", "Please say {{ question }} {{missing}}!", "suites/plain.yaml:3"});
        const auto model = std::make_shared<CountingModel>();
        const Runner runner(tests::portsOf(store, model));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting"),
                                          tests::plainTarget(suite, "counting", 1),
                                          tests::plainTarget(suite, "echo")});
        plan.repeats = 2;
        int shown = 0;
        evals::RunProgress last;
        const auto run =
            start(runner, plan, "r-1",
                  {[&](const evals::RunProgress& now) { last = now; }, [&](const CaseResult&) { ++shown; }});
        QVERIFY2(run.has_value(), run ? "" : run.error().describe().c_str());
        QVERIFY(run->state == evals::RunState::Finished);
        QCOMPARE(run->done, std::int64_t{120});
        QCOMPARE(run->planned, std::int64_t{120});
        QCOMPARE(shown, 120);
        QCOMPARE(last.done, std::int64_t{120});
        QCOMPARE(last.spent.microUsd, std::int64_t{80 * 7});
        QCOMPARE(model->calls(), 80); // the echo asks nobody; a repeat is asked again
        const auto result = store.runs().result("r-1", {"q3", 1, 1});
        QVERIFY(result.has_value());
        QCOMPARE(result->output, std::string("Please say number 3 !"));
        QVERIFY(result->cost == std::optional(Money{7}));
        QVERIFY(!result->cached);
        QCOMPARE(store.runs().result("r-1", {"q3", 2, 0})->output, std::string("Say number 3"));
    }

    void theOrderOfResultsDoesNotDependOnThreads()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(60);
        const Runner runner(tests::portsOf(store, std::make_shared<CountingModel>()));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "echo")});
        plan.concurrency = 1;
        QVERIFY(start(runner, plan, "r-1").has_value());
        plan.concurrency = 16;
        QVERIFY(start(runner, plan, "r-2").has_value());
        QCOMPARE(outputs(store, "r-2"), outputs(store, "r-1"));
    }

    void whatWasAskedOnceIsCachedAndShownSo()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(10);
        const auto model = std::make_shared<CountingModel>();
        const Runner runner(tests::portsOf(store, model));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        QVERIFY(start(runner, plan, "r-1").has_value());
        evals::RunProgress last;
        QVERIFY(
            start(runner, plan, "r-2", {[&](const evals::RunProgress& now) { last = now; }, {}}).has_value());
        QCOMPARE(model->calls(), 10);
        QCOMPARE(last.cached, std::int64_t{10});
        QCOMPARE(last.spent.microUsd, std::int64_t{0});
        const auto result = store.runs().result("r-2", {"q1", 0, 0});
        QVERIFY(result->cached);
        QVERIFY(result->cost == std::optional(Money{7})); // what the answer cost when it was asked
        QVERIFY(result->latency.total >= 3);              // and took
        // Another server, another question, another repeat are asked.
        auto other = plan;
        other.targets.front().modelIdentity = "another server";
        QVERIFY(start(runner, other, "r-3").has_value());
        QCOMPARE(model->calls(), 20);
        other = plan;
        other.suite.prompts.front().text = "Tell {{question}}";
        other.targets = {tests::plainTarget(other.suite, "counting")};
        QVERIFY(start(runner, other, "r-4").has_value());
        QCOMPARE(model->calls(), 30);
        other = plan;
        other.repeats = 2;
        QVERIFY(start(runner, other, "r-5").has_value());
        QCOMPARE(model->calls(), 40);
    }

    void anEditRunsWhatItTouches()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(10);
        const auto model = std::make_shared<CountingModel>();
        const Runner runner(tests::portsOf(store, model));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "echo")});
        QVERIFY(start(runner, plan, "r-1").has_value());
        plan.reuse = "r-1";
        plan.suite.cases[3].assertions.front().value = "another";
        plan.suite.cases[4].vars["question"] = "another";
        plan.suite.cases[5].tags = {"new"};
        plan.suite.cases[6].where = "moved:7";
        QVERIFY(start(runner, plan, "r-2").has_value());
        const auto results = store.runs().results("r-2");
        QVERIFY(results.has_value());
        for (const CaseResult& one : *results) {
            const bool touched = one.caseId == "q3" || one.caseId == "q4" || one.caseId == "q5";
            QVERIFY2(one.cached == !touched, one.caseId.c_str());
        }
        plan.targets.front().variant.promptDigest = "edited";
        plan.reuse = "r-2";
        QVERIFY(start(runner, plan, "r-3").has_value());
        const auto edited = store.runs().results("r-3");
        QVERIFY(std::ranges::none_of(*edited, &CaseResult::cached));
    }

    void whatAnEndpointGetsWrongIsABrokenCase()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(4);
        const auto model = std::make_shared<CountingModel>(
            [](const llm::ChatRequest& request, int asked) -> Result<llm::ChatReply> {
                if (request.messages.back().content == "Say number 2" && asked == 1) {
                    return failure(ErrorCode::Network, "it hung up", "models.counting");
                }
                llm::ChatReply reply;
                reply.text = request.messages.back().content;
                return reply;
            });
        const Runner runner(tests::portsOf(store, model));
        const auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        const auto run = start(runner, plan, "r-1");
        QVERIFY(run.has_value());
        QVERIFY(run->state == evals::RunState::Finished);
        const auto broken = store.runs().result("r-1", {"q2", 0, 0});
        QVERIFY(broken->state == evals::CaseState::Broken);
        QCOMPARE(broken->error, std::string("models.counting: it hung up"));
        QVERIFY(!broken->passed && broken->assertions.empty());
        // Going on asks the broken one again, and no other.
        const auto again = runner.resume("r-1", plan.targets, {}, {});
        QVERIFY2(again.has_value(), again ? "" : again.error().describe().c_str());
        QCOMPARE(model->calls(), 5);
        QVERIFY(store.runs().result("r-1", {"q2", 0, 0})->state == evals::CaseState::Answered);
    }

    void aStopKeepsWhatIsDoneAndResumeDoesTheRest()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(200);
        std::stop_source stop;
        const auto model = std::make_shared<CountingModel>(
            [&stop, count = std::make_shared<std::atomic<int>>(0)](const llm::ChatRequest& request,
                                                                   int) -> Result<llm::ChatReply> {
                if (++*count == 50) {
                    stop.request_stop();
                }
                llm::ChatReply reply;
                reply.text = request.messages.back().content;
                return reply;
            });
        const Runner runner(tests::portsOf(store, model));
        const auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        const auto run = start(runner, plan, "r-1", {}, stop.get_token());
        QVERIFY(run.has_value());
        QVERIFY(run->state == evals::RunState::Stopped);
        QVERIFY(run->done >= 50 && run->done < 60);
        const auto rest = runner.resume("r-1", plan.targets, {}, {});
        QVERIFY2(rest.has_value(), rest ? "" : rest.error().describe().c_str());
        QVERIFY(rest->state == evals::RunState::Finished);
        QCOMPARE(rest->done, std::int64_t{200});
        QCOMPARE(model->calls(), 200);
        QCOMPARE(model->most(), 1);
    }

    void aReplyThatWasKeptButNotJudgedIsNotPaidTwice()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(3);
        const auto model = std::make_shared<CountingModel>();
        const Runner runner(tests::portsOf(store, model));
        const auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        QVERIFY(start(runner, plan, "r-1").has_value());
        // As a kill between the reply and the result leaves it.
        QVERIFY(store::Database::open(store.file())->run("DELETE FROM eval_results").has_value());
        QVERIFY(runner.resume("r-1", plan.targets, {}, {}).has_value());
        QCOMPARE(model->calls(), 3);
        const auto result = store.runs().result("r-1", {"q1", 0, 0});
        QVERIFY(!result->cached); // this run paid for it
    }

    void anExhaustedBudgetEndsTheRun()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(50);
        const auto model = std::make_shared<CountingModel>(
            [count = std::make_shared<std::atomic<int>>(0)](const llm::ChatRequest& request,
                                                            int) -> Result<llm::ChatReply> {
                if (++*count > 10) {
                    return failure(ErrorCode::Denied, "the budget is used up", "budgets.per_run_usd");
                }
                llm::ChatReply reply;
                reply.text = request.messages.back().content;
                return reply;
            });
        const Runner runner(tests::portsOf(store, model));
        const auto run = start(runner, tests::planOf(suite, {tests::plainTarget(suite, "counting")}), "r-1");
        QVERIFY(run.has_value());
        QVERIFY(run->state == evals::RunState::OverBudget);
        QCOMPARE(run->error, std::string("budgets.per_run_usd: the budget is used up"));
        QCOMPARE(run->done, std::int64_t{10});
    }

    void resumingIntoSomethingElseIsRefused()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(3);
        const Runner runner(tests::portsOf(store, std::make_shared<CountingModel>()));
        const auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        QVERIFY(start(runner, plan, "r-1").has_value());
        auto changed = plan.targets;
        changed.front().variant.promptDigest = "other";
        const auto run = runner.resume("r-1", changed, {}, {});
        QVERIFY(run.error().code == ErrorCode::Conflict);
        QVERIFY2(run.error().message.starts_with("the prompt's text"), run.error().message.c_str());
        QVERIFY(runner.resume("r-9", changed, {}, {}).error().code == ErrorCode::NotFound);
        QVERIFY(start(runner, plan, "r-1").error().code == ErrorCode::Conflict);
    }

    void resumingOnAnotherEndpointIsRefused()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(2);
        const Runner runner(tests::portsOf(store, std::make_shared<CountingModel>()));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        QVERIFY(start(runner, plan, "r-1").has_value());
        plan.targets.front().variant.modelDigest = "one";
        QVERIFY(start(runner, plan, "r-2").has_value());
        plan.targets.front().variant.modelDigest = "two";
        const auto run = runner.resume("r-2", plan.targets, {}, {});
        QVERIFY(!run.has_value());
        QVERIFY(run.error().code == ErrorCode::Conflict);
        QVERIFY2(run.error().message.starts_with("the endpoint 'counting'"), run.error().message.c_str());
        QVERIFY(runner.resume("r-1", plan.targets, {}, {}).has_value()); // of a program that kept none
    }

    void resumeRunsScriptsWhereTheRunDid_data()
    {
        QTest::addColumn<bool>("javascript");
        QTest::newRow("a run with scripts") << true;
        QTest::newRow("a run without") << false;
    }

    void resumeRunsScriptsWhereTheRunDid()
    {
        QFETCH(bool, javascript);
        const RunStore store;
        auto suite = tests::plainSuite(1);
        suite.cases.front().assertions.front().type = "javascript";
        suite.cases.front().assertions.front().value = "output.length > 0";
        bool down = true;
        const auto model = std::make_shared<CountingModel>(
            [&](const llm::ChatRequest& request, int) -> Result<llm::ChatReply> {
                if (down) {
                    return failure(ErrorCode::Network, "down");
                }
                llm::ChatReply reply;
                reply.text = request.messages.back().content;
                return reply;
            });
        const Runner runner(tests::portsOf(store, model));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, "counting")});
        plan.javascript = javascript;
        QVERIFY(start(runner, plan, "r-1").has_value());
        down = false;
        QVERIFY(runner.resume("r-1", plan.targets, {}, {}).has_value());
        const auto result = store.runs().result("r-1", {"q0", 0, 0});
        QVERIFY(result.has_value());
        const bool executed = result->assertions.front().outcome != evals::Outcome::NotExecutable;
        QCOMPARE(executed, javascript);
    }

    void oneProcessAtATimeWorksOnARun()
    {
        const RunStore store;
        const auto suite = tests::plainSuite(2);
        const Runner runner(tests::portsOf(store, std::make_shared<CountingModel>()));
        const auto plan = tests::planOf(suite, {tests::plainTarget(suite, "echo")});
        bool running = false;
        QVERIFY(
            start(runner, plan, "r-1", {{}, [&](const CaseResult&) { running = runner.isRunning("r-1"); }})
                .has_value());
        QVERIFY(running);
        QVERIFY(!runner.isRunning("r-1"));
        const auto held = evals::RunLock::take(store.folder(), "r-1");
        QVERIFY(held.has_value());
        QVERIFY(runner.resume("r-1", plan.targets, {}, {}).error().code == ErrorCode::Conflict);
    }

    void whatCannotBeRunIsRefused_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("no case") << 0;
        QTest::newRow("no target") << 1;
        QTest::newRow("a plain prompt on the embedded answerer") << 2;
        QTest::newRow("an assistant that echoes") << 3;
        QTest::newRow("no repeat") << 4;
    }

    void whatCannotBeRunIsRefused()
    {
        QFETCH(int, what);
        const RunStore store;
        const auto suite = tests::plainSuite(what == 0 ? 0 : 1);
        const Runner runner(tests::portsOf(store, std::make_shared<CountingModel>()));
        auto plan = tests::planOf(suite, {tests::plainTarget(suite, what == 2 ? "embedded" : "echo")});
        if (what == 1) {
            plan.targets.clear();
        } else if (what == 3) {
            plan.targets.front().plain.reset();
        } else if (what == 4) {
            plan.repeats = 0;
        }
        const auto run = start(runner, plan, "r-1");
        QVERIFY(!run.has_value());
        QVERIFY(run.error().code == ErrorCode::BadInput);
        QVERIFY(store.runs().list()->empty());
    }

    void chatMessagesAreSentAsTheyStand()
    {
        evals::Case one;
        one.vars = {{"who", "a \"quoted\" clerk"}};
        const auto messages = evals::renderPlain(
            {"chat", R"([{"role":"system","content":"Be {{who}}"},{"role":"user","content":"{{ a b }}"}])",
             ""},
            one);
        QVERIFY(messages.has_value());
        QCOMPARE(messages->messages.size(), std::size_t{2});
        QVERIFY(messages->messages[0].role == llm::Role::System);
        QCOMPARE(messages->messages[0].content, std::string("Be a \"quoted\" clerk"));
        QCOMPARE(messages->messages[1].content, std::string("{{ a b }}")); // no plain name
        const auto bad =
            evals::renderPlain({"chat", R"([{"role":"nobody","content":"x"}])", "s.yaml:3"}, one);
        QVERIFY(bad.error().code == ErrorCode::BadInput);
        QCOMPARE(bad.error().where, std::string("s.yaml:3"));
    }

    void anEstimateCountsCallsTokensAndMoney()
    {
        const auto suite = tests::plainSuite(100);
        auto target = tests::plainTarget(suite, "counting");
        target.inputPerMillion = Money{1'000'000};
        target.outputPerMillion = Money{2'000'000};
        auto plan = tests::planOf(suite, {target, tests::plainTarget(suite, "echo")});
        plan.repeats = 2;
        const auto estimate = Runner::estimate(plan);
        QCOMPARE(estimate.results, std::int64_t{400});
        QCOMPARE(estimate.calls, std::int64_t{200});
        QCOMPARE(estimate.output.count, std::int64_t{200 * 300});
        QVERIFY(estimate.cost == std::optional(Money{estimate.input.count + 2 * estimate.output.count}));
        plan.targets.front().inputPerMillion.reset();
        QVERIFY(!Runner::estimate(plan).cost);
    }

    void runIdsSortByTime()
    {
        QCOMPARE(evals::newRunId(tests::fixedNow(), 0xab1), std::string("r-20261126-041313-0ab1"));
    }
};

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
