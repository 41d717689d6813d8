// Asks one case of one target and judges what comes back.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "app/assistant/assistant.h"
#include "app/base/date.h"
#include "app/evals/check.h"
#include "app/evals/run_journal.h"
#include "app/evals/target.h"

namespace plumbline::evals {

// What a run asks with. References outlive the run.
struct RunPorts {
    const retrieval::Searcher* searcher = nullptr;
    assistant::ModelSource models; // metered, by name
    std::filesystem::path database;
    std::filesystem::path home; // file:// values of assertions lie below it
    ClockFn clock = systemNow;
    GroundFn ground = {}; // empty: nothing is said about groundedness
    // The one that records the calls of `models`, so that a call and its reply wait for one commit; empty:
    // the run has its own.
    std::shared_ptr<store::WriteQueue> writer = {};
};

struct CaseTurn {
    const Case* testCase = nullptr;
    const Target* target = nullptr;
    int variant = 0;
    int repeat = 0;
    Date asOf{};
    std::uint64_t seed = 1;
    std::string run;
    bool javascript = false; // `javascript` assertions run
};

// The judged result; what an endpoint got wrong is a result too, in state Broken. Errors: Cancelled, Denied
// of a budget (where = "budgets…": nothing was asked), and the store's.
Result<CaseResult> runCase(const RunPorts& ports, const CaseTurn& turn, RunJournal& journal,
                           std::stop_token stop);

} // namespace plumbline::evals
