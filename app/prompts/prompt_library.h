// The prompts of a workspace: the files below prompts/, their labels and their history.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/actor.h"
#include "app/base/date.h"
#include "app/base/result.h"
#include "app/prompts/labels.h"
#include "app/prompts/prompt.h"
#include "app/prompts/prompt_folder.h"
#include "app/prompts/prompt_history.h"

namespace plumbline::prompts {

// "NAME@vN", "NAME@LABEL" or "NAME".
struct PromptReference {
    std::string name;
    int version = 0;   // 0 = not given
    std::string label; // empty = not given
};
// BadInput: another form.
Result<PromptReference> parseReference(std::string_view text);

struct VersionEntry {
    int version = 0;
    std::string path; // relative to the workspace
    std::optional<PromptVersion>
        prompt; // as it stands now, also when it may not be used; empty when it cannot be read
    std::optional<Error> problem;     // why load() refuses it
    std::vector<std::string> labels;  // that point here
    std::optional<LabelMove> release; // the first move of a label to it
};

struct PromptEntry {
    std::string name;
    std::vector<VersionEntry> versions; // rising
    PromptLabels labels;
};

struct PromptListing {
    std::vector<PromptEntry> prompts; // by name
    std::vector<IgnoredFile> ignored;
};

struct LabelRequest {
    std::string prompt;
    int version = 0;
    std::string label;
    std::string why;             // required
    std::optional<int> expected; // where the caller last saw the label; 0 = nowhere
};

// Holds paths only; every call reads the files. Any thread; a move is safe between processes.
class PromptLibrary {
public:
    // `home` is the workspace, `database` its migrated store.
    PromptLibrary(std::filesystem::path home, std::filesystem::path database);

    // A workspace without prompts/ has no prompts. An unreadable version is an entry with its problem, not an
    // error. Errors: labels.yaml (BadInput with its place), Io, Denied.
    Result<PromptListing> list(std::stop_token stop = {}) const;

    // The version a reference names; "NAME" is the one labelled production, else the highest. NotFound says
    // which there are. BadInput: the form, the file (parsePrompt), or "was changed after its release on DATE;
    // restore it or make vN".
    Result<PromptVersion> load(std::string_view reference) const;

    Result<LabelBook> labels() const;

    // Moves a label and writes labels.yaml atomically. BadInput: the label's name, no reason, or the version
    // cannot be loaded. Conflict: the label is there already, is not where `expected` says, or another
    // process holds the file for longer than 2 s.
    Result<LabelMove> moveLabel(const LabelRequest& request, const Actor& who, Timestamp at) const;

    // Copies the highest version to v(N+1), with an empty change note, and gives the new version's path
    // relative to the workspace. NotFound: there is no such prompt. Conflict: the file has come to be
    // meanwhile.
    Result<std::string> makeNext(std::string_view name) const;

    // The texts that a version's file has had, newest first: from Git where the workspace is a repository and
    // knows the file, else from the store, where remember() put them.
    Result<std::vector<PastVersion>> history(std::string_view name, int version,
                                             std::stop_token stop = {}) const;

    // Keeps every version's text that the store has not seen yet; gives how many. Does nothing in a Git
    // repository.
    Result<int> remember(const Actor& who, Timestamp at, std::stop_token stop = {}) const;

    std::filesystem::path folder() const { return m_home / "prompts"; }

private:
    VersionEntry describe(const std::string& name, int version) const;
    Result<PromptVersion> loadFrom(const PromptReference& wanted, const PromptFolder& folder,
                                   const LabelBook& book) const;
    static Result<int> versionOf(const PromptReference& wanted, const std::vector<int>& versions,
                                 const PromptLabels& labels);
    static void checkRelease(VersionEntry& entry, int highest);

    std::filesystem::path m_home;
    std::filesystem::path m_database;
};

} // namespace plumbline::prompts
