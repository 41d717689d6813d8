#include "app/workspace/secrets.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/text.h"
#include "app/llm/endpoint_check.h"
#include "app/workspace/user_folders.h"

namespace plumbline::workspace {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 16UL * 1024;

// Closes at the end of the scope.
struct Descriptor {
    int number = -1;
    explicit Descriptor(int opened) : number(opened) {}
    ~Descriptor()
    {
        if (number >= 0) {
            ::close(number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

Result<Secret> checked(const Secret& raw, const std::string& where)
{
    const std::string_view key = trimmed(raw.reveal());
    if (key.empty()) {
        return failure(ErrorCode::BadInput, "the key is empty", where);
    }
    const bool sendable = std::ranges::all_of(key, [](unsigned char c) { return c > ' ' && c < 0x7F; });
    if (!sendable) {
        return failure(
            ErrorCode::BadInput,
            "the key holds white space or characters that cannot be sent; expected one line of ASCII", where);
    }
    return Secret(std::string(key));
}

Result<Secret> readAll(int descriptor, const std::string& where)
{
    std::string buffer(kMostBytes + 1, '\0');
    std::size_t size = 0;
    while (size < buffer.size()) {
        const ssize_t got = ::read(descriptor, buffer.data() + size, buffer.size() - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return tl::unexpected(fileError(errno, "read", where));
        }
        if (got == 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    buffer.resize(size); // what is left keeps its place, so that wiping it wipes all
    const Secret raw(std::move(buffer));
    if (size > kMostBytes) {
        return failure(ErrorCode::BadInput, "is too long for a key", where);
    }
    return checked(raw, where);
}

// Whom `path` belongs to, the link itself where it is one.
bool isLinkOfAnother(const fs::path& path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode) && status.st_uid != ::geteuid();
}

// No value: there is no such file.
Result<std::optional<Secret>> fromFile(const fs::path& path)
{
    const std::string where = path.string();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number < 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::optional<Secret>();
        }
        return tl::unexpected(fileError(errno, "read", where));
    }
    struct stat status {};
    if (::fstat(file.number, &status) != 0) {
        return tl::unexpected(fileError(errno, "read", where));
    }
    if (!S_ISREG(status.st_mode)) {
        return failure(ErrorCode::Denied, "a key must lie in an ordinary file", where);
    }
    if (status.st_uid != ::geteuid() || isLinkOfAnother(path)) {
        return failure(ErrorCode::Denied,
                       "belongs to another user, who could change it; write the key to a file of your own",
                       where);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return failure(ErrorCode::Denied, "other users can read this key; run `chmod 600` on it", where);
    }
    auto key = readAll(file.number, where);
    if (!key) {
        return tl::unexpected(key.error());
    }
    return std::optional(std::move(*key));
}

Error notFound(const std::string& name, const SecretPlaces& places)
{
    std::string files;
    for (const fs::path& folder : places.folders) {
        files += (files.empty() ? "" : " or ") + (folder / name).string();
    }
    return {ErrorCode::NotFound,
            "there is no key '" + name + "'; set " + secretVariable(name) +
                (files.empty() ? "" : ", or write it to " + files + " and `chmod 600` that"),
            ""};
}

} // namespace

SecretPlaces secretPlaces(const fs::path& stateFolder)
{
    SecretPlaces places;
    places.environment = [](const std::string& variable) {
        const char* value = std::getenv(variable.c_str());
        return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
    };
    places.folders = {stateFolder / "secrets", userConfigFolder() / "secrets"};
    return places;
}

SecretSource secretSource(SecretPlaces places)
{
    return [places = std::move(places)](const std::string& name) -> Result<Secret> {
        if (!llm::isSecretName(name)) {
            return failure(ErrorCode::BadInput,
                           "a key is asked for by its name: a letter, then letters, digits, '-' and '_'");
        }
        const std::string variable = secretVariable(name);
        if (places.environment) {
            if (auto value = places.environment(variable)) {
                return checked(Secret(std::move(*value)), variable);
            }
        }
        for (const fs::path& folder : places.folders) {
            auto key = fromFile(folder / name);
            if (!key) {
                return tl::unexpected(key.error());
            }
            if (*key) {
                return std::move(**key);
            }
        }
        return tl::unexpected(notFound(name, places));
    };
}

} // namespace plumbline::workspace
