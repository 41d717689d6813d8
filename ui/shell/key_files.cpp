#include "ui/shell/key_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/llm/endpoint_check.h"

namespace plumbline::ui::shell {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> systemError(const std::string& what, const fs::path& path)
{
    const int code = errno;
    const ErrorCode kind = code == EACCES || code == EPERM || code == EROFS ? ErrorCode::Denied
                           : code == ENOSPC                                 ? ErrorCode::DiskFull
                                                                            : ErrorCode::Io;
    return failure(kind, what + ": " + std::strerror(code), path.string());
}

Result<void> checkName(const std::string& name)
{
    if (!llm::isSecretName(name))
        return failure(ErrorCode::BadInput,
                       "expected the name of a key: a letter, then letters, figures, - or _");
    return {};
}

// Never wider than 0600, not even for a moment: written beside, then renamed over.
Result<void> writeKey(const fs::path& folder, const std::string& name, const Secret& key)
{
    if (const auto valid = checkName(name); !valid)
        return valid;
    std::error_code error;
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
    const fs::path path = folder / name;
    const fs::path beside = folder / ('.' + name + ".new");
    ::unlink(beside.c_str());
    const int file =
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0)
        return systemError("the key cannot be written", path);
    const std::string_view bytes = key.reveal();
    const bool written =
        ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    if (!written || !closed || ::rename(beside.c_str(), path.c_str()) != 0) {
        const auto failed = systemError("the key cannot be written", path);
        ::unlink(beside.c_str());
        return failed;
    }
    return {};
}

} // namespace

settings::KeyFiles keyFiles(const workspace::SecretPlaces& places)
{
    const fs::path folder = places.folders.front();
    settings::KeyFiles files;
    files.find = [places](const std::string& name) -> Result<std::string> {
        if (const auto valid = checkName(name); !valid)
            return tl::unexpected(valid.error());
        const std::string variable = secretVariable(name);
        if (places.environment && places.environment(variable))
            return "environment variable " + variable;
        std::error_code error;
        for (const fs::path& one : places.folders) {
            if (fs::is_regular_file(one / name, error))
                return "private file " + (one / name).string();
        }
        return std::string();
    };
    files.write = [folder](const std::string& name, const Secret& key) {
        return writeKey(folder, name, key);
    };
    files.remove = [folder](const std::string& name) -> Result<void> {
        if (const auto valid = checkName(name); !valid)
            return valid;
        if (::unlink((folder / name).c_str()) != 0 && errno != ENOENT)
            return systemError("the key cannot be removed", folder / name);
        return {};
    };
    return files;
}

} // namespace plumbline::ui::shell
