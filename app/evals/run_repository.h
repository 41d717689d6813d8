// Runs in the store: the suite as it was run, a light row for each result, its whole text beside it, and what
// people thought of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/actor.h"
#include "app/base/result.h"
#include "app/evals/lint.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// Which result of a run.
struct ResultKey {
    std::string caseId;
    int variant = 0;
    int repeat = 0;
};

// A result as a matrix shows it: small, so that 80,000 of them fit into memory.
struct ResultRow {
    std::int32_t position = 0; // of the case in the suite, from 0
    std::int16_t variant = 0;
    std::int16_t repeat = 0;
    CaseState state = CaseState::Answered;
    bool passed = false;
    bool cached = false;
    bool notExecuted = false;  // a check could not be run
    bool hallucinated = false; // something in the answer is not carried by its sources
    std::int8_t agreement =
        0;                  // of people: 1 all agree with the outcome, -1 somebody does not, 0 nobody looked
    float score = 0;        // 0..1
    float latencyMs = 0;    // in total
    std::int64_t cost = -1; // micro-USD; -1 = not known
};

// What one variant of a run came to so far.
struct VariantTally {
    std::string run;
    int variant = 0;
    std::int64_t results = 0;
    std::int64_t passed = 0;
    std::int64_t broken = 0;
    Money cost;                   // as far as known
    std::int64_t unknownCost = 0; // results whose cost is not known
};

// A person's word on one result: whether it was judged rightly.
struct HumanVerdict {
    ResultKey of;
    bool agrees = true;
    std::string note;
    Actor actor;
    Timestamp at{};
};

// Opens its own connection for each call; any thread. Errors are the store's, and NotFound for a run, a case
// or a result that is not there.
class RunRepository {
public:
    explicit RunRepository(std::filesystem::path database) : m_database(std::move(database)) {}

    // Keeps the run's settings and the suite's cases. Conflict: there is a run with this id.
    Result<void> create(const Run& run, const Suite& suite) const;
    // `run` is an id, or "latest".
    Result<Run> run(std::string_view run) const;
    Result<std::vector<Run>> list(std::size_t count = 1'000, std::size_t skip = 0) const; // newest first
    // Of all runs, by run and variant; a variant without results has none.
    Result<std::vector<VariantTally>> tallies() const;
    // As it was run; its cases in order.
    Result<Suite> suite(std::string_view run) const;
    Result<Case> testCase(std::string_view run, std::string_view caseId) const;
    Result<void> finish(std::string_view run, RunState state, std::string_view error, Timestamp at) const;
    Result<void> reopen(std::string_view run) const; // running again
    Result<void> remove(std::string_view run) const;

    // Stores or replaces results, all or none. A case that the suite does not have is NotFound.
    Result<void> add(std::string_view run, const std::vector<CaseResult>& results) const;

    // By position, variant and repeat, from position `first`, of at most `cases` cases.
    Result<std::vector<ResultRow>> rows(std::string_view run, std::size_t first = 0,
                                        std::size_t cases = SIZE_MAX) const;
    // The same with figures, latency and usage, and without what is long: output, answer and assertions are
    // empty.
    Result<std::vector<CaseResult>> results(std::string_view run) const;
    Result<CaseResult> result(std::string_view run, const ResultKey& key) const; // whole
    // Every whole result in that order, one at a time; an error of `each` ends it and is handed on.
    Result<void> eachResult(std::string_view run, const std::function<Result<void>(CaseResult)>& each) const;

    // How often each case of suites of this name was answered, and passed, over all runs.
    Result<CaseRecords> records(std::string_view suiteName) const;

    // A second word of the same person on the same result replaces the first.
    Result<void> judge(std::string_view run, const HumanVerdict& verdict) const;
    Result<std::vector<HumanVerdict>> verdicts(std::string_view run) const; // by position

    const std::filesystem::path& database() const { return m_database; }

private:
    std::filesystem::path m_database;
};

} // namespace plumbline::evals
