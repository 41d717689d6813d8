// The ledger of model calls: tokens, seconds and money of each, and never a text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/base/units.h"
#include "app/llm/usage.h"

namespace plumbline::store {
class Database;
}

namespace plumbline::llm {

struct CallRecord {
    std::int64_t id = 0;  // given by record()
    Timestamp at;         // its start; the day it counts for is that of UTC
    std::string workflow; // "ask", "eval", "triage" …
    std::string run;      // of an evaluation; else of the process
    std::string prompt;   // NAME@VERSION; empty = none
    std::string endpoint; // the name in workspace.yaml
    std::string model;    // as the server named it, else as it was asked for
    Usage usage;
    std::optional<Money> cost; // empty = unknown
    Money held; // counts against budgets while the cost is unknown: what was held for it, or nothing when it
                // cannot have been billed
    bool simulated = false;
    bool replayed = false;
    std::string outcome = "ok"; // or the word of the error's code: "network", "cancelled" …
    double latencyMs = 0;
    double firstTokenMs = 0; // 0 = nothing was streamed
    int attempts = 1;
};

// Which calls; empty fields ask for nothing.
struct CallFilter {
    std::optional<Date> from;  // first day, UTC
    std::optional<Date> until; // last day
    std::string run;
};

enum class CallGrouping { Day, Model, Workflow, Run, DayAndModel };

struct CallTotal {
    std::string day;        // "2026-11-26"; of groupings by day, else empty
    std::string key;        // the model, workflow or run; empty when grouped by day
    std::int64_t calls = 0; // all of them, failed and simulated ones too
    std::int64_t failed = 0;
    std::int64_t estimated = 0; // without a usage block
    std::int64_t replayed = 0;
    std::int64_t simulated = 0;
    std::int64_t unknown = 0; // real calls whose cost is not known
    Usage usage;              // of the calls that are not simulated
    Money cost;               // of real calls with a known cost
    Money simulatedCost;      // what the simulated ones would have cost
};

// Opens its own connection for each call; any thread. Errors are the store's.
class CallRepository {
public:
    explicit CallRepository(std::filesystem::path database) : m_database(std::move(database)) {}

    Result<std::int64_t> record(const CallRecord& call) const;

    // By day in order of days, else by cost, dearest first.
    Result<std::vector<CallTotal>> totals(CallGrouping grouping, const CallFilter& filter = {}) const;
    Result<CallTotal> total(const CallFilter& filter = {}) const;

    // Newest first.
    Result<std::vector<CallRecord>> latest(std::size_t count) const;

private:
    std::filesystem::path m_database;
};

// Writes into an open connection, for those who write more in the same transaction.
Result<void> insertCall(store::Database& database, const CallRecord& call);

} // namespace plumbline::llm
