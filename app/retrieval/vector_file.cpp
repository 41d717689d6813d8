#include "app/retrieval/vector_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/retrieval/dot_product.h"
#include "app/retrieval/lexical_shards.h"

namespace plumbline::retrieval {

namespace {

constexpr std::array<char, 8> kMagic = {'P', 'L', 'V', 'E', 'C', 'T', '0', '1'};
constexpr std::size_t kPadding = 32;
constexpr float kCoarseLimit = 127;
constexpr float kFineLimit = 32767;
constexpr float kQueryLimit = 4095;

struct Header {
    std::array<char, 8> magic{};
    std::uint32_t dimensions = 0;
    std::uint32_t padded = 0;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0; // of the whole file
    std::array<char, 64> space{};
    std::array<char, 32> checksum{}; // first half of the SHA-256 of what stands before it, in hexadecimal
};
static_assert(sizeof(Header) == 128);

std::string checksumOf(const Header& header)
{
    const auto* bytes = reinterpret_cast<const char*>(&header);
    return sha256Hex({bytes, offsetof(Header, checksum)}).substr(0, 32);
}

std::size_t paddedTo(std::size_t dimensions)
{
    return (dimensions + kPadding - 1) / kPadding * kPadding;
}

std::uint64_t fileSize(std::uint64_t count, std::uint64_t padded)
{
    return sizeof(Header) + count * (padded * 3 + 2 * sizeof(float));
}

// Largest value to `limit`; gives the factor that turns a stored value back. 0 for a zero vector.
template <typename Integer>
float quantise(std::span<const float> row, float limit, Integer* out)
{
    float largest = 0;
    for (const float value : row)
        largest = std::max(largest, std::fabs(value));
    if (largest == 0)
        return 0;
    const float factor = limit / largest;
    for (std::size_t i = 0; i < row.size(); ++i)
        out[i] = static_cast<Integer>(std::lrint(row[i] * factor));
    return largest / limit;
}

template <typename Value>
void append(std::string& content, const std::vector<Value>& values)
{
    content.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
}

} // namespace

bool ranksBefore(const VectorHit& left, const VectorHit& right)
{
    return left.cosine != right.cosine ? left.cosine > right.cosine : left.ordinal < right.ordinal;
}

VectorRows::VectorRows(std::size_t dimensions) : m_dimensions(dimensions), m_padded(paddedTo(dimensions)) {}

void VectorRows::add(std::span<const float> row)
{
    m_coarse.resize(m_coarse.size() + m_padded);
    m_fine.resize(m_fine.size() + m_padded);
    m_coarseScales.push_back(quantise(row, kCoarseLimit, m_coarse.data() + m_coarse.size() - m_padded));
    m_fineScales.push_back(quantise(row, kFineLimit, m_fine.data() + m_fine.size() - m_padded));
}

Result<void> VectorRows::write(const std::filesystem::path& file, std::string_view space) const
{
    Header header;
    header.magic = kMagic;
    header.dimensions = static_cast<std::uint32_t>(m_dimensions);
    header.padded = static_cast<std::uint32_t>(m_padded);
    header.count = m_coarseScales.size();
    header.bytes = fileSize(header.count, header.padded);
    std::copy_n(space.begin(), std::min(space.size(), header.space.size()), header.space.begin());
    std::ranges::copy(checksumOf(header), header.checksum.begin());
    std::string content;
    content.reserve(header.bytes);
    content.append(reinterpret_cast<const char*>(&header), sizeof(header));
    append(content, m_coarse);
    append(content, m_coarseScales);
    append(content, m_fine);
    append(content, m_fineScales);
    return writeFileAtomically(file, content);
}

Result<void> writeVectors(const std::filesystem::path& file, std::span<const float> rows,
                          std::size_t dimensions, std::string_view space)
{
    VectorRows gathered(dimensions);
    for (std::size_t at = 0; dimensions > 0 && at < rows.size(); at += dimensions)
        gathered.add(rows.subspan(at, dimensions));
    return gathered.write(file, space);
}

ScanQuery scanQuery(std::span<const float> vector)
{
    ScanQuery query;
    query.values.resize(paddedTo(vector.size()));
    query.scale = quantise(vector, kQueryLimit, query.values.data());
    return query;
}

Result<std::unique_ptr<VectorFile>> VectorFile::open(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return damaged(file, "its vectors cannot be read");
    struct stat status {};
    const bool known =
        ::fstat(descriptor, &status) == 0 && status.st_size >= static_cast<off_t>(sizeof(Header));
    const auto bytes = known ? static_cast<std::size_t>(status.st_size) : 0;
    void* const map = known ? ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    if (map == MAP_FAILED)
        return damaged(file, "its file of vectors is too short");
    std::unique_ptr<VectorFile> opened(new VectorFile());
    opened->m_map = map;
    opened->m_bytes = bytes;

    Header header;
    std::memcpy(&header, map, sizeof(header));
    if (header.magic != kMagic ||
        checksumOf(header) != std::string_view(header.checksum.data(), header.checksum.size()))
        return damaged(file, "the head of its file of vectors does not check out");
    if (header.bytes != bytes || header.padded != paddedTo(header.dimensions) ||
        fileSize(header.count, header.padded) != bytes)
        return damaged(file, "its file of vectors has the wrong size");
    opened->m_count = header.count;
    opened->m_dimensions = header.dimensions;
    opened->m_padded = header.padded;
    opened->m_space.assign(header.space.data(), ::strnlen(header.space.data(), header.space.size()));
    const auto* at = static_cast<const char*>(map) + sizeof(Header);
    opened->m_coarse = reinterpret_cast<const std::int8_t*>(at);
    at += opened->m_count * opened->m_padded;
    opened->m_coarseScales = reinterpret_cast<const float*>(at);
    at += opened->m_count * sizeof(float);
    opened->m_fine = reinterpret_cast<const std::int16_t*>(at);
    at += opened->m_count * opened->m_padded * sizeof(std::int16_t);
    opened->m_fineScales = reinterpret_cast<const float*>(at);
    return opened;
}

VectorFile::~VectorFile()
{
    if (m_map != nullptr)
        ::munmap(m_map, m_bytes);
}

void VectorFile::scan(const ScanQuery& query, const Allowed* allowed, std::uint32_t first, std::size_t count,
                      std::vector<VectorHit>& best) const
{
    if (query.values.size() != m_padded || count == 0)
        return;
    const DotCoarse dot = fastestDotCoarse();
    double floor = best.size() < count ? 0.0 : best.front().cosine; // what points away is no match
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::int32_t sum = dot(query.values.data(), m_coarse + i * m_padded, m_padded);
        const double cosine = static_cast<double>(sum) * static_cast<double>(m_coarseScales[i]);
        if (cosine <= floor)
            continue; // rows come in rising order: a tie goes to the one already in
        const std::size_t ordinal = first + i;
        if (allowed != nullptr && (ordinal >= allowed->size() || !(*allowed)[ordinal]))
            continue;
        if (best.size() == count) {
            std::ranges::pop_heap(best, ranksBefore);
            best.pop_back();
        }
        best.push_back({static_cast<std::uint32_t>(ordinal), cosine});
        std::ranges::push_heap(best, ranksBefore);
        if (best.size() == count)
            floor = best.front().cosine;
    }
}

double VectorFile::cosine(const ScanQuery& query, std::size_t row) const
{
    if (query.values.size() != m_padded || row >= m_count)
        return 0;
    const std::int64_t sum = dotFine(query.values.data(), m_fine + row * m_padded, m_padded);
    return static_cast<double>(sum) * static_cast<double>(m_fineScales[row]) *
           static_cast<double>(query.scale);
}

} // namespace plumbline::retrieval
