// Writes for many threads through one connection: what came in meanwhile is one transaction.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/store/database.h"

namespace plumbline::store {

// Any thread may call. The thread that writes starts with the first work, works in the order things came, and
// closes the connection when nothing came for a while. The destructor writes what is left.
class WriteQueue {
public:
    // May run a second time after a rollback, when something else in its transaction failed.
    using Work = std::function<Result<void>(Database&)>;
    using Done = std::function<void(const Result<void>&)>;

    explicit WriteQueue(std::filesystem::path file);
    ~WriteQueue();
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;

    const std::filesystem::path& file() const { return m_file; }

    // Returns once it is committed. Errors: of `work`, which then has changed nothing; the store's.
    Result<void> write(Work work);
    // Returns at once, or when there is room; `done` is called on the thread that writes, once it is
    // committed or has failed.
    void post(Work work, Done done);

private:
    struct Entry {
        Work work;
        Done done;
    };
    using Batch = std::deque<Entry>;

    void run();
    std::optional<Batch> next();
    void writeAll(Batch& batch);
    void writeEach(Batch& batch);

    std::filesystem::path m_file;
    std::optional<Database> m_database; // of the thread alone
    std::mutex m_mutex;
    std::condition_variable m_news; // for the thread that writes
    std::condition_variable m_room; // for those that wait because the queue is full
    Batch m_queue;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace plumbline::store
