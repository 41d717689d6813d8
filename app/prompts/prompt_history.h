// What a prompt file has been: from Git, or from the store where there is no repository.
#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/actor.h"
#include "app/base/date.h"
#include "app/base/result.h"

namespace plumbline::prompts {

struct PastVersion {
    std::string commit;  // full hash; empty when it comes from the store
    std::string author;  // "Ada Byron <ada@bank.example>", or whose program saw it first
    std::string at;      // ISO 8601, as Git or the store has it
    std::string subject; // of the commit; empty when it comes from the store
    std::string text;    // of the file
};

// The commits that touched a file, renames followed, newest first, 200 at most. Empty when `home` is in no
// repository or its history does not hold the file; an Error when git is there and fails. Calls `git` without
// a shell.
Result<std::vector<PastVersion>> gitHistory(const std::filesystem::path& home, const std::string& path,
                                            std::stop_token stop);

// The files below `folder` that Git tracks, relative to `home`. Empty when `home` is in no repository, or git
// is not installed.
Result<std::set<std::string>> trackedFiles(const std::filesystem::path& home, const std::string& folder,
                                           std::stop_token stop);

// Rows of the table prompt_history.
class PromptHistoryRepository {
public:
    explicit PromptHistoryRepository(std::filesystem::path database);

    // True when the text is new for this path.
    Result<bool> add(const std::string& path, const std::string& text, const Actor& who, Timestamp at) const;

    // Newest first.
    Result<std::vector<PastVersion>> of(const std::string& path) const;

private:
    std::filesystem::path m_database;
};

} // namespace plumbline::prompts
