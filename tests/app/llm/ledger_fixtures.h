// A database, a time and a call, for the tests of the ledger.
#pragma once

#include <filesystem>
#include <optional>

#include "app/llm/budget.h"
#include "app/llm/call_repository.h"
#include "app/store/migrations.h"
#include "tests/support/temporary_folder.h"

namespace plumbline::tests {

inline Timestamp at(const char* text)
{
    return *parseTimestamp(text);
}

inline Timestamp noon()
{
    return at("2026-05-04T12:00:00.000Z");
}

inline llm::CallRecord callOf(const char* when, const char* model, std::optional<Money> cost)
{
    llm::CallRecord call;
    call.at = at(when);
    call.workflow = "ask";
    call.run = "r1";
    call.endpoint = "hosted";
    call.model = model;
    call.usage = {{1'000}, {400}, {50}, {10}, false};
    call.cost = cost;
    return call;
}

class LedgerFile {
public:
    LedgerFile() { (void)store::migrate(path()); }
    std::filesystem::path path() const { return m_folder.path() / "p.db"; }
    const std::filesystem::path& folder() const { return m_folder.path(); }

private:
    TemporaryFolder m_folder;
};

inline llm::Budgets budgetsOf(std::optional<std::int64_t> day, std::optional<std::int64_t> run = {})
{
    llm::Budgets budgets;
    if (day) {
        budgets.perDay = Money{*day};
    }
    if (run) {
        budgets.perRun = Money{*run};
    }
    return budgets;
}

} // namespace plumbline::tests
