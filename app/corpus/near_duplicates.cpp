#include "app/corpus/near_duplicates.h"

#include <algorithm>
#include <limits>

#include "app/base/text.h"

namespace plumbline::corpus {

namespace {

constexpr std::size_t kShingleWords = 5;
constexpr std::size_t kRows =
    4; // of a band: 16 bands of 4 find a pair of similarity 0.85 with probability 1 - 7e-6
constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();
// Members of a bucket that each later one is held against: a thousand copies of a form letter must not make
// half a million pairs.
constexpr std::size_t kMaxPerBucket = 64;

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 30U;
    value *= 0xBF58476D1CE4E5B9ULL;
    value ^= value >> 27U;
    value *= 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

// Words one after the other to shingles, each counted into its bin (one permutation hashing, Li, Owen & Zhang
// 2012: one hash a shingle instead of 64).
class Bins {
public:
    Bins() { m_signature.fill(kEmpty); }

    void addWord(std::uint64_t hash)
    {
        m_recent[m_words++ % kShingleWords] = hash;
        if (m_words >= kShingleWords) {
            addShingle(kShingleWords);
        }
    }

    MinHashSignature finish()
    {
        if (m_words > 0 && m_words < kShingleWords) {
            addShingle(m_words);
        }
        return m_words == 0 ? m_signature : filled();
    }

private:
    void addShingle(std::size_t words)
    {
        std::uint64_t hash = 0;
        for (std::size_t i = m_words - words; i < m_words; ++i) {
            hash = hash * 0x9E3779B97F4A7C15ULL + m_recent[i % kShingleWords];
        }
        hash = mixed(hash);
        std::uint32_t& bin = m_signature[hash >> 58U];
        bin = std::min(bin, static_cast<std::uint32_t>(hash & 0x7FFFFFFFU));
    }

    // Empty bins take the value of another bin chosen by hashing (Shrivastava 2017, optimal densification).
    MinHashSignature filled() const
    {
        MinHashSignature out = m_signature;
        for (std::size_t i = 0; i < kMinHashes; ++i) {
            for (std::uint64_t attempt = 1; out[i] == kEmpty; ++attempt) {
                out[i] = m_signature[mixed(i * 1'000'003 + attempt) >> 58U];
            }
        }
        return out;
    }

    MinHashSignature m_signature{};
    std::array<std::uint64_t, kShingleWords> m_recent{};
    std::size_t m_words = 0;
};

bool isEmpty(const MinHashSignature& signature)
{
    return std::ranges::all_of(signature, [](std::uint32_t value) { return value == kEmpty; });
}

double similarity(const MinHashSignature& left, const MinHashSignature& right)
{
    std::size_t same = 0;
    for (std::size_t i = 0; i < kMinHashes; ++i) {
        same += left[i] == right[i] ? 1U : 0U;
    }
    return static_cast<double>(same) / static_cast<double>(kMinHashes);
}

std::uint64_t bandKey(const MinHashSignature& signature, std::size_t from)
{
    std::uint64_t key = from;
    for (std::size_t i = from; i < from + kRows; ++i) {
        key = mixed(key ^ signature[i]);
    }
    return key;
}

} // namespace

MinHashSignature minHash(std::string_view text)
{
    Bins bins;
    std::uint64_t hash = 0;
    bool inWord = false;
    for (const char c : text) {
        if (isWordByte(c)) {
            const bool upper = c >= 'A' && c <= 'Z';
            const auto byte = static_cast<std::uint64_t>(static_cast<unsigned char>(c)) + (upper ? 32U : 0U);
            hash = ((inWord ? hash : 0xCBF29CE484222325ULL) ^ byte) * 0x100000001B3ULL;
            inWord = true;
        } else if (inWord) {
            bins.addWord(hash);
            inWord = false;
        }
    }
    if (inWord) {
        bins.addWord(hash);
    }
    return bins.finish();
}

std::vector<DuplicatePair> nearDuplicates(const std::vector<MinHashSignature>& signatures, double threshold)
{
    std::vector<std::pair<std::size_t, std::size_t>> candidates;
    std::vector<std::pair<std::uint64_t, std::size_t>> bucketed;
    for (std::size_t band = 0; band < kMinHashes; band += kRows) {
        bucketed.clear();
        for (std::size_t i = 0; i < signatures.size(); ++i) {
            if (!isEmpty(signatures[i])) {
                bucketed.emplace_back(bandKey(signatures[i], band), i);
            }
        }
        std::ranges::sort(bucketed);
        std::size_t start = 0;
        for (std::size_t i = 0; i < bucketed.size(); ++i) {
            start = bucketed[i].first == bucketed[start].first ? start : i;
            for (std::size_t j = start; j < std::min(i, start + kMaxPerBucket); ++j) {
                candidates.emplace_back(bucketed[j].second, bucketed[i].second);
            }
        }
    }
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::vector<DuplicatePair> pairs;
    for (const auto& [first, second] : candidates) {
        if (const double alike = similarity(signatures[first], signatures[second]); alike >= threshold) {
            pairs.push_back({first, second, alike});
        }
    }
    return pairs;
}

} // namespace plumbline::corpus
