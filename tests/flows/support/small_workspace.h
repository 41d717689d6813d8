// A workspace of a few documents that a test writes itself, opened with the real engine.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/workspace.h"
#include "tests/support/temporary_folder.h"

namespace plumbline::tests {

class SmallWorkspace {
public:
    // `approvalDefault`: "approved" or "draft".
    explicit SmallWorkspace(std::string_view approvalDefault = "approved", std::string_view moreConfig = "");

    std::filesystem::path home() const { return m_folder.path(); }
    void write(std::string_view name, std::string_view content) { m_folder.write(name, content); }
    void remove(std::string_view name) { std::filesystem::remove(home() / name); }

    workspace::Workspace& workspace(); // opens at the first call; reopen() after workspace.yaml changed
    void reopen() { m_workspace.reset(); }

    // These fail the test when the engine gives an error.
    retrieval::IndexReport index();
    retrieval::SearchResult search(std::string query, std::string_view asOf = "2026-11-24",
                                   bool explain = false);
    assistant::Answer ask(std::string question, std::string_view asOf = "2026-11-24");
    std::vector<std::string> found(std::string query,
                                   std::string_view asOf = "2026-11-24"); // "ID@version" by rank, each once

private:
    TemporaryFolder m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
};

Date day(std::string_view text);

// A Markdown document with front matter, as a policy writer would have it. Empty values are left out.
struct PolicyText {
    std::string id;
    std::string version = "1.0";
    std::string state = "approved";
    std::string effective = "2026-01-01";
    std::string expires = "";
    std::string supersedes = "";
    std::string body = "";
};
std::string policy(const PolicyText& text);

// What the `plumbline` program of this build says.
struct CommandOutcome {
    int exitCode = -1;
    std::string out;
    std::string err;
};
CommandOutcome plumbline(const std::vector<std::string>& arguments);

} // namespace plumbline::tests
