#include "app/evals/run_journal.h"

#include <utility>

namespace plumbline::evals {

Result<std::unique_ptr<RunJournal>> RunJournal::open(const std::filesystem::path& database,
                                                     const std::string& run)
{
    return open(std::make_shared<store::WriteQueue>(database), run);
}

Result<std::unique_ptr<RunJournal>> RunJournal::open(std::shared_ptr<store::WriteQueue> writer,
                                                     const std::string& run)
{
    auto opened = openRun(writer->file(), run);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    auto positions = positionsOf(opened->database, opened->key);
    if (!positions) {
        return tl::unexpected(positions.error());
    }
    return std::unique_ptr<RunJournal>(
        new RunJournal(std::move(writer), opened->key, run, std::move(*positions)));
}

RunJournal::RunJournal(std::shared_ptr<store::WriteQueue> writer, std::int64_t key, std::string run,
                       Positions positions)
    : m_writer(std::move(writer)), m_key(key), m_run(std::move(run)), m_positions(std::move(positions))
{
}

RunJournal::~RunJournal()
{
    (void)flush(); // works under way point here
}

Result<void> RunJournal::wait(store::WriteQueue::Work work)
{
    Result<void> result = m_writer->write(std::move(work));
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
    m_writer->post(
        [this, shared](store::Database& database) -> Result<void> {
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
        });
}

Result<void> RunJournal::flush()
{
    return wait([](store::Database& /*database*/) { return Result<void>(); });
}

} // namespace plumbline::evals
