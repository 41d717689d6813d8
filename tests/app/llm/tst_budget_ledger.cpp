// Budgets that stop before a call.
#include <QtTest>

#include <atomic>
#include <thread>

#include "app/llm/budget_ledger.h"
#include "tests/app/llm/ledger_fixtures.h"

using namespace plumbline;
using namespace plumbline::llm;
using namespace plumbline::tests;

class BudgetLedgerTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void stopsBeforeTheBudgetIsPassed();
    void saysWhichBudgetAndWhatToDo();
    void refusesAnUnknownPriceUnderABudget();
    void letsFreeCallsThrough();
    void countsARunAlone();
    void givesBackWhatADeadProcessHeld();
    void beginsANewDayAtMidnightUtc();
    void keepsSimulatedMoneyApart();
    void neverOvershootsWithCallsAtOnce();

private:
    BudgetLedger ledger(std::optional<std::int64_t> day, std::optional<std::int64_t> run = {}) const
    {
        return {file(), budgetsOf(day, run)};
    }

    std::filesystem::path file() const { return m_file->path(); }
    std::unique_ptr<LedgerFile> m_file;
};

void BudgetLedgerTest::init()
{
    m_file = std::make_unique<LedgerFile>();
}

void BudgetLedgerTest::stopsBeforeTheBudgetIsPassed()
{
    const BudgetLedger budget = ledger(100);
    const auto first = budget.reserve({"r", "m", Money{60}, false}, noon());
    QVERIFY2(first.has_value(), first ? "" : first.error().describe().c_str());
    QVERIFY(!budget.reserve({"r", "m", Money{41}, false}, noon()).has_value());
    const auto second = budget.reserve({"r", "m", Money{40}, false}, noon());
    QVERIFY(second.has_value());
    // Settled for less than was held, the rest is free again.
    QVERIFY(budget.settle(*first, callOf("2026-05-04T12:00:00.000Z", "m", Money{10})).has_value());
    QCOMPARE(budget.today(noon())->spent.microUsd, 10);
    QCOMPARE(budget.today(noon())->held.microUsd, 40);
    QVERIFY(budget.reserve({"r", "m", Money{50}, false}, noon()).has_value());
    QVERIFY(!budget.reserve({"r", "m", Money{1}, false}, noon()).has_value());
}

void BudgetLedgerTest::saysWhichBudgetAndWhatToDo()
{
    (void)CallRepository(file()).record(callOf("2026-05-04T12:00:00.000Z", "m", Money{4'980'000}));
    const auto day = ledger(5'000'000).reserve({"x", "m", Money{50'000}, false}, noon());
    QVERIFY(!day.has_value());
    QVERIFY(day.error().code == ErrorCode::Denied);
    QCOMPARE(day.error().message,
             std::string("the budget of $5.00 a day is used up: $4.98 spent, this call may cost $0.05; raise "
                         "budgets.per_day_usd in workspace.yaml or wait until 00:00 UTC"));
    const BudgetLedger ofRun = ledger({}, 5'000'000);
    QVERIFY(ofRun.reserve({"r1", "m", Money{10'000}, false}, noon()).has_value());
    const auto run = ofRun.reserve({"r1", "m", Money{50'000}, false}, noon());
    QCOMPARE(
        run.error().message,
        std::string("the budget of $5.00 a run is used up: $4.98 spent, $0.01 held by calls under way, this "
                    "call may cost $0.05; raise budgets.per_run_usd in workspace.yaml or ask for less in one "
                    "run"));
    QVERIFY(ofRun.reserve({"r2", "m", Money{50'000}, false}, noon()).has_value());
}

void BudgetLedgerTest::refusesAnUnknownPriceUnderABudget()
{
    const auto refused = ledger(100).reserve({"r", "mystery", {}, false}, noon());
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == ErrorCode::Denied);
    QVERIFY(refused.error().message.find("'mystery' is not known") != std::string::npos);
    QVERIFY(ledger({}).reserve({"r", "mystery", {}, false}, noon()).has_value());
}

void BudgetLedgerTest::countsARunAlone()
{
    const BudgetLedger budget = ledger({}, 100);
    QVERIFY(budget.reserve({"first", "m", Money{80}, false}, noon()).has_value());
    QVERIFY(!budget.reserve({"first", "m", Money{80}, false}, noon()).has_value());
    QVERIFY(budget.reserve({"second", "m", Money{80}, false}, noon()).has_value());
    for (int i = 0; i < 3; ++i) { // calls that belong to no run are not one run together
        QVERIFY(budget.reserve({"", "m", Money{80}, false}, noon()).has_value());
    }
}

void BudgetLedgerTest::letsFreeCallsThrough()
{
    const auto free = ledger(0).reserve({"r", "local", Money{}, false}, noon());
    QVERIFY(free.has_value());
    QCOMPARE(free->id, 0);
    QVERIFY(!ledger(0).reserve({"r", "m", Money{1}, false}, noon()).has_value());
}

void BudgetLedgerTest::givesBackWhatADeadProcessHeld()
{
    const BudgetLedger budget = ledger(100);
    QVERIFY(budget.reserve({"r", "m", Money{100}, false, std::chrono::minutes(15)}, noon()).has_value());
    QVERIFY(!budget.reserve({"r", "m", Money{1}, false}, noon() + std::chrono::minutes(14)).has_value());
    QVERIFY(budget.reserve({"r", "m", Money{1}, false}, noon() + std::chrono::minutes(15)).has_value());
}

void BudgetLedgerTest::beginsANewDayAtMidnightUtc()
{
    const BudgetLedger budget = ledger(100);
    (void)CallRepository(file()).record(callOf("2026-05-04T23:59:59.999Z", "m", Money{100}));
    QVERIFY(!budget.reserve({"r", "m", Money{1}, false}, at("2026-05-04T23:59:59.999Z")).has_value());
    QVERIFY(budget.reserve({"r", "m", Money{1}, false}, at("2026-05-05T00:00:00.000Z")).has_value());
}

void BudgetLedgerTest::keepsSimulatedMoneyApart()
{
    const BudgetLedger budget = ledger(100);
    QVERIFY(budget.reserve({"r", "m", Money{100}, true}, noon()).has_value());
    const auto refused = budget.reserve({"r", "m", Money{1}, true}, noon());
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().message.find("a day for simulated calls is used up") != std::string::npos);
    QVERIFY(budget.reserve({"r", "m", Money{100}, false}, noon()).has_value());
}

void BudgetLedgerTest::neverOvershootsWithCallsAtOnce()
{
    constexpr int kThreads = 6;
    constexpr int kTries = 20;
    constexpr std::int64_t kAmount = 7;
    constexpr std::int64_t kLimit = 300; // room for 42 of 120
    std::atomic<int> granted = 0;
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&] {
                const BudgetLedger budget = ledger(kLimit);
                for (int i = 0; i < kTries; ++i) {
                    const auto held = budget.reserve({"r", "m", Money{kAmount}, false}, noon());
                    if (!held) {
                        refused += held.error().code == ErrorCode::Denied ? 1 : 0;
                        continue;
                    }
                    ++granted;
                    if (i % 2 == 0) {
                        (void)budget.settle(*held, callOf("2026-05-04T12:00:00.000Z", "m", Money{kAmount}));
                    }
                }
            });
        }
    }
    QCOMPARE(granted.load(), 42);
    QCOMPARE(granted + refused, kThreads * kTries);
    const auto state = ledger(kLimit).today(noon());
    QCOMPARE((state->spent + state->held).microUsd, 42 * kAmount);
}

QTEST_APPLESS_MAIN(BudgetLedgerTest)
#include "tst_budget_ledger.moc"
