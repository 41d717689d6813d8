// Integer dot products for the scan of vectors, in the widest form the processor offers. Exact, so equal
// everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline::retrieval {

using DotCoarse = std::int32_t (*)(const std::int16_t* query, const std::int8_t* row, std::size_t padded);

// `padded` is a multiple of 32; |query| <= 4095 in each dimension.
DotCoarse fastestDotCoarse();
std::int32_t dotCoarsePlain(const std::int16_t* query, const std::int8_t* row, std::size_t padded);

std::int64_t dotFine(const std::int16_t* query, const std::int16_t* row, std::size_t padded);

} // namespace plumbline::retrieval
