#include "app/retrieval/indexer.h"

#include "app/retrieval/generation_rows.h"
#include "app/retrieval/index_lock.h"
#include "app/retrieval/index_run.h"
#include "app/store/database.h"

namespace plumbline::retrieval {

namespace {

GenerationInfo infoOf(const GenerationRow& row, std::int64_t inService)
{
    return {row.number, row.at, row.documents, row.chunks, row.number == inService, row.drift, row.embedder};
}

} // namespace

Indexer::Indexer(std::filesystem::path home, std::filesystem::path state, ModelServices services)
    : m_home(std::move(home)), m_state(std::move(state)), m_services(std::move(services))
{
}

Result<IndexReport> Indexer::run(const IndexOptions& options, std::stop_token stop,
                                 const ProgressFn& progress)
{
    auto lock = IndexLock::take(m_state / "index.lock");
    if (!lock) {
        return tl::unexpected(lock.error());
    }
    auto database = store::Database::open(m_state / "plumbline.db", stop);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return IndexRun(m_home, m_state, options, m_services, *database, stop, progress).run();
}

Result<GenerationInfo> Indexer::rollback()
{
    auto lock = IndexLock::take(m_state / "index.lock");
    if (!lock) {
        return tl::unexpected(lock.error());
    }
    auto database = store::Database::open(m_state / "plumbline.db");
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto before = database->integer(
        "SELECT max(number) FROM generations WHERE number < (SELECT generation FROM service)");
    if (!before) {
        return tl::unexpected(before.error());
    }
    auto generation = readGeneration(*database, *before);
    if (!generation) {
        return tl::unexpected(generation.error());
    }
    if (!*generation) {
        return failure(ErrorCode::NotFound, "there is no generation before the one in service");
    }
    if (auto done = database->run("UPDATE service SET generation = ?1, epoch = epoch + 1", {*before});
        !done) {
        return tl::unexpected(done.error());
    }
    return infoOf(**generation, *before);
}

Result<std::vector<GenerationInfo>> Indexer::generations() const
{
    auto database = store::Database::open(m_state / "plumbline.db");
    if (!database) {
        return tl::unexpected(database.error());
    }
    auto inService = database->integer("SELECT generation FROM service");
    auto rows = readGenerations(*database);
    if (!inService || !rows) {
        return tl::unexpected(!inService ? inService.error() : rows.error());
    }
    std::vector<GenerationInfo> infos;
    for (const GenerationRow& row : *rows) {
        infos.push_back(infoOf(row, *inService));
    }
    return infos;
}

} // namespace plumbline::retrieval
