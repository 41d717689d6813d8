#include "app/prompts/labels_lock.h"

#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace plumbline::prompts {

Result<std::unique_ptr<LabelsLock>> LabelsLock::take(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return tl::unexpected(fileError(errno, "open the lock of the labels", file.string()));
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= end) {
            ::close(descriptor);
            return failure(ErrorCode::Conflict,
                           "another process is moving a label; try again when it has ended", file.string());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::unique_ptr<LabelsLock>(new LabelsLock(descriptor));
}

LabelsLock::~LabelsLock()
{
    ::close(m_descriptor);
}

} // namespace plumbline::prompts
