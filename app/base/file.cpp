#include "app/base/file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plumbline {

namespace {

class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    ~FileDescriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    int get() const { return m_fd; }
    int release()
    {
        const int fd = m_fd;
        m_fd = -1;
        return fd;
    }

private:
    int m_fd;
};

Result<void> writeAll(int fd, std::string_view content, const std::string& path)
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return tl::unexpected(fileError(errno, "write", path));
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(fd) != 0)
        return tl::unexpected(fileError(errno, "write", path));
    return {};
}

} // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit)
{
    // O_NONBLOCK: opening a fifo without a writer must not wait.
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0)
        return tl::unexpected(fileError(errno, "open", path.string()));
    struct stat info = {};
    if (::fstat(file.get(), &info) != 0)
        return tl::unexpected(fileError(errno, "read", path.string()));
    if (!S_ISREG(info.st_mode))
        return failure(ErrorCode::Unsupported, "not a regular file", path.string());
    if (static_cast<std::uint64_t>(info.st_size) > limit) {
        return failure(ErrorCode::TooLarge,
                       "is " + std::to_string(info.st_size / 1000000) + " MB, over the limit of " +
                           std::to_string(limit / 1000000) + " MB",
                       path.string());
    }
    std::string content(static_cast<std::size_t>(info.st_size) + 1, '\0');
    std::size_t used = 0;
    while (true) {
        const ssize_t got = ::read(file.get(), content.data() + used, content.size() - used);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return tl::unexpected(fileError(errno, "read", path.string()));
        }
        if (got == 0)
            break;
        used += static_cast<std::size_t>(got);
        if (used > limit)
            return failure(ErrorCode::TooLarge, "grew over the limit while it was read", path.string());
        if (used == content.size())
            content.resize(content.size() * 2);
    }
    content.resize(used);
    return content;
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content)
{
    const std::string temporary = path.string() + ".partial";
    {
        FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (file.get() < 0)
            return tl::unexpected(fileError(errno, "write", temporary));
        if (auto written = writeAll(file.get(), content, temporary); !written)
            return written;
        if (::close(file.release()) != 0)
            return tl::unexpected(fileError(errno, "write", temporary));
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return tl::unexpected(fileError(errno, "replace", path.string()));
    return syncDirectory(path.parent_path());
}

Result<void> syncDirectory(const std::filesystem::path& directory)
{
    const std::string name = directory.empty() ? "." : directory.string();
    const FileDescriptor folder(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0)
        return tl::unexpected(fileError(errno, "open", name));
    if (::fsync(folder.get()) != 0 && errno != EINVAL)
        return tl::unexpected(fileError(errno, "sync", name));
    return {};
}

} // namespace plumbline
