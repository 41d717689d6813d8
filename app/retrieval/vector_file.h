// The vectors of a segment, memory-mapped: a coarse copy (8 bits a dimension) to scan, a fine one (16 bits)
// to rank by. Both are integers, so a scan gives the same bits on every processor.
//
// Layout: header (128 bytes: magic, version, counts, identity of the space, checksum of the header), coarse
// rows, their scales (float32), fine rows, their scales. Rows are padded with zeros to a multiple of 32
// dimensions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/retrieval/ranked_index.h"

namespace plumbline::retrieval {

// Gathers rows for a file of vectors; kept as they will be stored, so that many need little memory.
class VectorRows {
public:
    explicit VectorRows(std::size_t dimensions);

    void add(std::span<const float> row); // unit (or zero), of `dimensions` floats

    // Errors: DiskFull, Denied, Io. `space`: what the vectors are of, at most 64 bytes.
    Result<void> write(const std::filesystem::path& file, std::string_view space) const;

private:
    std::size_t m_dimensions;
    std::size_t m_padded;
    std::vector<std::int8_t> m_coarse;
    std::vector<std::int16_t> m_fine;
    std::vector<float> m_coarseScales;
    std::vector<float> m_fineScales;
};

// Writes unit (or zero) vectors of `dimensions` floats each, row after row. Errors: DiskFull, Denied, Io.
Result<void> writeVectors(const std::filesystem::path& file, std::span<const float> rows,
                          std::size_t dimensions, std::string_view space);

// A query vector in the form the scan wants it.
struct ScanQuery {
    std::vector<std::int16_t> values; // padded
    float scale = 0;
};
ScanQuery scanQuery(std::span<const float> vector);

struct VectorHit {
    std::uint32_t ordinal = 0;
    double cosine = 0;
};

// Safe to share between threads.
class VectorFile {
public:
    // Errors: Corrupt.
    static Result<std::unique_ptr<VectorFile>> open(const std::filesystem::path& file);
    ~VectorFile();
    VectorFile(const VectorFile&) = delete;
    VectorFile& operator=(const VectorFile&) = delete;

    std::size_t size() const { return m_count; }
    std::size_t dimensions() const { return m_dimensions; }
    const std::string& space() const { return m_space; }

    // Offers every allowed row with its rough cosine to `best`, a heap of at most `count`, lowest on top.
    // Ordinals are counted from `first`.
    void scan(const ScanQuery& query, const Allowed* allowed, std::uint32_t first, std::size_t count,
              std::vector<VectorHit>& best) const;

    double cosine(const ScanQuery& query, std::size_t row) const; // from the fine rows

private:
    VectorFile() = default;

    void* m_map = nullptr;
    std::size_t m_bytes = 0;
    std::size_t m_count = 0;
    std::size_t m_dimensions = 0;
    std::size_t m_padded = 0;
    const std::int8_t* m_coarse = nullptr;
    const float* m_coarseScales = nullptr;
    const std::int16_t* m_fine = nullptr;
    const float* m_fineScales = nullptr;
    std::string m_space;
};

// Best first, ties by ordinal.
bool ranksBefore(const VectorHit& left, const VectorHit& right);

} // namespace plumbline::retrieval
