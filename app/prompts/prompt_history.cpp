#include "app/prompts/prompt_history.h"

#include "app/base/digest.h"
#include "app/store/database.h"

namespace plumbline::prompts {

PromptHistoryRepository::PromptHistoryRepository(std::filesystem::path database)
    : m_database(std::move(database))
{
}

Result<bool> PromptHistoryRepository::add(const std::string& path, const std::string& text, const Actor& who,
                                          Timestamp at) const
{
    auto database = store::Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    const std::string digest = sha256Hex(text);
    // What comes back to an earlier text is a new entry: only the newest is compared.
    auto last = std::string();
    auto read = database->run("SELECT digest FROM prompt_history WHERE path = ?1 ORDER BY key DESC LIMIT 1",
                              {path}, [&](const store::Row& row) { last = row.text(0); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (last == digest) {
        return false;
    }
    auto added = database->run("INSERT INTO prompt_history (path, digest, text, actor, known_how, at) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                               {path, digest, store::Blob{text}, who.name, who.knownHow, toString(at)});
    if (!added) {
        return tl::unexpected(added.error());
    }
    return true;
}

Result<std::vector<PastVersion>> PromptHistoryRepository::of(const std::string& path) const
{
    auto database = store::Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<PastVersion> out;
    auto read =
        database->run("SELECT actor, at, text FROM prompt_history WHERE path = ?1 ORDER BY key DESC", {path},
                      [&](const store::Row& row) {
                          out.push_back({"", row.text(0), row.text(1), "", std::string(row.bytes(2))});
                      });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return out;
}

} // namespace plumbline::prompts
