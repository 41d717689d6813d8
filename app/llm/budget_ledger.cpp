#include "app/llm/budget_ledger.h"

#include "app/store/database.h"

namespace plumbline::llm {

namespace {

using store::Database;
using store::Value;

// `column` is "day" or "run".
Result<BudgetState> stateOf(Database& database, const std::string& column, const std::string& value,
                            bool simulated, Timestamp now)
{
    const std::vector<Value> parameters = {value, std::int64_t{simulated}};
    auto spent = database.integer("SELECT sum(coalesce(cost, held)) FROM model_calls WHERE " + column +
                                      " = ?1 AND simulated = ?2",
                                  parameters);
    if (!spent) {
        return tl::unexpected(spent.error());
    }
    auto held = database.integer("SELECT sum(amount) FROM budget_reservations WHERE " + column +
                                     " = ?1 AND simulated = ?2 AND expires > ?3",
                                 {value, std::int64_t{simulated}, toString(now)});
    if (!held) {
        return tl::unexpected(held.error());
    }
    return BudgetState{{*spent}, {*held}};
}

struct Limit {
    Money amount;
    std::string column;
    std::string value;
    std::string_view unit;
    std::string_view key;
    std::string_view otherwise;
};

Result<void> checkLimit(Database& database, const Limit& limit, const Spending& spending, Timestamp now)
{
    auto state = stateOf(database, limit.column, limit.value, spending.simulated, now);
    if (!state) {
        return tl::unexpected(state.error());
    }
    if (state->spent + state->held + *spending.most <= limit.amount) {
        return {};
    }
    const std::string held = state->held > Money{}
                                 ? ", " + toShortString(state->held) + " held by calls under way"
                                 : std::string();
    return failure(ErrorCode::Denied,
                   "the budget of " + toShortString(limit.amount) + " a " + std::string(limit.unit) +
                       (spending.simulated ? " for simulated calls" : "") +
                       " is used up: " + toShortString(state->spent) + " spent" + held +
                       ", this call may cost " + toShortString(*spending.most) + "; raise budgets." +
                       std::string(limit.key) + " in workspace.yaml or " + std::string(limit.otherwise),
                   "budgets." + std::string(limit.key));
}

Result<void> checkBudgets(Database& database, const Budgets& budgets, const Spending& spending, Timestamp now)
{
    if (auto gone = database.run("DELETE FROM budget_reservations WHERE expires <= ?1", {toString(now)});
        !gone) {
        return gone;
    }
    if (budgets.perDay) {
        const Limit limit{*budgets.perDay, "day",         toString(today(now)),
                          "day",           "per_day_usd", "wait until 00:00 UTC"};
        if (auto within = checkLimit(database, limit, spending, now); !within) {
            return within;
        }
    }
    if (budgets.perRun && !spending.run.empty()) {
        const Limit limit{*budgets.perRun, "run",         spending.run,
                          "run",           "per_run_usd", "ask for less in one run"};
        return checkLimit(database, limit, spending, now);
    }
    return {};
}

} // namespace

Result<Reservation> BudgetLedger::reserve(const Spending& spending, Timestamp now) const
{
    if (!m_budgets.any() || spending.most == Money{}) {
        return Reservation{};
    }
    if (!spending.most) {
        return failure(ErrorCode::Denied,
                       "a budget is set, and the price of '" + spending.model +
                           "' is not known; state it under prices in workspace.yaml, or `price: free` at the "
                           "endpoint",
                       "budgets");
    }
    Reservation reservation{0, *spending.most};
    std::optional<Error> denied; // no error of the work: it would roll back what others write with it
    auto done = m_writer->write([&](Database& database) -> Result<void> {
        denied.reset();
        if (auto within = checkBudgets(database, m_budgets, spending, now); !within) {
            denied = within.error();
            return denied->code == ErrorCode::Denied ? Result<void>() : within;
        }
        auto held =
            database.run("INSERT INTO budget_reservations (day, run, amount, simulated, expires) "
                         "VALUES (?1, ?2, ?3, ?4, ?5)",
                         {plumbline::toString(plumbline::today(now)), spending.run, spending.most->microUsd,
                          std::int64_t{spending.simulated}, toString(now + spending.lifetime)});
        reservation.id = database.lastInsertId();
        return held;
    });
    if (!done || denied) {
        return tl::unexpected(done ? *denied : done.error());
    }
    return reservation;
}

Result<std::int64_t> BudgetLedger::settle(const Reservation& reservation, const CallRecord& call) const
{
    std::int64_t id = 0;
    auto done = m_writer->write([&](Database& database) -> Result<void> {
        if (auto given = database.run("DELETE FROM budget_reservations WHERE id = ?1", {reservation.id});
            !given) {
            return given;
        }
        auto inserted = insertCall(database, call);
        id = database.lastInsertId();
        return inserted;
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return id;
}

Result<BudgetState> BudgetLedger::today(Timestamp now, bool simulated) const
{
    auto database = Database::open(m_writer->file());
    if (!database) {
        return tl::unexpected(database.error());
    }
    return stateOf(*database, "day", plumbline::toString(plumbline::today(now)), simulated, now);
}

Result<BudgetState> BudgetLedger::ofRun(const std::string& run, Timestamp now, bool simulated) const
{
    auto database = Database::open(m_writer->file());
    if (!database) {
        return tl::unexpected(database.error());
    }
    return stateOf(*database, "run", run, simulated, now);
}

} // namespace plumbline::llm
