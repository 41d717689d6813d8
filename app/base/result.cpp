#include "app/base/result.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace plumbline {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadInput:
        return "bad_input";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::TooLarge:
        return "too_large";
    case ErrorCode::Corrupt:
        return "corrupt";
    case ErrorCode::Denied:
        return "denied";
    case ErrorCode::DiskFull:
        return "disk_full";
    case ErrorCode::Io:
        return "io";
    case ErrorCode::Database:
        return "database";
    case ErrorCode::Network:
        return "network";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Internal:
        break;
    }
    return "internal";
}

std::string Error::describe() const
{
    std::string line = where.empty() ? message : where + ": " + message;
    for (char& c : line) {
        if (c == '\n' || c == '\r')
            c = ' ';
    }
    return line;
}

Error fileError(int errnoValue, std::string_view action, std::string_view path)
{
    std::array<char, 256> buffer{};
    // GNU strerror_r returns the text, wherever it put it.
    const char* reason = strerror_r(errnoValue, buffer.data(), buffer.size());
    const std::string what = "cannot " + std::string(action) + ": " + reason;
    switch (errnoValue) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::DiskFull, what + "; free some space and run the command again", std::string(path)};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorCode::Denied, what + "; make the folder writable for you or choose another workspace",
                std::string(path)};
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, what, std::string(path)};
    default:
        return {ErrorCode::Io, what, std::string(path)};
    }
}

} // namespace plumbline
