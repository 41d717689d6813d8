#include "app/retrieval/segment_checks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/file.h"
#include "app/base/text.h"
#include "app/retrieval/lexical_shards.h"

namespace plumbline::retrieval {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kChecksFile = "files";
constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlock = kLanes * sizeof(std::uint64_t);
constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;

std::uint64_t mixed(std::uint64_t state, std::uint64_t word)
{
    return std::rotl((state ^ word) * kFactor, 29); // one to one in `word`: no single change is lost
}

// Against damage, not against malice: several lanes, so that it runs as fast as memory is read.
std::uint64_t digestOf(std::string_view bytes)
{
    std::array<std::uint64_t, kLanes> lanes{};
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        lanes[lane] = kFactor * (lane + 1);
    std::array<std::uint64_t, kLanes> words{};
    const std::size_t size = bytes.size();
    while (!bytes.empty()) {
        if (bytes.size() < kBlock)
            words.fill(0);
        std::memcpy(words.data(), bytes.data(), std::min(bytes.size(), kBlock));
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = mixed(lanes[lane], words[lane]);
        bytes.remove_prefix(std::min(bytes.size(), kBlock));
    }
    std::uint64_t digest = size;
    for (const std::uint64_t lane : lanes)
        digest = mixed(digest, lane);
    return digest ^ (digest >> 32U);
}

// Size and digest of a file as they stand in a line; an error when it cannot be read.
Result<std::string> lineOf(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return tl::unexpected(fileError(errno, "open", file.string()));
    struct stat status {};
    const bool known = ::fstat(descriptor, &status) == 0;
    const auto size = known ? static_cast<std::size_t>(status.st_size) : 0;
    void* const map = size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0) : nullptr;
    const int reason = errno;
    ::close(descriptor);
    if (!known || map == MAP_FAILED)
        return tl::unexpected(fileError(reason, "read", file.string()));
    std::ostringstream line;
    line << std::hex << digestOf({static_cast<const char*>(map), size}) << std::dec << ' ' << size;
    if (map != nullptr)
        ::munmap(map, size);
    return line.str();
}

// The list ends with the digest of itself.
std::string sealed(const std::string& lines)
{
    std::ostringstream out;
    out << lines << std::hex << digestOf(lines) << " end\n";
    return out.str();
}

} // namespace

Result<void> writeChecks(const fs::path& segment)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(segment, failed);
         !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        if (at->is_regular_file())
            names.push_back(at->path().lexically_relative(segment).generic_string());
    }
    if (failed)
        return tl::unexpected(fileError(failed.value(), "read the folder", segment.string()));
    std::ranges::sort(names);
    std::string lines;
    for (const std::string& name : names) {
        const auto line = lineOf(segment / name);
        if (!line)
            return tl::unexpected(line.error());
        lines += *line + ' ' + name + '\n';
    }
    return writeFileAtomically(segment / kChecksFile, sealed(lines));
}

Result<void> verifyChecks(const fs::path& segment)
{
    const fs::path list = segment / kChecksFile;
    const auto read = readFile(list, 1'000'000);
    if (!read)
        return damaged(list, "it is gone or cannot be read");
    const std::size_t end = read->rfind('\n', read->size() < 2 ? 0 : read->size() - 2);
    const std::string lines = end == std::string::npos ? std::string() : read->substr(0, end + 1);
    if (sealed(lines) != *read)
        return damaged(list, "it is not as it was written");
    for (const std::string_view line : splitLines(lines)) {
        const std::size_t name = line.find(' ', line.find(' ') + 1) + 1;
        const fs::path file = segment / line.substr(name);
        const auto now = lineOf(file);
        if (!now)
            return damaged(file, "it is gone or cannot be read");
        if (*now != line.substr(0, name - 1))
            return damaged(file, "it is not as it was written");
    }
    return {};
}

} // namespace plumbline::retrieval
