#include "app/evals/run_journal.h"

#include <future>
#include <utility>

namespace plumbline::evals {

namespace {

constexpr std::size_t kMostQueued = 4'096; // results; then callers wait, so that memory stays bounded

} // namespace

Result<std::unique_ptr<RunJournal>> RunJournal::open(const std::filesystem::path& database,
                                                     const std::string& run)
{
    auto opened = openRun(database, run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto positions = positionsOf(opened->database, opened->key);
    if (!positions) {
        return tl::unexpected(positions.error());
    }
    return std::unique_ptr<RunJournal>(
        new RunJournal(std::move(opened->database), opened->key, run, std::move(*positions)));
}

RunJournal::RunJournal(store::Database database, std::int64_t key, std::string run, Positions positions)
    : m_database(std::move(database)), m_key(key), m_run(std::move(run)), m_positions(std::move(positions)),
      m_thread([this] { write(); })
{
}

RunJournal::~RunJournal()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void RunJournal::post(Entry entry)
{
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [&] { return m_queue.size() < kMostQueued; });
        m_queue.push_back(std::move(entry));
    }
    m_wake.notify_all();
}

Result<void> RunJournal::wait(Work work)
{
    // Shared: the writing thread may still be inside set_value() when this one has gone on.
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto done = promise->get_future();
    post({std::move(work), [promise](const Result<void>& result) { promise->set_value(result); }});
    Result<void> result = done.get();
    if (!result) {
        return result;
    }
    const std::lock_guard lock(m_mutex);
    return m_broken ? Result<void>(tl::unexpected(*m_broken)) : result;
}

Result<void> RunJournal::keepReply(const std::string& key, const std::string& line, std::optional<Money> cost,
                                   Timestamp at)
{
    return wait([&](store::Database& database) {
        return database.run("INSERT OR REPLACE INTO eval_replies (key, run, at, cost, reply)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)",
                            {key, m_run, plumbline::toString(at),
                             cost ? store::Value(cost->microUsd) : store::Value(), line});
    });
}

Result<std::optional<KeptReply>> RunJournal::reply(const std::string& key)
{
    std::optional<KeptReply> kept;
    auto done = wait([&](store::Database& database) {
        return database.run("SELECT reply, run, cost FROM eval_replies WHERE key = ?1", {key},
                            [&](const store::Row& row) {
                                kept = KeptReply{row.text(0), {}, row.text(1)};
                                if (!row.isNull(2)) {
                                    kept->cost = Money{row.integer(2)};
                                }
                            });
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return kept;
}

void RunJournal::keepResult(CaseResult result)
{
    auto shared = std::make_shared<const CaseResult>(std::move(result));
    post({[this, shared](store::Database& database) -> Result<void> {
              const auto position = m_positions.find(shared->caseId);
              if (position == m_positions.end()) {
                  return failure(ErrorCode::NotFound, "this run has no case '" + shared->caseId + "'", m_run);
              }
              return writeResult(database, m_key, position->second, *shared);
          },
          [this](const Result<void>& written) {
              if (!written) {
                  const std::lock_guard lock(m_mutex);
                  m_broken = m_broken ? m_broken : std::optional(written.error());
              }
          }});
}

Result<void> RunJournal::flush()
{
    return wait([](store::Database& /*database*/) { return Result<void>(); });
}

void RunJournal::writeAll(std::deque<Entry>& batch)
{
    auto committed = m_database.transaction([&]() -> Result<void> {
        for (Entry& entry : batch) {
            if (auto done = entry.work(m_database); !done) {
                return done;
            }
        }
        return {};
    });
    for (Entry& entry : batch) {
        entry.done(committed);
    }
}

void RunJournal::write()
{
    for (;;) {
        std::deque<Entry> batch;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_ending || !m_queue.empty(); });
            if (m_queue.empty()) {
                return;
            }
            batch.swap(m_queue);
        }
        m_wake.notify_all();
        writeAll(batch);
    }
}

} // namespace plumbline::evals
