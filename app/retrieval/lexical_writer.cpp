#include <system_error>

#include <fcntl.h>
#include <unistd.h>
#include <xapian.h>

#include "app/base/file.h"
#include "app/retrieval/lexical_shards.h"

namespace plumbline::retrieval {

namespace {

// Chunks inverted in memory at a time. Measured: few enough that their terms stay in the processor's cache
// beats fewer merges.
constexpr std::size_t kBatch = 4000;

Error writeError(const Xapian::Error& error, const std::filesystem::path& folder)
{
    const char* const system = error.get_error_string();
    std::error_code ignored;
    const auto space = std::filesystem::space(folder, ignored);
    if (!ignored && space.available < (std::uintmax_t{1} << 20U))
        return {ErrorCode::DiskFull,
                "no room left to write the index: free some space and run the command again",
                folder.string()};
    if (::access(folder.c_str(), W_OK) != 0)
        return {ErrorCode::Denied, "the index folder cannot be written: check its permissions",
                folder.string()};
    return {ErrorCode::Io,
            "cannot write the index: " + error.get_msg() +
                (system != nullptr ? std::string(": ") + system : ""),
            folder.string()};
}

Result<void> syncFiles(const std::filesystem::path& folder)
{
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
        const bool synced = file >= 0 && ::fsync(file) == 0;
        const int reason = errno;
        if (file >= 0)
            ::close(file);
        if (!synced)
            return tl::unexpected(fileError(reason, "sync", entry.path().string()));
    }
    if (failed)
        return tl::unexpected(fileError(failed.value(), "read", folder.string()));
    return syncDirectory(folder);
}

} // namespace

struct LexicalWriter::State {
    std::filesystem::path folder;
    Xapian::WritableDatabase database;
    std::size_t waiting = 0; // chunks since the last batch was written out
};

LexicalWriter::LexicalWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LexicalWriter::~LexicalWriter() = default;

Result<std::unique_ptr<LexicalWriter>> LexicalWriter::create(const std::filesystem::path& folder)
{
    auto state = std::make_unique<State>();
    state->folder = folder;
    try {
        // Nobody reads a segment before it is finished, and a killed run throws it away: so nothing needs to
        // be safe until finish() syncs it all. Chunks are never read back from here: no term lists.
        state->database = Xapian::WritableDatabase(
            folder.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC |
                                 Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST);
    } catch (const Xapian::Error& error) {
        return tl::unexpected(writeError(error, folder.parent_path()));
    }
    return std::unique_ptr<LexicalWriter>(new LexicalWriter(std::move(state)));
}

Result<void> LexicalWriter::add(const std::vector<TermCount>& terms, const void* context, TextOf textOf)
{
    try {
        Xapian::Document document;
        for (const TermCount& term : terms)
            document.add_term(textOf(context, term.term), term.count);
        m_state->database.add_document(document);
        if (++m_state->waiting == kBatch) {
            m_state->database.commit();
            m_state->waiting = 0;
        }
    } catch (const Xapian::Error& error) {
        return tl::unexpected(writeError(error, m_state->folder));
    }
    return {};
}

Result<void> LexicalWriter::finish()
{
    try {
        m_state->database.commit();
        m_state->database.close();
    } catch (const Xapian::Error& error) {
        return tl::unexpected(writeError(error, m_state->folder));
    }
    return syncFiles(m_state->folder);
}

} // namespace plumbline::retrieval
