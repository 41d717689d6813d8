// Writes a run while it goes on: one thread with one connection; what came in meanwhile is one transaction.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/evals/run_rows.h"

namespace plumbline::evals {

// A reply as kept.
struct KeptReply {
    std::string line;          // of a recording (llm/exchange_record.h)
    std::optional<Money> cost; // unset = not known
    std::string run;           // that paid for it
};

// Any thread may call; the destructor writes what is left.
class RunJournal {
public:
    // NotFound: no such run; the store's errors.
    static Result<std::unique_ptr<RunJournal>> open(const std::filesystem::path& database,
                                                    const std::string& run);
    ~RunJournal();
    RunJournal(const RunJournal&) = delete;
    RunJournal& operator=(const RunJournal&) = delete;

    // Waits until it is committed.
    Result<void> keepReply(const std::string& key, const std::string& line, std::optional<Money> cost,
                           Timestamp at);
    // Waits for what stands before it.
    Result<std::optional<KeptReply>> reply(const std::string& key);
    // Does not wait; an error comes with the next call that does, or with flush().
    void keepResult(CaseResult result);
    Result<void> flush();

private:
    using Work = std::function<Result<void>(store::Database&)>;
    struct Entry {
        Work work;
        std::function<void(const Result<void>&)> done;
    };

    RunJournal(store::Database database, std::int64_t key, std::string run, Positions positions);
    void post(Entry entry);
    Result<void> wait(Work work);
    void write();
    void writeAll(std::deque<Entry>& batch);

    store::Database m_database; // of the thread alone
    std::int64_t m_key;
    std::string m_run;
    Positions m_positions;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Entry> m_queue;
    std::optional<Error> m_broken; // the first error of what nobody waited for
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace plumbline::evals
