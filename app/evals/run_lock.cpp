#include "app/evals/run_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace plumbline::evals {

namespace fs = std::filesystem;

namespace {

fs::path lockFile(const fs::path& state, const std::string& run)
{
    return state / "runs" / (run + ".lock");
}

// A lock lies in its folder, whatever a store holds for an id.
bool isFileName(const std::string& run)
{
    return !run.empty() && run.find('/') == std::string::npos && run.find('\0') == std::string::npos;
}

} // namespace

Result<std::unique_ptr<RunLock>> RunLock::take(const fs::path& state, const std::string& run)
{
    if (!isFileName(run)) {
        return failure(ErrorCode::BadInput, "expected the id of a run", run);
    }
    const fs::path file = lockFile(state, run);
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return tl::unexpected(fileError(errno, "open the lock of the run", file.string()));
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return failure(ErrorCode::Conflict, "another process works on this run; wait for it, or stop it",
                       run);
    }
    return std::unique_ptr<RunLock>(new RunLock(descriptor));
}

bool RunLock::isHeld(const fs::path& state, const std::string& run)
{
    const int descriptor = isFileName(run) ? ::open(lockFile(state, run).c_str(), O_RDWR | O_CLOEXEC) : -1;
    if (descriptor < 0) {
        return false;
    }
    const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    ::close(descriptor);
    return held;
}

// The file stays: removing it would let a third process lock a new one beside somebody who waits on this.
RunLock::~RunLock()
{
    ::close(m_descriptor);
}

} // namespace plumbline::evals
