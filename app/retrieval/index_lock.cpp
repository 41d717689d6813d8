#include "app/retrieval/index_lock.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace plumbline::retrieval {

Result<std::unique_ptr<IndexLock>> IndexLock::take(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return tl::unexpected(fileError(errno, "open the index lock", file.string()));
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> holder{};
        const auto count = ::pread(descriptor, holder.data(), holder.size() - 1, 0);
        ::close(descriptor);
        return failure(ErrorCode::Conflict,
                       "another process is indexing this workspace" +
                           (count > 0 ? " (process " + std::string(holder.data()) + ")" : std::string()) +
                           "; wait for it, or stop it and try again",
                       file.parent_path().parent_path().string());
    }
    // Only for that message; not being able to write it (a full disk) is no reason to stop.
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const auto written = ::pwrite(descriptor, self.data(), self.size(), 0);
    }
    return std::unique_ptr<IndexLock>(new IndexLock(descriptor));
}

IndexLock::~IndexLock()
{
    ::close(m_descriptor);
}

} // namespace plumbline::retrieval
