#include "app/store/write_queue.h"

#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace plumbline::store {

namespace {

constexpr std::size_t kMostQueued = 4'096; // works; then callers wait, so that memory stays bounded
constexpr std::chrono::milliseconds kIdle{250};

} // namespace

WriteQueue::WriteQueue(std::filesystem::path file) : m_file(std::move(file)) {}

WriteQueue::~WriteQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_news.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

Result<void> WriteQueue::write(Work work)
{
    // Shared: the thread that writes may still be inside set_value() when this one has gone on.
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto done = promise->get_future();
    post(std::move(work), [promise](const Result<void>& result) { promise->set_value(result); });
    return done.get();
}

void WriteQueue::post(Work work, Done done)
{
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_queue.size() < kMostQueued; });
        m_queue.push_back({std::move(work), std::move(done)});
        if (!m_thread.joinable()) {
            m_thread = std::thread([this] { run(); });
        }
        if (m_queue.size() > 1) {
            return; // it has been woken
        }
    }
    m_news.notify_one();
}

void WriteQueue::run()
{
    while (auto batch = next()) {
        if (!m_database) {
            auto opened = Database::open(m_file);
            if (!opened) {
                for (Entry& entry : *batch) {
                    entry.done(tl::unexpected(opened.error()));
                }
                continue;
            }
            m_database = std::move(*opened);
        }
        writeAll(*batch);
    }
}

std::optional<WriteQueue::Batch> WriteQueue::next()
{
    std::unique_lock lock(m_mutex);
    const auto news = [&] { return m_ending || !m_queue.empty(); };
    if (m_database && !m_news.wait_for(lock, kIdle, news)) {
        lock.unlock(); // the last to close a database takes its log in, which may take a while
        m_database.reset();
        lock.lock();
    }
    m_news.wait(lock, news);
    if (m_queue.empty()) {
        return std::nullopt;
    }
    Batch batch;
    batch.swap(m_queue);
    m_room.notify_all();
    return batch;
}

void WriteQueue::writeAll(Batch& batch)
{
    bool refused = false;
    const auto committed = m_database->transaction([&]() -> Result<void> {
        for (Entry& entry : batch) {
            if (auto done = entry.work(*m_database); !done) {
                refused = true;
                return done;
            }
        }
        return {};
    });
    if (refused && batch.size() > 1) {
        writeEach(batch);
        return;
    }
    for (Entry& entry : batch) {
        entry.done(committed);
    }
}

// So that what failed takes nothing else with it.
void WriteQueue::writeEach(Batch& batch)
{
    for (Entry& entry : batch) {
        entry.done(m_database->transaction([&] { return entry.work(*m_database); }));
    }
}

} // namespace plumbline::store
