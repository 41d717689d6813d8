// Runs a suite: every case through every target, as often as asked, many at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/actor.h"
#include "app/evals/case_turn.h"
#include "app/evals/run_repository.h"

namespace plumbline::evals {

struct RunPlan {
    Suite suite;
    std::vector<Target> targets; // one or more
    int repeats = 1;
    int concurrency = 4; // cases under way; an endpoint's own limit holds below it
    std::uint64_t seed = 1;
    Date asOf{};
    bool javascript = false; // `javascript` assertions run
    std::string reuse;       // a run whose results stand where nothing has changed (reuse.h); empty = none

    std::int64_t planned() const
    {
        return static_cast<std::int64_t>(suite.cases.size() * targets.size()) * repeats;
    }
};

struct RunProgress {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t failed = 0; // judged, and not passed
    std::int64_t broken = 0; // no answer
    std::int64_t cached = 0;
    double perSecond = 0;                              // 0 = not known yet
    std::optional<std::chrono::milliseconds> timeLeft; // by that rate
    Money spent;                  // in this run, as far as known; cached ones cost nothing
    std::int64_t unknownCost = 0; // results whose cost is not known
};

// Called on the thread that runs, in order of results coming in; either may be empty.
struct RunHooks {
    std::function<void(const RunProgress&)> onProgress; // at most some tens of times a second
    std::function<void(const CaseResult&)> onResult;
};

// What a run will take, before it is started.
struct RunEstimate {
    std::int64_t results = 0;
    std::int64_t calls = 0; // of endpoints
    Tokens input;           // estimated
    Tokens output;
    std::optional<Money> cost; // unset = a price is not known
};

class Runner {
public:
    explicit Runner(RunPorts ports) : m_ports(std::move(ports)), m_runs(m_ports.database) {}

    // Runs to the end, to a stop, or until a budget is used up: the run's state says which. Results are
    // committed as they come; each reply of an endpoint before it is judged. Errors: BadInput (no case, no
    // target, a plain prompt and an embedded model), Conflict (the id is taken), and the store's, after which
    // the run is Failed. Blocking; any thread.
    Result<Run> start(const RunPlan& plan, const std::string& id, const Actor& actor, std::stop_token stop,
                      const RunHooks& hooks) const;

    // Goes on with what has no result yet or was Broken. `targets` are the run's variants as they are now.
    // Conflict: one of them has changed since, the message says which; or another process works on the run.
    // NotFound: no such run.
    Result<Run> resume(const std::string& id, const std::vector<Target>& targets, std::stop_token stop,
                       const RunHooks& hooks) const;

    // Whether a process works on it now; a run in state Running that nobody works on was broken off.
    bool isRunning(const std::string& id) const;

    // Counts tokens as `estimate` of the model's client does; the answer is taken to be as long as the
    // longest a prompt allows, or 300 tokens.
    static RunEstimate estimate(const RunPlan& plan);

    const RunRepository& runs() const { return m_runs; }
    const RunPorts& ports() const { return m_ports; }

private:
    Result<Run> execute(Run run, const RunPlan& plan, std::stop_token stop, const RunHooks& hooks) const;

    RunPorts m_ports;
    RunRepository m_runs;
};

// "r-20261126-041313-ab12" of a moment and 16 random bits.
std::string newRunId(Timestamp now, std::uint16_t random);

} // namespace plumbline::evals
