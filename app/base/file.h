// Whole files, read with a limit and written atomically.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace plumbline {

// Reads a regular file. TooLarge over `limit` bytes; NotFound, Denied, Io as the system says. Fifos, sockets
// and devices are Unsupported: reading them could wait for ever.
Result<std::string> readFile(const std::filesystem::path& path,
                             std::uint64_t limit = std::uint64_t{1} << 30U);

// Writes a new file beside the old one, syncs it and renames it over: after a crash there is the old file or
// the new.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

// fsync on a directory, so that a rename inside it survives a power cut.
Result<void> syncDirectory(const std::filesystem::path& directory);

} // namespace plumbline
