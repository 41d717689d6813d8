// Result<T>: a value or an Error. Every function of the engine that can fail returns one; exceptions stay
// inside one function (around libraries that throw).
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace plumbline {

enum class ErrorCode {
    BadInput,    // the caller's or the file's fault: syntax, schema, encoding
    NotFound,    // a named thing (document, profile, file) is not there
    Conflict,    // already there, or held by another process
    Unsupported, // well formed, but not something this program does
    TooLarge,    // over a stated limit
    Corrupt,     // our own stored data does not check out
    Denied,      // permissions, read-only places
    DiskFull,
    Io,       // any other failure of a file or directory
    Database, // any other failure of the store
    Network,
    Cancelled,
    Internal, // a broken promise inside the program
};

// The stable word used in JSON output and logs: "bad_input", "not_found", ...
std::string_view toString(ErrorCode code);

// What went wrong, said once for the person who must mend it: what, where, what was expected, what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string where; // "file:line:column", a path or a setting; empty when there is no place to point at
    // The other side may have done, and may bill, what was asked, though no answer came.
    bool mayHaveActed = false;

    // "where: message", on one line.
    std::string describe() const;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message, std::string where = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

// Error for an errno value of a file operation on `path`: DiskFull, Denied, NotFound or Io, with what to do.
Error fileError(int errnoValue, std::string_view action, std::string_view path);

} // namespace plumbline
