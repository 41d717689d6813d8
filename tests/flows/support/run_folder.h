// A workspace whose every paragraph says in which run it was written: a list of results tells whether it is
// of one generation.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/flows/support/small_workspace.h"

namespace plumbline::tests {

class RunFolder {
public:
    // Makes the workspace in `home`, with no documents yet.
    RunFolder(std::filesystem::path home, std::size_t documents);

    // Writes every document anew, as of this run.
    void write(int run) const;

    const std::filesystem::path& home() const { return m_home; }
    std::filesystem::path state() const { return m_home / ".plumbline"; }
    std::vector<std::string>
    arguments(std::vector<std::string> command) const; // with --workspace before them
    CommandOutcome command(std::vector<std::string> command) const;

    // What a search over all documents shows.
    struct View {
        int run = -1;        // -1: see problem
        std::string problem; // could not search, or the results are not those of one whole generation
    };
    View view() const;

    // Files below .plumbline that nothing needs: segments of no generation, *.partial.
    std::vector<std::string> strays() const;

private:
    std::filesystem::path m_home;
    std::size_t m_documents;
};

// One line that begins as the command's errors do, and exit code 3; otherwise what is wrong.
std::string unlikeOneLine(const CommandOutcome& outcome, int exitCode = 3);

} // namespace plumbline::tests
