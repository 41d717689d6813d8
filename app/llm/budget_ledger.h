// Budgets that stop before a call: what it may cost at most is held, under one transaction, until it is
// settled, so that calls at once cannot spend more together than each alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/llm/budget.h"
#include "app/llm/call_repository.h"
#include "app/store/write_queue.h"

namespace plumbline::llm {

struct Reservation {
    std::int64_t id = 0; // 0 = nothing is held: no budget is set, or the call is free
    Money amount;
};

// What a call wants to spend. Simulated money has the same budgets, and is counted apart from real money.
struct Spending {
    std::string run;           // empty = belongs to no run: the day alone counts
    std::string model;         // for messages
    std::optional<Money> most; // empty = the price is not known
    bool simulated = false;
    std::chrono::milliseconds lifetime{std::chrono::minutes(15)}; // a process that died gives it back then
};

struct BudgetState {
    Money spent; // known costs, and what was held for calls whose cost stayed unknown
    Money held;  // by calls under way
};

// Any thread and any number of processes.
class BudgetLedger {
public:
    BudgetLedger(std::filesystem::path database, Budgets budgets)
        : m_writer(std::make_shared<store::WriteQueue>(std::move(database))), m_budgets(budgets)
    {
    }

    const Budgets& budgets() const { return m_budgets; }
    // What writes for this ledger and its copies; others may write through it too.
    const std::shared_ptr<store::WriteQueue>& writer() const { return m_writer; }

    // Denied: a budget would be passed (the message says which, what is spent and held, what this call may
    // cost and what to do), or a budget is set and the price is not known.
    Result<Reservation> reserve(const Spending& spending, Timestamp now) const;

    // Records the call and gives back what was held, both or neither; gives the call's id.
    Result<std::int64_t> settle(const Reservation& reservation, const CallRecord& call) const;

    Result<BudgetState> today(Timestamp now, bool simulated = false) const;
    Result<BudgetState> ofRun(const std::string& run, Timestamp now, bool simulated = false) const;

private:
    std::shared_ptr<store::WriteQueue> m_writer;
    Budgets m_budgets;
};

} // namespace plumbline::llm
