// Writes a run while it goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/evals/run_rows.h"
#include "app/store/write_queue.h"

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
    // NotFound: no such run; the store's errors. `writer` may write for others too.
    static Result<std::unique_ptr<RunJournal>> open(std::shared_ptr<store::WriteQueue> writer,
                                                    const std::string& run);
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
    RunJournal(std::shared_ptr<store::WriteQueue> writer, std::int64_t key, std::string run,
               Positions positions);
    Result<void> wait(store::WriteQueue::Work work);

    std::shared_ptr<store::WriteQueue> m_writer;
    std::int64_t m_key;
    std::string m_run;
    Positions m_positions;
    std::mutex m_mutex;
    std::optional<Error> m_broken; // the first error of what nobody waited for
};

} // namespace plumbline::evals
