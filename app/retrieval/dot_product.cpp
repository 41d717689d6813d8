#include "app/retrieval/dot_product.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plumbline::retrieval {

std::int32_t dotCoarsePlain(const std::int16_t* query, const std::int8_t* row, std::size_t padded)
{
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < padded; ++i)
        sum += static_cast<std::int32_t>(query[i]) * row[i];
    return sum;
}

std::int64_t dotFine(const std::int16_t* query, const std::int16_t* row, std::size_t padded)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < padded; ++i)
        sum += static_cast<std::int32_t>(query[i]) * row[i];
    return sum;
}

#if defined(__x86_64__)

namespace {

__attribute__((target("avx2"))) std::int32_t dotCoarseAvx2(const std::int16_t* query, const std::int8_t* row,
                                                           std::size_t padded)
{
    __m256i even = _mm256_setzero_si256();
    __m256i odd = _mm256_setzero_si256();
    for (std::size_t i = 0; i < padded; i += 32) {
        const __m256i low = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i)));
        const __m256i high =
            _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i + 16)));
        const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + i));
        const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + i + 16));
        even = _mm256_add_epi32(even, _mm256_madd_epi16(low, first));
        odd = _mm256_add_epi32(odd, _mm256_madd_epi16(high, second));
    }
    const __m256i both = _mm256_add_epi32(even, odd);
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
    return _mm_cvtsi128_si32(sum);
}

} // namespace

DotCoarse fastestDotCoarse()
{
    return __builtin_cpu_supports("avx2") ? dotCoarseAvx2 : dotCoarsePlain;
}

#else

DotCoarse fastestDotCoarse()
{
    return dotCoarsePlain;
}

#endif

} // namespace plumbline::retrieval
