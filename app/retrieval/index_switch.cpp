// The second half of a run: the new segments are finished, and one transaction puts the generation into
// service.
#include "app/retrieval/index_run.h"

#include <algorithm>
#include <thread>

#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "app/corpus/notices.h"

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kManySegments = 12;    // from here on small ones are merged
constexpr std::size_t kSmallSegment = 3'000; // chunks
constexpr std::size_t kCheapToRefit = 4'000; // chunks: under a second
constexpr double kDriftWorthRefit = 0.15;

} // namespace

bool IndexRun::hasChanges() const
{
    const bool lost =
        std::ranges::any_of(m_before, [&](const auto& entry) { return !m_after.contains(entry.first); });
    return !m_base || m_options.rebuild || m_options.refit || embedsAnew() || !m_fresh.empty() || lost;
}

std::vector<const SegmentWriter*> IndexRun::writers() const
{
    std::vector<const SegmentWriter*> all;
    for (const Growing& growing : m_growing) {
        if (growing.writer) {
            all.push_back(growing.writer.get());
        }
    }
    return all;
}

// How far the new text is from the space in service; a small corpus is then simply fitted anew.
Result<bool> IndexRun::shouldRefit()
{
    if (m_options.rebuild || m_options.refit || embedsAnew() || m_base->segments.empty()) {
        return true;
    }
    if (writers().empty()) {
        m_report.drift = m_base->drift;
        return false;
    }
    auto space = LatentSpace::load(indexFolder() / m_base->space);
    if (!space) {
        return tl::unexpected(space.error());
    }
    m_report.drift = (*space)->drift(writers());
    return m_report.drift > kDriftWorthRefit && m_base->chunks < kCheapToRefit;
}

// Segments of the base that still hold a live chunk stay; many small ones are written together as one.
Result<void> IndexRun::chooseCarried()
{
    if (!m_base || !hasChanges()) {
        return {};
    }
    auto all = shouldRefit();
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::set<std::int64_t> live;
    for (const auto& [path, document] : m_after) {
        if (!m_fresh.contains(path)) {
            live.insert(document.key);
        }
    }
    std::vector<SegmentRow> small;
    std::vector<std::int64_t> rewritten;
    for (const SegmentRow& segment : m_base->segments) {
        auto owners = readOwners(m_database, segment.number);
        if (!owners) {
            return tl::unexpected(owners.error());
        }
        std::set<std::int64_t> inIt;
        for (const ChunkOwner& owner : *owners) {
            if (live.contains(owner.document)) {
                inIt.insert(owner.document);
            }
        }
        const bool merge =
            *all || (m_base->segments.size() >= kManySegments && segment.chunks < kSmallSegment);
        if (merge) {
            rewritten.insert(rewritten.end(), inIt.begin(), inIt.end());
        } else if (!inIt.empty()) {
            m_carried.push_back(segment);
        }
    }
    return rewriteFromStore(rewritten);
}

// Puts stored documents into a segment again, from their stored texts.
Result<void> IndexRun::rewriteFromStore(const std::vector<std::int64_t>& documents)
{
    if (documents.empty()) {
        return {};
    }
    Growing growing{m_growing.front().folder + "-kept", {}, nullptr};
    auto writer = SegmentWriter::create(indexFolder() / growing.folder);
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    growing.writer = std::move(*writer);
    for (const std::int64_t document : documents) {
        std::string title;
        auto done = m_database.run("SELECT title FROM documents WHERE key = ?1", {document},
                                   [&](const store::Row& row) { title = row.text(0); });
        auto text = corpus::readText(m_database, document);
        auto chunks = corpus::readChunks(m_database, document);
        if (!done || !text || !chunks) {
            return tl::unexpected(!done ? done.error() : !text ? text.error() : chunks.error());
        }
        done = m_database.run("SELECT key FROM chunks WHERE document = ?1 ORDER BY key", {document},
                              [&](const store::Row& row) {
                                  growing.owners.push_back({row.integer(0), document});
                              });
        const CodePoints points(*text);
        for (const corpus::Chunk& chunk : *chunks) {
            if (done) {
                done = growing.writer->add({title, chunk.heading, points.slice(chunk.span)});
            }
        }
        if (!done) {
            return done;
        }
    }
    m_growing.push_back(std::move(growing));
    return {};
}

Result<std::shared_ptr<const LatentSpace>> IndexRun::fitOrLoad()
{
    if (!m_carried.empty()) {
        m_space = m_base->space;
        return LatentSpace::load(indexFolder() / m_space);
    }
    m_report.refitted = true;
    m_report.drift = 0;
    auto space = LatentSpace::fit(writers(), m_options.profile.latentDimensions, m_stop);
    if (space) {
        if (auto saved = (*space)->save(indexFolder() / m_space); !saved) {
            return tl::unexpected(saved.error());
        }
    }
    return space;
}

Result<void> IndexRun::finishSegments()
{
    if (!hasChanges()) {
        return {};
    }
    if (m_progress) {
        m_progress({"writing the index", 0, 0, "", 0, std::nullopt});
    }
    auto space = fitOrLoad();
    if (!space) {
        return tl::unexpected(space.error());
    }
    std::vector<Result<void>> results(m_growing.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < m_growing.size(); ++i) {
            if (m_growing[i].writer) {
                threads.emplace_back([&, i] { results[i] = m_growing[i].writer->finish(**space, m_stop); });
            }
        }
    }
    for (const Result<void>& result : results) {
        if (!result) {
            return result;
        }
    }
    return syncDirectory(indexFolder());
}

Result<void> IndexRun::switchOver()
{
    return m_database.transaction([&]() -> Result<void> {
        using Step = Result<void> (IndexRun::*)();
        for (const Step step : {&IndexRun::writeLedger, &IndexRun::recordApprovals}) {
            if (auto done = (this->*step)(); !done) {
                return done;
            }
        }
        auto done = m_database.run(
            "UPDATE service SET approved_by_default = ?1, epoch = epoch + 1 WHERE approved_by_default <> ?1",
            {std::int64_t{m_options.approvedByDefault ? 1 : 0}});
        if (!done || !hasChanges()) {
            return done;
        }
        GenerationRow generation{0, m_now, m_space, m_report.drift, 0, 0, m_vectorsOf, m_carried};
        for (const Growing& growing : m_growing) {
            if (!growing.writer) {
                continue;
            }
            auto number = insertSegment(m_database, growing.folder, growing.owners);
            if (!number) {
                return tl::unexpected(number.error());
            }
            generation.segments.push_back({*number, growing.folder, growing.owners.size()});
        }
        std::vector<std::int64_t> documents;
        for (const auto& [path, document] : m_after) {
            documents.push_back(document.key);
            generation.chunks += document.chunks;
        }
        auto number = putIntoService(m_database, generation, documents);
        if (!number) {
            return tl::unexpected(number.error());
        }
        m_report.generation = *number;
        return writeNotices();
    });
}

Result<void> IndexRun::writeLedger()
{
    const std::string at = plumbline::toString(m_now);
    for (const LedgerUpdate& update : m_updates) {
        auto done =
            m_database.run("INSERT OR REPLACE INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                           {update.path, update.state, update.reason, update.documentId, update.sourceDigest,
                            static_cast<std::int64_t>(update.bytes), update.milliseconds, at});
        if (!done) {
            return done;
        }
    }
    return {};
}

// `state: approved` in front matter is taken at its word once for an id and version, and recorded with the
// digest of the text; another text under the same version voids it.
Result<void> IndexRun::recordApprovals()
{
    for (const std::string& path : m_fresh) {
        const corpus::StoredDocument& document = m_after.at(path);
        const corpus::FrontMatter& facts = document.facts;
        if (auto done = voidApprovals(document); !done) {
            return done;
        }
        if (document.imported || facts.state != corpus::State::Approved) {
            continue;
        }
        auto done = m_database.run(
            "INSERT INTO approvals (id, version, digest, actor, known_how, at, source)"
            " SELECT ?1, ?2, ?3, ?4, 'front matter', ?5, 'front_matter' WHERE NOT EXISTS"
            " (SELECT 1 FROM approvals WHERE id = ?1 AND version = ?2)",
            {facts.id, facts.version, document.digest, facts.owner, plumbline::toString(m_now)});
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<void> IndexRun::voidApprovals(const corpus::StoredDocument& document)
{
    return m_database.run(
        "UPDATE approvals SET void_at = ?4 WHERE id = ?1 AND version = ?2 AND digest <> ?3 AND void_at IS "
        "NULL",
        {document.facts.id, document.facts.version, document.digest, plumbline::toString(m_now)});
}

Result<void> IndexRun::writeNotices()
{
    auto notices = corpus::findNotices(m_database, m_report.generation);
    if (!notices) {
        return tl::unexpected(notices.error());
    }
    auto done = m_database.run("DELETE FROM notices");
    for (const corpus::Notice& notice : *notices) {
        if (done) {
            done = m_database.run("INSERT INTO notices VALUES (?1, ?2, ?3)",
                                  {notice.kind, notice.detail, nlohmann::json(notice.documents).dump()});
        }
    }
    return done;
}

void IndexRun::fillReport()
{
    if (m_report.generation == 0 && m_base) {
        m_report.generation = m_base->number;
        m_report.drift = m_base->drift;
    }
    m_report.documents = m_after.size();
    for (const auto& [path, document] : m_after) {
        m_report.chunks += document.chunks;
        const bool fresh = m_fresh.contains(path);
        const bool known = m_before.contains(path);
        m_report.added += fresh && !known ? 1U : 0U;
        m_report.updated += fresh && known ? 1U : 0U;
        m_report.unchanged += !fresh ? 1U : 0U;
    }
    for (const auto& [path, document] : m_before) {
        m_report.removed += m_after.contains(path) ? 0U : 1U;
    }
    std::map<std::string, std::pair<std::string, std::string>> outside; // path -> state, reason
    for (const auto& [path, line] : m_ledger) {
        outside[path] = {line.state, line.reason};
    }
    for (const LedgerUpdate& update : m_updates) {
        outside[update.path] = {update.state, update.reason};
    }
    for (const auto& [path, line] : outside) {
        if (line.first == "skipped") {
            m_report.skipped.push_back({path, line.second});
        } else if (line.first == "quarantined") {
            m_report.quarantined.push_back({path, line.second});
        }
    }
    m_report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
}

} // namespace plumbline::retrieval
