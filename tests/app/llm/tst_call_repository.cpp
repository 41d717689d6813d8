// The ledger of calls.
#include <QtTest>

#include "tests/app/llm/ledger_fixtures.h"

using namespace plumbline;
using namespace plumbline::llm;
using namespace plumbline::tests;

class CallRepositoryTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void keepsCalls();
    void sumsWhatIsUnknownApart();
    void sumsByDayModelWorkflowAndRun();

private:
    std::filesystem::path file() const { return m_file->path(); }
    std::unique_ptr<LedgerFile> m_file;
};

void CallRepositoryTest::init()
{
    m_file = std::make_unique<LedgerFile>();
}

void CallRepositoryTest::keepsCalls()
{
    const CallRepository calls(file());
    CallRecord call = callOf("2026-05-04T12:00:00.123Z", "m", Money{77});
    call.prompt = "answer@v3";
    call.usage.estimated = true;
    call.latencyMs = 12.5;
    call.firstTokenMs = 3.25;
    call.attempts = 3;
    call.outcome = "network";
    call.held = Money{5};
    const auto id = calls.record(call);
    QVERIFY2(id.has_value(), id ? "" : id.error().describe().c_str());
    QVERIFY(calls.record(callOf("2026-05-04T13:00:00.000Z", "n", {})).has_value());
    const auto latest = calls.latest(10);
    QVERIFY(latest.has_value());
    QCOMPARE(latest->size(), std::size_t{2});
    QVERIFY(!latest->front().cost.has_value());
    const CallRecord& kept = latest->back();
    QCOMPARE(kept.id, *id);
    QVERIFY(kept.at == call.at && kept.cost == call.cost && kept.held == call.held);
    QCOMPARE(kept.prompt, std::string("answer@v3"));
    QCOMPARE(kept.usage.cached.count, 400);
    QCOMPARE(kept.usage.reasoning.count, 10);
    QVERIFY(kept.usage.estimated);
    QCOMPARE(kept.latencyMs, 12.5);
    QCOMPARE(kept.firstTokenMs, 3.25);
    QCOMPARE(kept.attempts, 3);
    QCOMPARE(kept.outcome, std::string("network"));
    QCOMPARE(calls.latest(1)->size(), std::size_t{1});
}

void CallRepositoryTest::sumsWhatIsUnknownApart()
{
    const CallRepository calls(file());
    QCOMPARE(calls.total()->calls, 0);
    (void)calls.record(callOf("2026-05-04T12:00:00.000Z", "m", Money{100}));
    (void)calls.record(callOf("2026-05-04T12:00:00.000Z", "m", Money{0}));
    (void)calls.record(callOf("2026-05-04T12:00:00.000Z", "m", {}));
    CallRecord pretended = callOf("2026-05-04T12:00:00.000Z", "m", Money{9'000});
    pretended.simulated = true;
    pretended.outcome = "network";
    (void)calls.record(pretended);
    const auto total = calls.total();
    QVERIFY(total.has_value());
    QCOMPARE(total->calls, 4);
    QCOMPARE(total->failed, 1);
    QCOMPARE(total->unknown, 1);
    QCOMPARE(total->simulated, 1);
    QCOMPARE(total->cost.microUsd, 100);
    QCOMPARE(total->simulatedCost.microUsd, 9'000);
    QCOMPARE(total->usage.input.count, 3'000);
    QCOMPARE(total->usage.cached.count, 1'200);
}

void CallRepositoryTest::sumsByDayModelWorkflowAndRun()
{
    const CallRepository calls(file());
    (void)calls.record(callOf("2026-05-04T23:59:59.999Z", "a", Money{1}));
    (void)calls.record(callOf("2026-05-05T00:00:00.000Z", "b", Money{20}));
    CallRecord other = callOf("2026-05-05T10:00:00.000Z", "a", Money{300});
    other.workflow = "eval";
    other.run = "r2";
    (void)calls.record(other);
    const auto lines = [&](CallGrouping grouping, const CallFilter& filter = {}) {
        std::string text;
        const auto all = calls.totals(grouping, filter);
        for (const CallTotal& total : all ? *all : std::vector<CallTotal>()) {
            text += total.day + "|" + total.key + "=" + std::to_string(total.cost.microUsd) + " ";
        }
        return text;
    };
    QCOMPARE(lines(CallGrouping::Day), std::string("2026-05-04|=1 2026-05-05|=320 "));
    QCOMPARE(lines(CallGrouping::Model), std::string("|a=301 |b=20 "));
    QCOMPARE(lines(CallGrouping::Workflow), std::string("|eval=300 |ask=21 "));
    QCOMPARE(lines(CallGrouping::Run), std::string("|r2=300 |r1=21 "));
    QCOMPARE(lines(CallGrouping::DayAndModel),
             std::string("2026-05-04|a=1 2026-05-05|a=300 2026-05-05|b=20 "));
    CallFilter second;
    second.from = *parseDate("2026-05-05");
    QCOMPARE(lines(CallGrouping::Model, second), std::string("|a=300 |b=20 "));
    second.run = "r1";
    QCOMPARE(lines(CallGrouping::Model, second), std::string("|b=20 "));
    CallFilter first;
    first.until = *parseDate("2026-05-04");
    QCOMPARE(lines(CallGrouping::Day, first), std::string("2026-05-04|=1 "));
}

QTEST_APPLESS_MAIN(CallRepositoryTest)
#include "tst_call_repository.moc"
