// One process at a time works on a run.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/base/result.h"

namespace plumbline::evals {

// Held from take() to its end; the system gives it back when the process dies.
class RunLock {
public:
    // `state` is the workspace's .plumbline folder. Conflict: another process, or another thread of this one,
    // works on the run. BadInput: the id is no name of a file. Denied, Io, DiskFull as the system says.
    static Result<std::unique_ptr<RunLock>> take(const std::filesystem::path& state, const std::string& run);
    // Whether somebody works on it now: a run in state "running" that nobody works on was broken off.
    static bool isHeld(const std::filesystem::path& state, const std::string& run);

    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

private:
    explicit RunLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace plumbline::evals
