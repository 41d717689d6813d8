#include "app/retrieval/index_run.h"

#include <algorithm>

#include "app/corpus/folder_scan.h"
#include "app/retrieval/embedding_cache.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kBatchBytes = 4'000'000; // of text in one transaction
constexpr std::size_t kBatchDocuments = 250;
constexpr std::size_t kGenerationsKept = 5;
constexpr std::uint64_t kWorthTwoThreads = 400'000; // bytes
constexpr auto kBetweenReports = std::chrono::milliseconds(50);

} // namespace

IndexRun::IndexRun(std::filesystem::path home, std::filesystem::path state, const IndexOptions& options,
                   const ModelServices& services, store::Database& database, std::stop_token stop,
                   const ProgressFn& progress)
    : m_home(std::move(home)), m_state(std::move(state)), m_options(options), m_services(services),
      m_database(database), m_stop(std::move(stop)), m_progress(progress)
{
}

Result<IndexReport> IndexRun::run()
{
    using Step = Result<void> (IndexRun::*)();
    for (const Step step :
         {&IndexRun::sweep, &IndexRun::chooseEmbedder, &IndexRun::readBase, &IndexRun::listFiles,
          &IndexRun::listRows, &IndexRun::ingest, &IndexRun::dropDoubles, &IndexRun::chooseCarried,
          &IndexRun::embedChunks, &IndexRun::finishSegments, &IndexRun::switchOver}) {
        if (auto done = (this->*step)(); !done) {
            m_growing.clear(); // its files are closed before they are removed
            if (done.error().code != ErrorCode::Corrupt) {
                m_database.setStop({}); // clearing up is not to be stopped
                removeStrays();
            }
            return tl::unexpected(done.error());
        }
    }
    fillReport();
    // The new generation is in service; what is old may wait for the next run.
    if (auto swept = sweep(); swept) {
        swept = pruneEmbeddings(m_database);
    }
    return m_report;
}

// Takes away what older generations and a run that was cut off left behind.
Result<void> IndexRun::sweep()
{
    std::error_code error;
    std::filesystem::create_directories(indexFolder(), error);
    if (error) {
        return tl::unexpected(fileError(error.value(), "make the folder", indexFolder().string()));
    }
    removeStrays(); // first: on a full disk the database may need the room
    if (auto done = forgetOldGenerations(m_database, kGenerationsKept); !done) {
        return done;
    }
    removeStrays();
    return {};
}

// Removes the files that no generation needs.
void IndexRun::removeStrays()
{
    const auto needed = neededFiles(m_database);
    if (!needed) {
        return; // what is needed is not known: nothing may go
    }
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(indexFolder(), error)) {
        if (std::ranges::find(*needed, entry.path().filename().string()) == needed->end()) {
            std::error_code ignored;
            std::filesystem::remove_all(entry.path(), ignored);
        }
    }
}

Result<void> IndexRun::readBase()
{
    auto number = corpus::generationInService(m_database);
    if (!number) {
        return tl::unexpected(number.error());
    }
    auto base = readGeneration(m_database, *number);
    auto documents = corpus::readDocuments(m_database, *number);
    if (!base || !documents) {
        return tl::unexpected(!base ? base.error() : documents.error());
    }
    m_base = std::move(*base);
    for (corpus::StoredDocument& document : *documents) {
        std::string path = document.path;
        m_before.emplace(std::move(path), std::move(document));
    }
    return m_database.run("SELECT path, state, source_digest, reason, document_id FROM ledger", {},
                          [&](const store::Row& row) {
                              m_ledger[row.text(0)] = {row.text(1), row.text(2), row.text(3), row.text(4)};
                          });
}

// What the runs before made of the same path.
void IndexRun::recall(IngestTask& task) const
{
    const auto known = m_ledger.find(task.path);
    if (const auto before = m_before.find(task.path); before != m_before.end()) {
        task.knownDigest = m_options.rebuild ? std::string() : before->second.sourceDigest;
    } else if (known != m_ledger.end() &&
               (known->second.state == "skipped" || known->second.state == "quarantined")) {
        task.knownDigest = m_options.rebuild ? std::string() : known->second.sourceDigest;
        task.inQuarantine = known->second.state == "quarantined";
    }
}

Result<void> IndexRun::listFiles()
{
    if (m_options.jsonl) {
        return {};
    }
    auto files = corpus::scanFolder(m_home, m_options.include, m_options.exclude, m_stop);
    if (!files) {
        return tl::unexpected(files.error());
    }
    for (const corpus::FoundFile& file : *files) {
        if (!file.unsupported.empty()) {
            m_updates.push_back({file.path, "skipped", file.unsupported, "", "", file.bytes, 0});
            continue;
        }
        IngestTask task{file.path, nullptr, file.bytes, {}, false};
        recall(task);
        m_totalBytes += file.bytes;
        m_tasks.push_back(std::move(task));
    }
    return {};
}

Result<void> IndexRun::listRows()
{
    if (!m_options.jsonl) {
        return {};
    }
    auto read = corpus::readJsonl(*m_options.jsonl, m_stop, [&](corpus::JsonlDocument row) -> Result<void> {
        m_rows.push_back(std::move(row));
        return {};
    });
    if (!read) {
        return read;
    }
    std::set<std::string> ids;
    for (const corpus::JsonlDocument& row : m_rows) {
        if (!ids.insert(row.id).second) {
            m_report.skipped.push_back({row.id, "a row before it has the same _id"});
            continue;
        }
        IngestTask task{corpus::importPath(row.id), &row, row.text.size() + row.title.size(), {}, false};
        recall(task);
        m_totalBytes += task.bytes;
        m_tasks.push_back(std::move(task));
    }
    return {};
}

Result<void> IndexRun::ingest()
{
    std::set<std::string> released;
    if (auto read = m_database.run("SELECT source_digest FROM quarantine_releases", {},
                                   [&](const store::Row& row) { released.insert(row.text(0)); });
        !read) {
        return read;
    }
    auto last = m_database.integer("SELECT max(number) FROM generations");
    if (!last) {
        return tl::unexpected(last.error());
    }
    const std::string next = std::to_string(*last + 1);
    m_space = "space-" + next;
    std::vector<std::filesystem::path> folders;
    for (std::size_t i = 0; i < (m_totalBytes > kWorthTwoThreads ? 2U : 1U); ++i) {
        m_growing.push_back({"segment-" + next + "-" + std::to_string(i), {}, nullptr});
        folders.push_back(indexFolder() / m_growing.back().folder);
    }
    // What this run does not look at stays as it is: imports in a run over the folder, and the other way
    // round.
    for (const auto& [path, document] : m_before) {
        if (document.imported != m_options.jsonl.has_value()) {
            m_after.emplace(path, document);
        }
    }
    IngestPipeline pipeline(m_home, folders, {m_options.limits, m_options.profile.chunks},
                            std::move(released));
    auto done = pipeline.run(m_tasks, m_stop, [&](IngestResult&& result) { return keep(std::move(result)); });
    if (done) {
        done = flush();
    }
    for (std::size_t i = 0; i < m_growing.size(); ++i) {
        m_growing[i].writer = std::move(pipeline.writers()[i]);
    }
    if (done) {
        findRemoved();
    }
    return done;
}

Result<void> IndexRun::keep(IngestResult&& result)
{
    const IngestTask& task = m_tasks[result.task];
    report(task.bytes);
    if (result.unchanged) {
        if (const auto before = m_before.find(task.path); before != m_before.end()) {
            m_after.emplace(task.path, before->second);
        }
        return {};
    }
    const corpus::Ingested& made = result.made;
    if (made.outcome != corpus::IngestOutcome::Ready) {
        m_updates.push_back({task.path,
                             made.outcome == corpus::IngestOutcome::Skipped ? "skipped" : "quarantined",
                             made.reason, made.document.facts.id, made.document.sourceDigest, task.bytes,
                             result.milliseconds});
        return {};
    }
    m_updates.push_back({task.path, "indexed", "", made.document.facts.id, made.document.sourceDigest,
                         task.bytes, result.milliseconds});
    m_waitingBytes += made.text.text.size();
    m_waiting.push_back(std::move(result));
    return m_waitingBytes >= kBatchBytes || m_waiting.size() >= kBatchDocuments ? flush() : Result<void>();
}

// Writes what waits. The rows belong to no generation yet; a run that is cut off leaves them to the next
// sweep.
Result<void> IndexRun::flush()
{
    if (m_waiting.empty()) {
        return {};
    }
    auto done = m_database.transaction([&]() -> Result<void> {
        for (IngestResult& result : m_waiting) {
            corpus::Ingested& made = result.made;
            auto inserted =
                corpus::insertDocument(m_database, made.document, made.text, made.chunks, made.shingles);
            if (!inserted) {
                return tl::unexpected(inserted.error());
            }
            std::vector<ChunkOwner>& owners = m_growing[result.writer].owners;
            owners.resize(std::max(owners.size(), result.firstOrdinal + made.chunks.size()));
            for (std::size_t i = 0; i < made.chunks.size(); ++i) {
                owners[result.firstOrdinal + i] = {inserted->firstChunk + static_cast<std::int64_t>(i),
                                                   inserted->key};
            }
            made.document.key = inserted->key;
            made.document.chunks = made.chunks.size();
            const std::string& path = made.document.path;
            m_after.insert_or_assign(path, made.document);
            m_fresh.insert(path);
        }
        return {};
    });
    m_waiting.clear();
    m_waitingBytes = 0;
    return done;
}

void IndexRun::report(std::uint64_t bytes)
{
    ++m_done;
    m_doneBytes += bytes;
    const auto now = std::chrono::steady_clock::now();
    if (!m_progress || (now - m_reported < kBetweenReports && m_done < m_tasks.size())) {
        return;
    }
    m_reported = now;
    Progress progress{"reading documents", m_done, m_tasks.size(), "files", 0, std::nullopt};
    const double seconds = std::chrono::duration<double>(now - m_begun).count();
    if (seconds > 0.2 && m_doneBytes > 0) {
        progress.bytesPerSecond = static_cast<double>(m_doneBytes) / seconds;
        const double left = static_cast<double>(m_totalBytes - m_doneBytes) / progress.bytesPerSecond;
        progress.timeLeft = std::chrono::milliseconds(static_cast<std::int64_t>(left * 1000));
    }
    m_progress(progress);
}

// Two files with one id and version: the first by path speaks, the other is skipped.
Result<void> IndexRun::dropDoubles()
{
    std::map<std::pair<std::string, std::string>, std::string> first;
    for (auto at = m_after.begin(); at != m_after.end();) {
        const corpus::FrontMatter& facts = at->second.facts;
        const auto [holder, isFirst] = first.try_emplace({facts.id, facts.version}, at->first);
        if (isFirst) {
            ++at;
            continue;
        }
        m_updates.push_back({at->first, "skipped",
                             "has the same id and version as " + holder->second + " (" + facts.id + "@" +
                                 facts.version + "); give it another version or remove one",
                             facts.id, "", 0, 0});
        m_fresh.erase(at->first);
        at = m_after.erase(at);
    }
    return {};
}

void IndexRun::findRemoved()
{
    std::set<std::string> listed;
    for (const IngestTask& task : m_tasks) {
        listed.insert(task.path);
    }
    for (const LedgerUpdate& update : m_updates) {
        listed.insert(update.path);
    }
    for (const auto& [path, line] : m_ledger) {
        const bool looked = path.starts_with("import:") == m_options.jsonl.has_value();
        if (looked && line.state != "removed" && !listed.contains(path)) {
            m_updates.push_back({path, "removed", "the file is gone", line.documentId, "", 0, 0});
        }
    }
}

} // namespace plumbline::retrieval
