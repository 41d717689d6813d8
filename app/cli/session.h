// What all commands share: the global flags, the workspace, how errors and progress are shown, and stopping.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/base/progress.h"
#include "app/base/result.h"
#include "app/workspace/workspace.h"

namespace plumbline::cli {

// Exit codes: a contract with scripts (resources/docs/cli.md).
inline constexpr int kDone = 0;
inline constexpr int kNo = 1;          // the answer is no
inline constexpr int kBadInput = 2;    // usage or input
inline constexpr int kEnvironment = 3; // disk, database, network, model
inline constexpr int kInterrupted = 130;

struct Session {
    std::string workspace; // --workspace
    bool json = false;
    bool quiet = false;
    bool noColor = false; // accepted; nothing the command prints is coloured
    std::string logLevel = "warning";
    std::stop_token stop;
    int exitCode = kDone;

    // --workspace, else $PLUMBLINE_WORKSPACE, else the nearest folder upward with a workspace.yaml.
    Result<std::filesystem::path> workspaceFolder() const;
    Result<std::unique_ptr<workspace::Workspace>> open() const;

    // Says the error in one line on stderr and sets the exit code.
    void fail(const Error& error);

    // A bar on a terminal, nothing otherwise.
    ProgressFn progress() const;
};

int exitCodeFor(const Error& error);

// One JSON value on one line of stdout; invalid UTF-8 replaced.
void printJson(const nlohmann::ordered_json& value);
std::string dump(const nlohmann::ordered_json& value);

// --as-of, else today. BadInput.
Result<Date> dateOr(const std::string& text);

} // namespace plumbline::cli
