// A `plumbline` command that runs while the test goes on: to be killed, stopped, interrupted or waited for.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/flows/support/small_workspace.h"

class QProcess;

namespace plumbline::tests {

class RunningCommand {
public:
    explicit RunningCommand(const std::vector<std::string>& arguments);
    ~RunningCommand(); // ends it, if it still runs
    RunningCommand(const RunningCommand&) = delete;
    RunningCommand& operator=(const RunningCommand&) = delete;

    long pid() const;
    bool ended() const;
    void send(int signal);

    // Waits for the end. As a shell says it, 128 + signal is the exit code of a process that a signal ended;
    // -1 = not within `patience`.
    CommandOutcome finish(std::chrono::milliseconds patience = std::chrono::seconds(60));

private:
    std::unique_ptr<QProcess> m_process;
};

} // namespace plumbline::tests
