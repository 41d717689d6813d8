// A workspace on disk whose one model, `served`, is wherever a test says: two documents, one prompt, short
// limits and no retries.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/flows/support/small_workspace.h"

namespace plumbline::tests {

// What to ask: its answer stands in the first document, with characters of two and four bytes.
inline const std::string kFalconQuestion = "Who acknowledges a falcon alarm – and how soon?";
inline const std::string kFalconSentence =
    "A falcon alarm is acknowledged within 12 minutes by the Größe Desk 🔑.";

// From now on HOME, XDG_*_HOME and TMPDIR lie below `root`, and no proxy is set: for this process and its
// children.
void useOwnUserFolders(const std::filesystem::path& root);

struct ModelAddress {
    std::string url = {};
    std::string secret = {}; // the key's name; empty = none is sent
    std::string caFile = {};
    int retries = 0;
    double firstTokenSeconds = 0.4;
    double totalSeconds = 1.5;
};

class ModelFolder {
public:
    // Makes and indexes the workspace in `home`, with the program itself. Ends the test when that fails.
    explicit ModelFolder(std::filesystem::path home);

    const std::filesystem::path& home() const { return m_home; }
    void serve(const ModelAddress& address) const; // from now on

    CommandOutcome command(std::vector<std::string> words) const;
    std::vector<std::string> arguments(std::vector<std::string> words) const; // with --workspace before them
    // `ask` with the model, the prompt and `more`.
    CommandOutcome ask(const std::vector<std::string>& more = {},
                       const std::string& question = kFalconQuestion) const;

private:
    std::filesystem::path m_home;
};

} // namespace plumbline::tests
