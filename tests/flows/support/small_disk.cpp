#include "tests/flows/support/small_disk.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace plumbline::tests {

namespace {

constexpr const char* kFiller = ".filler";

} // namespace

SmallDisk::SmallDisk(int megabytes)
{
    const std::string options = "size=" + std::to_string(megabytes) + "m";
    if (::mount("tmpfs", path().c_str(), "tmpfs", 0, options.c_str()) != 0) {
        m_problem = std::string("a small disk cannot be mounted here: ") + std::strerror(errno);
    }
}

SmallDisk::~SmallDisk()
{
    if (m_problem.empty()) {
        ::umount2(path().c_str(), MNT_DETACH);
    }
}

bool SmallDisk::setReadOnly(bool readOnly)
{
    unsigned long flags = MS_REMOUNT;
    if (readOnly) {
        flags |= MS_RDONLY;
    }
    return ::mount("tmpfs", path().c_str(), "tmpfs", flags, nullptr) == 0;
}

void SmallDisk::fillUpTo(std::uint64_t bytesLeft) const
{
    free();
    const std::uint64_t available = std::filesystem::space(path()).available;
    const int file = ::open((path() / kFiller).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (available > bytesLeft) {
        [[maybe_unused]] const int done =
            ::posix_fallocate(file, 0, static_cast<off_t>(available - bytesLeft));
    }
    ::close(file);
}

void SmallDisk::free() const
{
    std::filesystem::remove(path() / kFiller);
}

} // namespace plumbline::tests
